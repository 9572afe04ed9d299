import assert from "node:assert/strict";
import { create, diff, read, update } from "../../provider/handlers";
import type { ClientActivationOutputs } from "../../provider/group/state";
import { readMembers } from "../../provider/group/stored-members";
import type { HostSettings } from "../../provider/host/settings";
import type { ManagedHostInputs, ManagedHostOutputs } from "../../provider/host/state";
import { windowsApplicationId } from "../../provider/machine/licensing-plan";
import { openMachine } from "../../provider/machine/open-machine";
import type { SshAddress } from "../../provider/machine/ssh-address";
import { hostInputs as azureHostInputs, temporaryLedger } from "../faults/host-fixture";
import { muted } from "../faults/muted";
import { groupInputs } from "../group/group-inputs";
import { startArm, type Arm } from "../lab/arm/arm-fixture";
import { startSshMachine } from "../lab-run/ssh-fixture";
import { server2022 } from "../lab/windows/test-lab";
import type { TestServer } from "../machine/ssh-server";

const members = ["SRV1", "SRV2", "SRV3", "SRV4", "SRV5"];
const hostName = "KMS1.corp.example";
const builtInRule = "SPPSVC-In-TCP";
const ownRule = "pulumi-windows-kms-In-TCP";

describe("the Windows firewall of a KMS host over SSH", function () {
  this.timeout(30_000);
  let arm: Arm;
  let ledger: Awaited<ReturnType<typeof temporaryLedger>>;
  let host: ManagedHostOutputs;
  const servers = new Map<string, TestServer>();
  const addressOf = (name: string): SshAddress => servers.get(name)!.address;

  beforeEach(async () => {
    ledger = await temporaryLedger();
    arm = await startArm();
    for (const name of ["KMS1", ...members]) {
      const { osBuild, editionId, productType } = server2022;
      await arm.control.bootOnPremises({ name, domain: "corp.example", osBuild, editionId, productType });
      servers.set(name, await startSshMachine(arm.control, name));
    }
    host = (await muted(() => create(hostInputs() as never))).outs as ManagedHostOutputs;
  });
  afterEach(async () => {
    await Promise.all([...servers.values()].map((one) => one.close()));
    servers.clear();
    await arm?.close();
    await ledger?.remove();
  });

  const hostInputs = (changes: Partial<HostSettings> = {}): ManagedHostInputs => {
    const { azureVmId: _azureVmId, settings, ...common } = azureHostInputs;
    return {
      ...common,
      ssh: addressOf("KMS1"),
      ledger: ledger.url,
      settings: { ...settings!, firewallProfiles: ["Private", "Domain"], ...changes },
    };
  };
  const createGroup = (port = 1688) => {
    const inputs = groupInputs(hostName, {
      name: "servers",
      machines: members.map((name) => ({ name, ssh: addressOf(name) })),
      hostAddresses: [{ name: hostName, port }],
      rollout: { maxConcurrent: 1 },
      timeoutMinutes: 5,
    });
    return muted(() => create(inputs as never));
  };
  const membersOf = ({ outs }: { outs?: unknown }) => readMembers(outs as ClientActivationOutputs);

  /** The rules with these names, as they are on the machine. */
  const rules = async (...names: string[]) => {
    const read = { service: [], product: [], features: [], firewall: names, events: false };
    const plan = { version: 1, applicationId: windowsApplicationId, operations: [], read } as const;
    return (await openMachine({ ssh: addressOf("KMS1") }).run(plan as never, {}, soon())).firewall;
  };

  /** What an administrator does who lets the KMS service be reached from public networks only: ours is a domain's. */
  const allowPublicNetworksOnly = async (name: string, port: number) => {
    const allow = {
      id: "allow",
      on: "firewall",
      method: "Allow",
      arguments: { Name: name, Port: port, Profiles: "Public" },
    } as const;
    const read = { service: [], product: [], features: [], firewall: [], events: false };
    const plan = { version: 1, applicationId: windowsApplicationId, operations: [allow], read } as const;
    await openMachine({ ssh: addressOf("KMS1") }).run(plan as never, {}, soon());
  };
  const soon = () => ({ deadline: Date.now() + 60_000 });
  const refreshed = async () => (await read("id", host as never)).props as ManagedHostOutputs;

  it("has a rule of our own for the profiles asked for, and that which Windows brings along is left alone", async () => {
    assert.deepEqual(await rules(builtInRule, ownRule), {
      [builtInRule]: "disabled:1688:Domain,Private,Public",
      [ownRule]: "enabled:1688:Domain,Private",
    });
    assert.deepEqual((await refreshed()).drift, []);
  });

  it("keeps clients out when it is closed, which a refresh of the host names", async () => {
    await allowPublicNetworksOnly(ownRule, 1688);
    await assert.rejects(createGroup(), /0xC004F074.* It asked kms1\.corp\.example:1688/i);
    host = await refreshed();
    assert.deepEqual(host.drift, [
      "inbound firewall rule is enabled:1688:Public, expected enabled:1688:Domain,Private",
    ]);
    assert.equal(host.licenseStatus, "Licensed");
  });

  it("is opened again by the next update, without another activation", async () => {
    await allowPublicNetworksOnly(ownRule, 1688);
    host = await refreshed();
    const { changes, replaces } = await muted(() => diff("id", host as never, hostInputs() as never));
    assert.deepEqual([changes, replaces], [true, []]);
    const { outs } = await muted(() => update("id", host as never, hostInputs() as never));
    assert.deepEqual((outs as ManagedHostOutputs).drift, []);
    assert.deepEqual(await rules(ownRule), { [ownRule]: "enabled:1688:Domain,Private" });
    const usage = await arm.control.activations(azureHostInputs.productKey.slice(-5));
    assert.deepEqual(
      usage.map(({ activations }) => activations),
      [1],
    );
    assert.deepEqual(
      membersOf(await createGroup()).map(({ status }) => status),
      members.map(() => "Licensed"),
    );
  });

  it("gets other profiles when the program asks for them", async () => {
    const inputs = hostInputs({ firewallProfiles: ["Domain"] });
    assert.equal((await diff("id", host as never, inputs as never)).changes, true);
    await muted(() => update("id", host as never, inputs as never));
    assert.deepEqual(await rules(ownRule), { [ownRule]: "enabled:1688:Domain" });
  });

  it("has the same rule for another port, so that the former one is closed", async () => {
    const inputs = hostInputs({ port: 1700 });
    const { outs } = await muted(() => update("id", host as never, inputs as never));
    host = outs as ManagedHostOutputs;
    assert.deepEqual(await rules(ownRule), { [ownRule]: "enabled:1700:Domain,Private" });
    const statuses = membersOf(await createGroup(1700)).map(({ status }) => status);
    assert.deepEqual(new Set(statuses), new Set(["Licensed"]));
    await allowPublicNetworksOnly(ownRule, 1700);
    assert.deepEqual((await refreshed()).drift, [
      "inbound firewall rule is enabled:1700:Public, expected enabled:1700:Domain,Private",
    ]);
  });
});
