import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { officeGroup } from "../../provider/catalog/key-groups";
import { check, create, diff, read, remove, update } from "../../provider/handlers";
import type { ManagedHostOutputs, ReadOnlyHostInputs, ReadOnlyHostOutputs } from "../../provider/host/state";
import labKeys from "../../provider/lab/windows/lab-keys.json";
import { hostInputs as azureHostInputs, temporaryLedger } from "../faults/host-fixture";
import { muted } from "../faults/muted";
import { type Arm, startArm } from "../lab/arm/arm-fixture";
import { startSshMachine } from "../lab-run/ssh-fixture";
import type { TestServer } from "../machine/ssh-server";

const office = "Office LTSC 2024";
const officeLicense = officeGroup(office)!;
const officeKey = labKeys.officeHostKeys.find(({ keyGroup }) => keyGroup === officeLicense.name)!;

const machine = {
  name: "KMS1",
  osBuild: "20348.2322",
  editionId: "ServerDatacenter",
  productType: 3,
  domain: "corp.example",
} as const;

describe("a read-only host over SSH", function () {
  this.timeout(30_000);
  let arm: Arm;
  let server: TestServer;
  let ledger: Awaited<ReturnType<typeof temporaryLedger>>;

  beforeEach(async () => {
    ledger = await temporaryLedger();
    arm = await startArm();
    await arm.control.bootOnPremises(machine);
    server = await startSshMachine(arm.control, machine.name);
  });
  afterEach(async () => {
    await server?.close();
    await arm?.close();
    await ledger?.remove();
  });

  const inputs = (changes: object = {}): ReadOnlyHostInputs => ({
    kind: "HostActivation",
    name: "central",
    stack: "organization/lab/other",
    ssh: server.address,
    keyGroup: azureHostInputs.keyGroup,
    os: "Windows Server 2022",
    readOnly: true,
    keyRequired: true,
    acknowledge: [],
    timeoutMinutes: 5,
    ...changes,
  });
  const ofOffice = () => inputs({ keyGroup: officeLicense.name, activationId: officeLicense.activationId });
  const managed = (changes: object = {}) => {
    const { azureVmId: _azureVmId, settings, ...common } = azureHostInputs;
    return {
      ...common,
      ssh: server.address,
      ledger: ledger.url,
      settings: { ...settings, port: 1700 },
      ...changes,
    };
  };
  const created = async (news: object) => (await muted(() => create(news as never))).outs;
  const becomeHost = () => created(managed());
  const observed = async (news: object) => (await created(news)) as ReadOnlyHostOutputs;
  const isChanged = async (olds: object, news: object) =>
    (await muted(() => diff("central", olds as never, news as never))).changes;

  it("repeats the preview's rules, and says nothing of what is not known yet", async () => {
    const failuresOf = async (changes: object) => (await check({}, inputs(changes))).failures ?? [];
    assert.deepEqual(
      (await failuresOf({ os: "Windows Server 2025" })).map(
        ({ property, reason }) => `${property}${reason.slice(0, 21)}`,
      ),
      ["KMS2004 key.keyGroup:"],
    );
    assert.deepEqual(await failuresOf({ os: pulumi.runtime.unknownValue }), []);
  });

  it("demands neither a key group nor an operating system", async () => {
    const { keyGroup: _keyGroup, os: _os, ...bare } = inputs();
    assert.deepEqual((await check({}, bare as never)).failures, []);
  });

  it("refuses a machine that is a KMS client", async () => {
    await assert.rejects(create(inputs()), {
      code: "KMS3030",
      message: /^KMS3030 machine: KMS1 is not a KMS host: it has a product key of the channel Volume:GVLK/,
    });
  });

  it("gives what is seen of a host, and keeps no more than the way to it", async () => {
    await becomeHost();
    const { id, outs } = await create(inputs());
    assert.equal(id, "central");
    const seen = outs as ReadOnlyHostOutputs & Record<string, unknown>;
    const { ssh, machineId, kind, stateVersion, ...rest } = seen;
    assert.equal(kind, "HostActivation");
    assert.equal(stateVersion, 1);
    assert.equal(ssh?.password, server.address.password, "under the name that the engine encrypts");
    assert.match(machineId ?? "", /^[0-9a-f-]{36}$/i);
    assert.deepEqual(rest, {
      name: "central",
      stack: "organization/lab/other",
      keyGroup: azureHostInputs.keyGroup,
      os: "Windows Server 2022",
      readOnly: true,
      keyRequired: true,
      computerName: "KMS1",
      domain: "corp.example",
      osBuild: "20348.2322",
      editionId: "ServerDatacenter",
      foundOs: "Windows Server 2022",
      foundEdition: "Datacenter",
      partialProductKey: "N2W2K",
      licenseStatus: "Licensed",
      currentCount: 0,
      listeningPort: 1700,
      drift: [],
    });
  });

  it("refuses another port, another system and another edition than the machine has", async () => {
    await becomeHost();
    const seen = await observed(inputs());
    await assert.rejects(create(inputs({ expectedPort: 1688 })), {
      code: "KMS3031",
      message: /^KMS3031 port: KMS1 listens on TCP port 1700, not 1688/,
    });
    await assert.rejects(update("central", seen as never, inputs({ os: "Windows Server 2019" })), {
      code: "KMS4006",
    });
    await assert.rejects(update("central", seen as never, inputs({ edition: "Standard" })), {
      code: "KMS4016",
      message: /^KMS4016 edition: /,
    });
  });

  it("looks again when something of it changed, and as long as the host is not activated", async () => {
    await becomeHost();
    const seen = await observed(inputs());
    assert.equal(await isChanged(seen, inputs()), false);
    assert.equal(await isChanged(seen, inputs({ expectedPort: 1700 })), true);
    assert.equal(await isChanged(seen, inputs({ os: pulumi.runtime.unknownValue })), true);
    assert.equal(await isChanged(seen, inputs({ ssh: { ...server.address, user: "other" } })), true);
    assert.equal(await isChanged({ ...seen, licenseStatus: "Notification" }, inputs()), true);
    assert.equal(await isChanged({ ...seen, drift: ["KMS3030"] }, inputs()), true);
  });

  it("refuses an Office version that the machine has no host key of", async () => {
    await becomeHost();
    const message =
      /^KMS3033 officeKeys: KMS1 has no KMS host key of Office LTSC 2024: it has no product key/;
    await assert.rejects(create(ofOffice()), { code: "KMS3033", message });
  });

  it("need not have a host key of Windows where it serves Office alone", async () => {
    await arm.control.bootOnPremises({ ...machine, name: "KMS2" });
    const other = await startSshMachine(arm.control, "KMS2");
    const news = inputs({ ssh: other.address, keyGroup: undefined, keyRequired: false });
    const outs = await observed(news);
    assert.equal(outs.computerName, "KMS2");
    assert.equal(await isChanged({ ...outs, licenseStatus: "Notification" }, news), false);
    await other.close();
  });

  it("gives what is seen of an Office host key, and looks again until it is activated", async () => {
    await becomeHost();
    await arm.control.installLicensePack(machine.name, office);
    await arm.control.installKeyByHand(machine.name, officeKey.productKey);
    const waiting = await observed(ofOffice());
    assert.deepEqual([waiting.partialProductKey, waiting.licenseStatus], ["N4N4K", "OOBGrace"]);
    assert.equal((await observed(inputs())).licenseStatus, "Licensed");
    assert.equal(await isChanged(waiting, ofOffice()), true);

    await created(managed({ ...officeKey, activationId: officeLicense.activationId, settings: undefined }));
    const activated = (await update("central", waiting as never, ofOffice())).outs as ReadOnlyHostOutputs;
    assert.deepEqual(
      [activated.partialProductKey, activated.licenseStatus, activated.currentCount],
      ["N4N4K", "Licensed", 0],
    );
    assert.equal(activated.installationId, undefined);
    assert.equal(await isChanged(activated, ofOffice()), false);
    const { props } = await read("central", activated as never);
    assert.deepEqual((props as ReadOnlyHostOutputs).drift, []);
  });

  it("changes nothing when it is removed, and a refresh reports a machine that is no host any more", async () => {
    await becomeHost();
    const seen = await observed(inputs());
    await remove("central", seen as never);
    const still = await read("central", seen as never);
    assert.deepEqual((still.props as ReadOnlyHostOutputs).drift, []);
    await arm.control.installKeyByHand(machine.name, "NMAKN-CVYNN-2NH2P-NBXTN-NMAKN");
    const { props } = await read("central", seen as never);
    assert.equal((props as ReadOnlyHostOutputs).drift.length, 1);
    assert.match((props as ReadOnlyHostOutputs).drift[0], /^KMS3030 machine: KMS1 is not a KMS host/);
  });
});

