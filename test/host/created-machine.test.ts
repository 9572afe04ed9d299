import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { keyFingerprint } from "../../provider/catalog/product-key";
import { check, create, diff, update } from "../../provider/handlers";
import type { CreatedMachineInputs, CreatedMachineOutputs } from "../../provider/host/created-machine-state";
import { emptyLedger } from "../../provider/ledger/document";
import { openLedger } from "../../provider/ledger/open-ledger";
import { hostKey, temporaryLedger } from "../faults/host-fixture";
import { consentEnd } from "../consent-end";
import { mockedProgram } from "./mocked-host";
import { printedOf } from "./printed-of";

const unknown = pulumi.runtime.unknownValue;
const keyGroup = "Volume License for Windows Server 2022";
describe("a change of what the machine of a KMS host was created from", () => {
  let ledger: Awaited<ReturnType<typeof temporaryLedger>>;
  beforeEach(async () => {
    ledger = await temporaryLedger();
  });
  afterEach(() => ledger.remove());

  const keyEnding = hostKey.slice(-5);
  const fingerprint = keyFingerprint(hostKey);
  const inputs = (changes: object = {}): CreatedMachineInputs => ({
    kind: "CreatedMachine",
    name: "kms",
    stack: "organization/lab/test",
    resourceGroupName: "rg",
    location: "westeurope",
    osProfile: { computerName: "kms", adminUsername: "kmsadmin" },
    os: "Windows Server 2022",
    edition: "Datacenter",
    core: false,
    osDiskType: "StandardSSD_LRS",
    defaultComputerName: "kms",
    keys: [{ ledger: ledger.url, keyFingerprint: fingerprint, keyEnding, keyGroup }],
    acknowledge: [],
    adminPassword: "Invented-Passw0rd",
    ...changes,
  });
  const made = async (changes: object = {}) => (await create(inputs(changes))).outs as CreatedMachineOutputs;

  /** Counts one activation of a host of this resource. */
  const activate = (host: object = {}) => {
    const at = "2026-01-01T00:00:00Z";
    const document = emptyLedger({ keyFingerprint: fingerprint, keyEnding, keyGroup });
    const activated = {
      machineId: "00000000-0000-4000-8000-000000000001",
      computerName: "KMS",
      stack: "organization/lab/test",
      resource: "kms",
      activations: [{ number: 1, at, outcome: "committed" as const, settledAt: at }],
    };
    const hosts = [{ ...activated, ...host }];
    return openLedger(ledger.url).write(fingerprint, { ...document, hosts }, undefined);
  };
  const preview = (olds: object, changes: object) =>
    printedOf(() =>
      diff("kms", { ...olds, kind: "CreatedMachine", stateVersion: 1 } as never, inputs(changes) as never),
    );

  it("is none where nothing changed, though the machine has its default name or a new resource name", async () => {
    const unnamed = { osProfile: { adminUsername: "kmsadmin" } };
    const olds = await made(unnamed);
    assert.equal(olds.osProfile.computerName, "kms");
    await activate();
    assert.equal((await preview(olds, unnamed)).result?.changes, false);
    const renamed = { ...unnamed, name: "licensing", defaultComputerName: "licensing" };
    const { result, error } = await preview(olds, renamed);
    assert.deepEqual([result?.changes, error], [true, undefined]);
    const outs = (await update("kms", olds as never, inputs(renamed))).outs as CreatedMachineOutputs;
    assert.equal(outs.osProfile.computerName, "kms");
  });

  const causes: Record<string, [changes: object, argument: string, property?: string]> = {
    "another computer name": [
      { osProfile: { computerName: "kms2", adminUsername: "kmsadmin" } },
      "machine.create.computerName",
      "osProfile.computerName",
    ],
    "another administrator": [
      { osProfile: { computerName: "kms", adminUsername: "root" } },
      "machine.create.adminUsername",
      "osProfile.adminUsername",
    ],
    "another region": [{ location: "northeurope" }, "machine.create.location", "location"],
    "another resource group": [
      { resourceGroupName: "other" },
      "machine.create.resourceGroupName",
      "resourceGroupName",
    ],
    "another operating system": [{ os: "Windows Server 2025" }, "os"],
    "another edition": [{ edition: "Standard" }, "edition"],
    "Server Core": [{ core: true }, "machine.create.core"],
    "another disk": [{ osDiskType: "Premium_LRS" }, "machine.create.osDiskType"],
  };
  for (const [title, [changes, argument, property]] of Object.entries(causes)) {
    it(`K35: is refused for ${title}, which it names with the ways out`, async () => {
      const olds = await made();
      await activate();
      const { error } = await preview(olds, changes);
      const message = error?.message ?? "";
      assert.ok(message.startsWith(`KMS6031 ${argument}: KMS is activated as a KMS host`), message);
      assert.ok(message.includes(`a changed ${argument} replaces its machine`), message);
      assert.ok(message.includes("its count of clients is lost, and the new one begins at 0"), message);
      assert.ok(message.includes("5 of 6 are left"), message);
      assert.ok(message.includes("protect: true on kms-vm"), message);
      const ignoring = `ignoreChanges: ["${property}"] on kms-vm and kms-machine`;
      assert.equal(message.includes(ignoring), property !== undefined, message);
    });
  }

  it("K31: names computerName as the reason, the key, and how many hosts are left", async () => {
    const olds = await made();
    await activate();
    const osProfile = { computerName: "kms2", adminUsername: "kmsadmin" };
    const { error } = await preview(olds, { osProfile });
    assert.match(
      error?.message ?? "",
      new RegExp(`^KMS6031 machine\\.create\\.computerName: .*ending in ${keyEnding}.*5 of 6 are left`),
    );
    const acknowledge = [{ code: "KMS6031", reason: "renamed", until: consentEnd }];
    const { printed } = await preview(olds, { osProfile, acknowledge });
    assert.match(printed, new RegExp(`KMS6031 .*ending in ${keyEnding}.*5 of 6 are left`));
  });

  it("passes when it is acknowledged, and is named all the same", async () => {
    const olds = await made();
    await activate();
    const acknowledge = [{ code: "KMS6031", reason: "new region", until: consentEnd }];
    const { printed, result } = await preview(olds, { location: "northeurope", acknowledge });
    assert.equal(result?.changes, true);
    assert.match(printed, /KMS6031 .*5 of 6 are left.*\(acknowledged: new region\)/);
  });

  it("is no matter where nothing was activated, or the host has been retired", async () => {
    const olds = await made();
    assert.equal((await preview(olds, { location: "northeurope" })).error, undefined);
    await activate({ retiredAt: "2026-02-01T00:00:00Z" });
    assert.equal((await preview(olds, { location: "northeurope" })).error, undefined);
  });

  it("is refused where the ledger cannot tell whether something was activated", async () => {
    const [key] = inputs().keys;
    const olds = await made({ keys: [{ ...key, ledger: "file:///dev/null/ledger" }] });
    const { error } = await preview(olds, { location: "northeurope" });
    assert.match(error?.message ?? "", /^KMS6031 .*how many are left is not known \(KMS600\d\)/);
  });

  it("is a warning where it is not known yet, or may be the region that the machine has", async () => {
    const olds = await made();
    await activate();
    for (const changes of [{ resourceGroupName: unknown }, { location: unknown }, { location: undefined }]) {
      const { printed, error } = await preview(olds, changes);
      assert.equal(error, undefined);
      assert.match(printed, /KMS6032 machine\.create: it is not known yet whether KMS/);
    }
    const { printed } = await preview(olds, { location: "West Europe" });
    assert.equal(printed, "");
  });

  it("is said where it has no effect on the machine: its password, once", async () => {
    const checked = async (olds: object, news: object) =>
      (await printedOf(() => check(olds as never, news as never))).printed;
    const changed = inputs({ adminPassword: "Another-Passw0rd" });
    const printed = await checked(inputs(), changed);
    assert.match(printed, /^kms: KMS6035 machine\.create\.adminPassword: .*the machine of kms exists/);
    assert.ok(!printed.includes("Passw0rd"));
    const strict = await check(inputs(), { ...changed, strict: true } as never);
    assert.match(strict.failures?.[0].reason ?? "", /^KMS6035 .*an error because strict is set/);
    for (const [olds, news] of [
      [inputs(), inputs()],
      [{}, changed],
      [inputs(), inputs({ adminPassword: unknown })],
    ]) {
      assert.equal(await checked(olds, news), "");
    }
    assert.ok(!JSON.stringify(await made()).includes("Passw0rd"));
  });

  it("K35: is a warning for custom data, which Azure refuses to change, though Pulumi calls it an update", async () => {
    const checked = async (olds: object, news: object) =>
      (await printedOf(() => check(olds as never, news as never))).printed;
    const changed = inputs({ customData: "digest-2" });
    assert.match(
      await checked(inputs({ customData: "digest-1" }), changed),
      /^kms: KMS6036 machine\.create: osProfile\.customData of kms-vm changed, .*PropertyChangeNotAllowed.*ignoreChanges: \["osProfile\.customData"\] on kms-vm/,
    );
    assert.match(await checked(inputs({ customData: "" }), changed), /KMS6036/);
    for (const olds of [inputs(), changed, inputs({ customData: unknown })]) {
      assert.equal(await checked(olds, changed), "");
    }
    assert.equal(((await made({ customData: "digest-1" })) as { customData?: string }).customData, undefined);
  });

  it("is looked at before the machine: the virtual machine depends on it", async () => {
    const program = await mockedProgram();
    const subnetId =
      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/hosts";
    await program.host({
      key: { keyGroup, productKey: hostKey },
      os: "Windows Server 2022",
      machine: { create: { resourceGroupName: "rg", subnetId, adminPassword: "Invented-Passw0rd" } },
    });
    const names = program.declared.map(({ name }) => name);
    assert.ok(names.indexOf("kms-machine") < names.indexOf("kms-vm"), names.join());
    const { osProfile, os, edition, core, osDiskType, keys, defaultComputerName } = program.inputsOf(
      "kms-machine",
    ) as unknown as CreatedMachineInputs;
    assert.deepEqual(
      [os, edition, core, osDiskType],
      ["Windows Server 2022", "Datacenter", false, "StandardSSD_LRS"],
    );
    assert.deepEqual([osProfile, defaultComputerName], [{ adminUsername: "kmsadmin" }, "kms"]);
    assert.deepEqual(
      keys.map((key) => [key.keyFingerprint, key.keyEnding, key.keyGroup]),
      [[fingerprint, keyEnding, keyGroup]],
    );
  });
});
