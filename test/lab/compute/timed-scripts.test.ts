import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { clientsPlan } from "../../../provider/group/heard";
import { ensureHostPlan, observeHostPlan } from "../../../provider/host/plan";
import { decodeAnswer } from "../../../provider/machine/licensing-script";
import type { LicensingAnswer, LicensingPlan } from "../../../provider/machine/licensing-plan";
import { activationsSpent, hostKey, startHostLab } from "../../faults/host-fixture";
import type { Arm } from "../arm/arm-fixture";
import { bodyWithKey } from "../../machine/activate-host";

const desired = { activation: "online", partialProductKey: hostKey.slice(-5) } as const;
const reservation = (digit: string) => `${"0123456789abcdef".repeat(2)}-${digit.repeat(12)}`;

describe("lab/compute scripts that take their time", function () {
  this.timeout(20_000);
  let arm: Arm;
  beforeEach(async () => {
    arm = await startHostLab();
  });
  afterEach(() => arm.close());

  const slow = (fault: object) => arm.control.addFault({ match: "PUT .*/runCommands/", times: 1, ...fault });
  const commands = () => arm.compute.virtualMachineRunCommands;
  async function run(name: string, plan: LicensingPlan): Promise<LicensingAnswer> {
    const body = bodyWithKey(plan, hostKey);
    await commands().beginCreateOrUpdateAndWait("rg", "kms", name, body, { updateIntervalInMs: 20 });
    const view = await commands().getByVirtualMachine("rg", "kms", name, { expand: "instanceView" });
    return decodeAnswer(view.instanceView?.output ?? "", "kms");
  }
  const records = async () => (await arm.control.machines())[0].reservations;

  it("wait for each other: the second finds what the first has done", async () => {
    await slow({ scriptMilliseconds: 300 });
    const first = run("first", ensureHostPlan(desired, reservation("a")));
    await setTimeout(100);
    const second = await run("second", ensureHostPlan(desired, reservation("b")));
    assert.equal((await first).operations.at(-1)?.result, "done");
    assert.ok(second.operations.every(({ result }) => result === "skipped"));
    assert.deepEqual(await activationsSpent(arm), [1]);
    assert.deepEqual(await records(), [`${reservation("a")} done`]);
  });

  it("read the log of a host's clients without waiting, and hold up nobody", async () => {
    await slow({ scriptMilliseconds: 600 });
    const first = run("first", ensureHostPlan(desired, reservation("a")));
    while (!(await records()).includes(`${reservation("a")} started`)) {
      await setTimeout(10);
    }
    await slow({ scriptMilliseconds: 1 });
    const { clients } = await run("log", clientsPlan(8, 0, 1));
    assert.equal(clients?.names, "");
    assert.deepEqual(await records(), [`${reservation("a")} started`]);
    assert.equal((await first).operations.at(-1)?.result, "done");
  });

  it("activate twice side by side, which is what waiting prevents", async () => {
    await run("install", ensureHostPlan({ ...desired, activation: "none" }));
    await slow({ scriptMilliseconds: 300 });
    await slow({ scriptMilliseconds: 300, sideBySide: true });
    const first = run("first", ensureHostPlan(desired, reservation("a")));
    const second = run("second", ensureHostPlan(desired, reservation("b")));
    await Promise.all([first, second]);
    assert.deepEqual(await activationsSpent(arm), [2]);
  });

  it("do nothing any more once their reservation is revoked before they begin", async () => {
    await slow({ scriptDelayMilliseconds: 400 });
    const late = run("late", ensureHostPlan(desired, reservation("a")));
    await setTimeout(100);
    const seen = await run("look", observeHostPlan(undefined, [reservation("a")]));
    assert.deepEqual(seen.reservations, { [reservation("a")]: "revoked" });
    assert.deepEqual((await late).operations.at(-1), {
      id: "recordReservation",
      result: "failed",
      hresult: "0x800704C7",
    });
    assert.deepEqual(await activationsSpent(arm), []);
  });

  it("end where they are when their run command is deleted, and leave the machine to others", async () => {
    await slow({ scriptMilliseconds: 600 });
    const ended = run("ended", ensureHostPlan(desired, reservation("a"))).catch(() => undefined);
    while (!(await records()).includes(`${reservation("a")} started`)) {
      await setTimeout(10);
    }
    await commands().beginDeleteAndWait("rg", "kms", "ended");
    const { reservations } = await run("look", observeHostPlan());
    assert.deepEqual(reservations, { [reservation("a")]: "started" });
    await ended;
    assert.deepEqual(await activationsSpent(arm), []);
  });
});