describe("a read-only host that is known by its name alone", () => {
  const inputs: ReadOnlyHostInputs = {
    kind: "HostActivation",
    name: "central",
    stack: "organization/lab/other",
    readOnly: true,
    keyRequired: true,
    acknowledge: [],
    timeoutMinutes: 5,
  };

  it("is only remembered: nothing is looked at, refreshed, changed or removed", async () => {
    const { id, outs } = await create(inputs);
    assert.equal(id, "central");
    assert.equal((outs as ReadOnlyHostOutputs).licenseStatus, "NotObserved");
    assert.equal((await diff(id, outs as never, inputs as never)).changes, false);
    assert.deepEqual((await read(id, outs as never)).props, outs);
    await remove(id, outs as never);
  });
});

describe("readOnly, switched on and off", function () {
  this.timeout(30_000);
  let arm: Arm;
  let server: TestServer;
  let ledger: Awaited<ReturnType<typeof temporaryLedger>>;
  let host: ManagedHostOutputs;

  beforeEach(async () => {
    ledger = await temporaryLedger();
    arm = await startArm();
    await arm.control.bootOnPremises(machine);
    server = await startSshMachine(arm.control, machine.name);
    host = (await muted(() => create(managed() as never))).outs as ManagedHostOutputs;
  });
  afterEach(async () => {
    await server?.close();
    await arm?.close();
    await ledger?.remove();
  });

  const managed = (changes: object = {}) => {
    const { azureVmId: _azureVmId, ...common } = azureHostInputs;
    return { ...common, ssh: server.address, ledger: ledger.url, ...changes };
  };
  const readOnly = (changes: object = {}) => {
    const { kind, name, stack, os, keyGroup, acknowledge, timeoutMinutes } = azureHostInputs;
    const common = { kind, name, stack, os, keyGroup, acknowledge, timeoutMinutes };
    return { ...common, readOnly: true, keyRequired: true, ssh: server.address, ...changes };
  };
  const difference = (olds: object, news: object) => muted(() => diff("id", olds as never, news as never));
  const updated = async (olds: object, news: object) =>
    (await muted(() => update("id", olds as never, news as never))).outs as Omit<
      ManagedHostOutputs,
      "readOnly"
    >;
  const onMachine = async () => (await arm.control.machines())[0];

  it("hands the host over and adopts it again without spending or changing anything", async () => {
    const before = await onMachine();
    assert.deepEqual((await difference(host, readOnly())).replaces, []);
    const handed = await updated(host, readOnly());
    assert.equal(handed.licenseStatus, "Licensed");
    assert.equal(handed.activatedAt, host.activatedAt);
    assert.deepEqual(await ledger.outcomes(), ["committed"]);
    await remove("id", handed as never);
    assert.deepEqual(await onMachine(), before);
    assert.deepEqual(await ledger.outcomes(), ["committed"]);

    assert.deepEqual((await difference(handed, managed())).replaces, []);
    const adopted = await updated(handed, managed());
    assert.deepEqual(
      [adopted.licenseStatus, adopted.activatedAt, adopted.formerEntries, adopted.drift],
      ["Licensed", host.activatedAt, undefined, []],
    );
    assert.deepEqual(await onMachine(), before);
    assert.deepEqual(await ledger.outcomes(), ["committed"]);
  });

  it("replaces nothing when the program names another machine with it, or none at all", async () => {
    const elsewhere = { azureVmId: azureHostInputs.azureVmId, ssh: undefined };
    assert.deepEqual((await difference(host, readOnly(elsewhere))).replaces, []);
    const { ssh: _ssh, ...nowhere } = readOnly();
    const handed = await updated(host, nowhere);
    assert.equal(handed.licenseStatus, "NotObserved");
    assert.deepEqual((await difference(handed, managed())).replaces, []);
  });

  it("remembers whose entry it is: another key after it retires that of the former", async () => {
    const handed = await updated(host, readOnly());
    const otherKey = labKeys.hostKeys.find(({ keyGroup }) => keyGroup.endsWith("2025"))!;
    const adopted = await updated(handed, managed({ ...otherKey }));
    assert.equal(adopted.formerEntries, undefined);
    assert.deepEqual(await ledger.retired(), [true]);
  });
});
