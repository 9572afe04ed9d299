import assert from "node:assert/strict";
import type { ClientActivationInputs, ClientActivationOutputs } from "../../provider/group/state";
import { readMembers } from "../../provider/group/stored-members";
import { PartialFailure } from "../../provider/engine/handler";
import { openMachine } from "../../provider/machine/open-machine";
import { azureEndpoint } from "../environment";
import { activateHost } from "../machine/activate-host";
import { EngineStandIn } from "../faults/engine-stand-in";
import { type Arm, createMachine, createNetwork, startArm } from "../lab/arm/arm-fixture";
import { group2022, hostKey } from "../lab/windows/test-lab";
import { groupInputs } from "./group-inputs";
import { tally } from "./rollout-fixture";

const key = hostKey(group2022);
const threshold = 5;
const minutesPerDay = 1440;
const address = "10.0.1.4";

describe("a client group as time passes", function () {
  this.timeout(60_000);
  const findAzureAt = azureEndpoint();
  let arm: Arm;
  let machines: { name: string; azureVmId: string }[];
  let group: EngineStandIn;

  beforeEach(async () => {
    arm = await startArm();
    findAzureAt(arm.endpoint);
    const subnetId = await createNetwork(arm);
    const host = await createMachine(arm, "kms", subnetId);
    await activateHost(openMachine({ azureVmId: host }), key);
    machines = [];
    for (const name of ["web1", "web2", "web3", "web4", "web5", "web6"]) {
      machines.push({ name, azureVmId: await createMachine(arm, name, subnetId) });
    }
    group = new EngineStandIn(inputs());
    await group.apply();
    assert.deepEqual(tally(members()), { Licensed: 6 });
    await arm.control.resetRequests();
  });
  afterEach(async () => {
    await arm.close();
  });

  const inputs = (): ClientActivationInputs => groupInputs(address, { machines, threshold });

  const outputs = () => group.state!.outs as unknown as ClientActivationOutputs;
  const members = () => readMembers(outputs());
  const advanceDays = (days: number) => arm.control.advanceClock(days * minutesPerDay);

  /** Whole days that the stored activations still hold. */
  async function daysLeft(): Promise<number[]> {
    const now = (await arm.control.now()).getTime();
    const days = members().map(({ expiresAt = "" }) =>
      Math.floor((Date.parse(expiresAt) - now) / 86_400_000),
    );
    return [...new Set(days)];
  }

  const runCommands = async () =>
    (await arm.control.requests())
      .filter(({ method, type }) => method === "PUT" && /runCommands/i.test(type))
      .reduce((total, { count }) => total + count, 0);

  /** Requests to the KMS host (event 12288) that each member has sent. */
  const requests = async () =>
    (await arm.control.machines())
      .filter(({ computerName }) => computerName.startsWith("web"))
      .reduce((total, { events }) => total + events.filter(({ id }) => id === 12288).length, 0);

  const forEachMember = async (act: (name: string) => Promise<void>) => {
    for (const { name } of machines) {
      await act(name);
    }
  };

  for (const days of [31, 181]) {
    it(`renews by itself for ${days} days; refresh reads the new ends and an update has nothing to do`, async () => {
      await advanceDays(days);
      await group.refresh();
      assert.deepEqual(tally(members()), { Licensed: 6 });
      const [left, ...others] = await daysLeft();
      assert.deepEqual(others, []);
      assert.ok(left >= 180 - 7 && left < 180, `${left} days left`);
      await arm.control.resetRequests();
      await group.apply();
      assert.equal(await runCommands(), 0);
    });
  }

  it("is still licensed 31 days after its KMS host is gone, and shows until when", async () => {
    await arm.control.stopMachine("kms");
    await advanceDays(31);
    await group.refresh();
    assert.deepEqual(tally(members()), { Licensed: 6 });
    assert.deepEqual(await daysLeft(), [180 - 31 - 1]);
  });

  it("has expired 181 days after its KMS host is gone: refresh reports it, an update begins the count anew", async () => {
    await arm.control.stopMachine("kms");
    await advanceDays(181);
    await group.refresh();
    assert.deepEqual(tally(members()), { Drifted: 6 });
    assert.deepEqual([...new Set(members().map(({ expiresAt }) => expiresAt))], [undefined]);
    assert.match(members()[0].error!, /license/i);
    const failed = (error: unknown) => error instanceof PartialFailure && /KMS40\d\d/.test(error.message);
    await assert.rejects(group.apply(), failed, "there is no host that answers");
    assert.equal(tally(members()).Licensed ?? 0, 0);
    await arm.control.startMachine("kms");
    const before = await requests();
    await group.apply();
    assert.deepEqual(tally(members()), { Licensed: 6 });
    assert.deepEqual(await daysLeft(), [179]);
    assert.ok((await requests()) - before <= 6 + threshold - 1);
  });

  it("that was off for 31 days counts no more, and is licensed without a new count", async () => {
    await forEachMember(arm.control.stopMachine);
    await advanceDays(31);
    await group.refresh();
    assert.deepEqual(tally(members()), { Off: 6 });
    await forEachMember(arm.control.startMachine);
    await group.apply();
    assert.deepEqual(tally(members()), { Licensed: 6 });
  });

  it("that shrank below the threshold is licensed until its activations expire, then pending until others come back", async () => {
    for (const { name } of machines.slice(3)) {
      await arm.control.stopMachine(name);
    }
    await group.apply({ machines: machines.slice(0, 3) });
    assert.deepEqual(tally(members()), { Licensed: 3 });
    await advanceDays(31);
    await group.refresh();
    assert.deepEqual(tally(members()), { Licensed: 3 });
    await advanceDays(181);
    await group.refresh();
    assert.deepEqual(tally(members()), { Drifted: 3 });
    await group.apply({ machines: machines.slice(0, 3) });
    assert.deepEqual(tally(members()), { Pending: 3 });
    assert.equal(outputs().machinesMissing, threshold - 3);
    for (const { name } of machines.slice(3)) {
      await arm.control.startMachine(name);
    }
    await group.apply();
    assert.deepEqual(tally(members()), { Licensed: 6 });
    assert.equal(outputs().machinesMissing, 0);
  });
});
