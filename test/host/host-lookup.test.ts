import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { officeGroup } from "../../provider/catalog/key-groups";
import type { HostLookupOutputs } from "../../provider/host/lookup-state";
import { check, create, diff, read, remove, update } from "../../provider/handlers";
import labKeys from "../../provider/lab/windows/lab-keys.json";
import { hostInputs as azureHostInputs, temporaryLedger } from "../faults/host-fixture";
import { muted } from "../faults/muted";
import { type Arm, startArm } from "../lab/arm/arm-fixture";
import { startSshMachine } from "../lab-run/ssh-fixture";
import type { TestServer } from "../machine/ssh-server";

const office = "Office LTSC 2024";
const officeKey = labKeys.officeHostKeys.find(({ keyGroup }) => keyGroup === officeGroup(office)!.name)!;

const machine = {
  name: "KMS1",
  osBuild: "20348.2322",
  editionId: "ServerDatacenter",
  productType: 3,
  domain: "corp.example",
} as const;

describe("the look-up of a host over SSH", function () {
  this.timeout(30_000);
  let arm: Arm;
  let server: TestServer;
  let ledger: Awaited<ReturnType<typeof temporaryLedger>>;
  let seen: HostLookupOutputs;

  before(async () => {
    ledger = await temporaryLedger();
    arm = await startArm();
    await arm.control.bootOnPremises(machine);
    server = await startSshMachine(arm.control, machine.name);
  });
  after(async () => {
    await server?.close();
    await arm?.close();
    await ledger?.remove();
  });

  const inputs = (changes: object = {}) => ({
    kind: "HostLookup" as const,
    name: "central",
    azureVmId: "",
    ssh: server.address,
    keyGroup: azureHostInputs.keyGroup,
    os: "Windows Server 2022",
    declaredPort: 0,
    officeVersions: [] as string[],
    ...changes,
  });
  const isChanged = async (olds: object, news: object) =>
    (await muted(() => diff("central", olds as never, news as never))).changes;

  it("repeats the preview's rules, and says nothing of what is not known yet", async () => {
    const { failures = [] } = await check({} as never, inputs({ os: "Windows Server 2025" }));
    assert.deepEqual(
      failures.map(({ property, reason }) => `${property}${reason.slice(0, 17)}`),
      ["KMS2004 keyGroup:"],
    );
    const unknown = inputs({ os: pulumi.runtime.unknownValue });
    assert.deepEqual((await check({} as never, unknown as never)).failures, []);
  });

  it("refuses a machine that is a KMS client", async () => {
    await assert.rejects(create(inputs()), {
      code: "KMS3030",
      message: /KMS1 is no KMS host: it has a product key of the channel Volume:GVLK/,
    });
  });

  it("gives what is seen of a host, and keeps no more than the way to it", async () => {
    const host = { ...azureHostInputs, azureVmId: "", ssh: server.address, ledger: ledger.url, port: 1700 };
    await muted(() => create(host as never));
    const { id, outs } = await create(inputs());
    seen = outs as HostLookupOutputs;
    assert.equal(id, "central");
    const { ssh, machineId, kind, stateVersion, ...rest } = seen as HostLookupOutputs &
      Record<string, unknown>;
    assert.equal(kind, "HostLookup");
    assert.equal(stateVersion, 1);
    assert.equal(ssh?.password, server.address.password, "under the name that the engine encrypts");
    assert.match(machineId, /^[0-9a-f-]{36}$/i);
    assert.deepEqual(rest, {
      name: "central",
      azureVmId: "",
      keyGroup: azureHostInputs.keyGroup,
      os: "Windows Server 2022",
      declaredPort: 0,
      officeVersions: [],
      computerName: "KMS1",
      domain: "corp.example",
      partialProductKey: "N2W2K",
      licenseStatus: "Licensed",
      currentCount: 0,
      officeKeys: [],
      port: 1700,
      drift: [],
    });
  });

  it("refuses another port and another system than the machine has", async () => {
    await assert.rejects(create(inputs({ declaredPort: 1688 })), {
      code: "KMS3031",
      message: /^KMS3031 port: KMS1 listens on TCP port 1700, not 1688/,
    });
    await assert.rejects(update("central", seen as never, inputs({ os: "Windows Server 2019" })), {
      code: "KMS4006",
    });
  });

  it("looks again when something of it changed, and as long as the host is not activated", async () => {
    assert.equal(await isChanged(seen, inputs()), false);
    assert.equal(await isChanged(seen, inputs({ declaredPort: 1700 })), true);
    assert.equal(await isChanged(seen, inputs({ os: pulumi.runtime.unknownValue })), true);
    assert.equal(await isChanged(seen, inputs({ ssh: { ...server.address, user: "other" } })), true);
    assert.equal(await isChanged({ ...seen, licenseStatus: "Notification" }, inputs()), true);
    assert.equal(await isChanged({ ...seen, drift: ["KMS3030"] }, inputs()), true);
  });

  it("refuses an Office version that the machine has no host key of", async () => {
    const message =
      /^KMS3033 officeVersions\[0\]: KMS1 has no KMS host key of Office LTSC 2024: it has no product key/;
    await assert.rejects(create(inputs({ officeVersions: [office] })), { code: "KMS3033", message });
  });

  it("gives what is seen of an Office host key, and looks again until it is activated", async () => {
    await arm.control.installLicensePack(machine.name, office);
    await arm.control.installKeyByHand(machine.name, officeKey.productKey);
    const waiting = (await muted(() => create(inputs({ officeVersions: [office] }))))
      .outs as HostLookupOutputs;
    assert.deepEqual(
      waiting.officeKeys.map(({ partialProductKey, licenseStatus }) => [partialProductKey, licenseStatus]),
      [["N4N4K", "OOBGrace"]],
    );
    assert.equal(waiting.licenseStatus, "Licensed");
    assert.equal(await isChanged(waiting, inputs({ officeVersions: [office] })), true);

    const { name: keyGroup, activationId } = officeGroup(office)!;
    const host = { ...azureHostInputs, azureVmId: "", ssh: server.address, ledger: ledger.url, port: 1700 };
    await muted(() => create({ ...host, ...officeKey, keyGroup, activationId } as never));
    const { outs } = await update("central", waiting as never, inputs({ officeVersions: [office] }));
    const activated = outs as HostLookupOutputs;
    assert.deepEqual(activated.officeKeys, [
      { office, partialProductKey: "N4N4K", licenseStatus: "Licensed", installationId: "", currentCount: 0 },
    ]);
    assert.equal(await isChanged(activated, inputs({ officeVersions: [office] })), false);
    assert.equal(await isChanged(activated, inputs()), true);
    const { props } = await read("central", activated as never);
    assert.deepEqual((props as HostLookupOutputs).drift, []);
  });

  it("changes nothing when it is removed, and tells in a refresh what is no host any more", async () => {
    await remove("central", seen as never);
    const still = await read("central", seen as never);
    assert.deepEqual((still.props as HostLookupOutputs).drift, []);
    await arm.control.installKeyByHand(machine.name, "NMAKN-CVYNN-2NH2P-NBXTN-NMAKN");
    const { props } = await read("central", seen as never);
    assert.equal((props as HostLookupOutputs).drift.length, 1);
    assert.match((props as HostLookupOutputs).drift[0], /^KMS3030 KMS1 is no KMS host/);
  });
});
