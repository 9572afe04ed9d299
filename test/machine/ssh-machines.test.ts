import assert from "node:assert/strict";
import { consentEnd } from "../consent-end";
import { create, diff, read, remove, update } from "../../provider/handlers";
import type { ClientActivationOutputs } from "../../provider/group/state";
import { readMembers } from "../../provider/group/stored-members";
import type { HostActivationOutputs } from "../../provider/host/state";
import type { SshAddress } from "../../provider/machine/ssh-address";
import { hostInputs as azureHostInputs, temporaryLedger } from "../faults/host-fixture";
import { muted } from "../faults/muted";
import { groupInputs } from "../group/group-inputs";
import { startArm, type Arm } from "../lab/arm/arm-fixture";
import { startSshMachine } from "../lab-run/ssh-fixture";
import type { TestServer } from "./ssh-server";

const password = "Zq7!lab-Passw";
const server = {
  osBuild: "20348.2322",
  editionId: "ServerDatacenter",
  productType: 3,
  domain: "corp.example",
} as const;
const members = ["SRV1", "SRV2", "SRV3", "SRV4", "SRV5"];

describe("dynamic resources on machines over SSH", function () {
  this.timeout(30_000);
  let arm: Arm;
  let ledger: Awaited<ReturnType<typeof temporaryLedger>>;
  const servers = new Map<string, TestServer>();
  const addressOf = (name: string): SshAddress => servers.get(name)!.address;

  beforeEach(async () => {
    ledger = await temporaryLedger();
    arm = await startArm();
    for (const name of ["KMS1", "KMS2", ...members]) {
      await arm.control.bootOnPremises({ name, ...server });
      servers.set(name, await startSshMachine(arm.control, name));
    }
    host = (await muted(() => create(hostInputs() as never))).outs as HostActivationOutputs;
  });
  afterEach(async () => {
    await Promise.all([...servers.values()].map((one) => one.close()));
    await arm?.close();
    await ledger?.remove();
  });

  const hostInputs = () => ({
    ...azureHostInputs,
    azureVmId: undefined,
    ssh: addressOf("KMS1"),
    ledger: ledger.url,
  });
  /** Every machine has its own address; the user and its password are said once. */
  const inputsOfGroup = (signIn = { user: "administrator", password }) =>
    groupInputs("KMS1.corp.example", {
      name: "servers",
      machines: members.map((name) => {
        const { host, port, hostKeyFingerprint } = addressOf(name);
        return { name, ssh: { host, port, hostKeyFingerprint } };
      }),
      ssh: signIn,
      rollout: { maxConcurrent: 1 },
      timeoutMinutes: 5,
    });
  let host: HostActivationOutputs;
  const createGroup = async () =>
    (await muted(() => create(inputsOfGroup() as never))).outs as ClientActivationOutputs;

  it("make a KMS host of a physical server", async () => {
    assert.equal(host.licenseStatus, "Licensed");
    assert.deepEqual([host.computerName, host.domain], ["KMS1", "corp.example"]);
    assert.deepEqual(host.ssh, addressOf("KMS1"));
    assert.equal((await diff("id", host as never, hostInputs() as never)).changes, false);
  });

  it("activate clients, whose state names them without secrets", async () => {
    const group = await createGroup();
    assert.deepEqual(
      statusesOf(group),
      members.map(() => "Licensed"),
    );
    const { port, hostKeyFingerprint } = addressOf("SRV1");
    assert.equal(group.members[0].ssh, `127.0.0.1:${port} ${hostKeyFingerprint}`);
    assert.doesNotMatch(JSON.stringify({ ...group, ssh: {} }), new RegExp(password));
    assert.equal((await diff("id", group as never, inputsOfGroup() as never)).changes, false);
  });

  it("see on refresh what was changed by hand, with the credentials of the state", async () => {
    const group = await createGroup();
    await arm.control.installKeyByHand("SRV2", "NMAKN-CVYNN-2NH2P-NBXTN-NMAKN");
    const { props } = await read("id", group as never);
    const seen = props as ClientActivationOutputs;
    assert.deepEqual(statusesOf(seen), ["Licensed", "Drifted", "Licensed", "Licensed", "Licensed"]);
    const { outs } = await muted(() => update("id", seen as never, inputsOfGroup() as never));
    assert.equal(statusesOf(outs as ClientActivationOutputs)[1], "Licensed");
  });

  it("store new credentials without connecting to the machine", async () => {
    const group = await createGroup();
    const inputs = inputsOfGroup({ user: "administrator", password: "another-Passw0rd" });
    assert.equal((await diff("id", group as never, inputs as never)).changes, true);
    const before = servers.get("SRV1")!.commands.length;
    const { outs } = await muted(() => update("id", group as never, inputs as never));
    assert.equal((outs as ClientActivationOutputs).ssh?.password, "another-Passw0rd");
    assert.equal(servers.get("SRV1")!.commands.length, before);
  });

  it("go on with a host that got another address", async () => {
    const again = await startSshMachine(arm.control, "KMS1");
    try {
      const inputs = { ...hostInputs(), ssh: again.address };
      const { changes, replaces } = await diff("id", host as never, inputs);
      assert.deepEqual([changes, replaces], [true, []]);
      const { outs } = await muted(() => update("id", host as never, inputs as never));
      assert.equal((outs as HostActivationOutputs).machineId, host.machineId);
      assert.equal((await machine("KMS1")).productKeyChannel, "Volume:CSVLK");
    } finally {
      await again.close();
    }
  });

  it("make a client again of a host that another machine takes over from", async () => {
    const acknowledge = [{ code: "KMS6031", reason: "KMS1 is retired", until: consentEnd }];
    const inputs = { ...hostInputs(), ssh: addressOf("KMS2"), acknowledge };
    const { outs } = await muted(() => update("id", host as never, inputs as never));
    assert.equal((outs as HostActivationOutputs).computerName, "KMS2");
    assert.equal((await machine("KMS1")).productKeyChannel, "Volume:GVLK");
    await remove("id", outs as never);
    assert.equal((await machine("KMS2")).productKeyChannel, "Volume:GVLK");
  });

  it("name a member that can't be reached, and why", async () => {
    const group = await createGroup();
    await servers.get("SRV3")!.close();
    const { props } = await read("id", group as never);
    const [, , third] = readMembers(props as ClientActivationOutputs);
    assert.equal(third.status, "Unreachable");
    assert.match(third.error ?? "", /^KMS3202 127\.0\.0\.1:\d+ refuses connections/);
  });

  const statusesOf = (outs: ClientActivationOutputs) => readMembers(outs).map(({ status }) => status);
  const machine = async (name: string) =>
    (await arm.control.machines()).find(({ computerName }) => computerName === name)!;
});
