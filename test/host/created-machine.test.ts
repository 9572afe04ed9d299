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

  describe("of what Azure does not change, though Pulumi calls it an update", () => {
    const checked = async (olds: object, news: object) => {
      const { printed, result } = await printedOf(() => check(olds as never, news as never));
      return { printed, errors: (result?.failures ?? []).map(({ reason }) => reason) };
    };
    const refused = (values: object) => ({ fixed: { refused: values } });

    it("K35: is an error for each property that is refused, with the way to keep the machine", async () => {
      const changed = inputs(refused({ "osProfile.customData": "digest-2", zones: "z2", plan: "p" }));
      const olds = inputs(refused({ "osProfile.customData": "digest-1", zones: "z1", plan: "p" }));
      const { errors } = await checked(olds, changed);
      assert.equal(errors.length, 1);
      assert.match(
        errors[0],
        /^KMS6036 machine\.create: osProfile\.customData and zones of kms-vm changed, .*PropertyChangeNotAllowed.*ignoreChanges: \["osProfile\.customData","zones"\] on kms-vm.*another host of the key/,
      );
      assert.match((await checked(inputs(refused({})), changed)).errors[0], /KMS6036/);
      const acknowledge = [{ code: "KMS6036", reason: "Azure takes it" }];
      const accepted = await checked(olds, { ...changed, acknowledge });
      assert.match(accepted.printed, /KMS6036 .*\(acknowledged: Azure takes it\)/);
      assert.deepEqual(accepted.errors, []);
    });

    it("says nothing of a first creation, of the same values and of what is not known", async () => {
      const changed = inputs(refused({ zones: "z2" }));
      for (const olds of [
        {},
        inputs(),
        changed,
        inputs(refused({ zones: unknown })),
        inputs({ fixed: unknown }),
      ]) {
        assert.deepEqual(await checked(olds, changed), { printed: "", errors: [] });
      }
      const toCome = inputs(refused({ zones: unknown }));
      assert.deepEqual(await checked(inputs(refused({ zones: "z1" })), toCome), { printed: "", errors: [] });
    });

    it("is a warning for what a stopped machine takes, with the commands", async () => {
      const fixed = (digest: string) => ({
        fixed: { deallocated: { "securityProfile.encryptionAtHost": digest } },
      });
      const { printed, errors } = await checked(inputs(fixed("no")), inputs(fixed("yes")));
      assert.match(printed, /^kms: KMS6037 machine\.create\.encryptionAtHost: .*az vm deallocate/);
      assert.deepEqual(errors, []);
    });

    it("is an error for another virtual network, and a warning for another image", async () => {
      const networks = { virtualNetwork: "/subscriptions/s/…/virtualnetworks/one", image: "[1]" };
      const { printed, errors } = await checked(
        inputs(networks),
        inputs({ virtualNetwork: "/subscriptions/s/…/virtualnetworks/two", image: "[2]" }),
      );
      assert.match(
        errors.join(),
        /^KMS6036 machine\.create\.subnetId: the virtual network of kms-nic changed/,
      );
      assert.match(printed, /^kms: KMS6035 machine\.create\.image: .*the machine of kms exists/);
      assert.deepEqual(await checked(inputs(networks), inputs({ ...networks, virtualNetwork: unknown })), {
        printed: "",
        errors: [],
      });
    });

    it("is not said where the machine is replaced anyway, which is KMS6031", async () => {
      const [olds, news] = [
        refused({ zones: "z1" }),
        { ...refused({ zones: "z2" }), location: "northeurope" },
      ];
      assert.deepEqual(await checked(inputs(olds), inputs(news)), { printed: "", errors: [] });
    });

    it("spends a host where a transformation has the engine replace the machine for it", async () => {
      const replaces = (digest: string) => ({ fixed: { replaces: { zones: digest } } });
      const olds = await made(replaces("z1"));
      await activate();
      assert.match(
        (await preview(olds, replaces("z2"))).error?.message ?? "",
        /^KMS6031 .*a changed zones replaces its machine.*ignoreChanges: \["zones"\] on kms-vm/,
      );
      assert.equal((await preview(olds, replaces("z1"))).error, undefined);
    });
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
