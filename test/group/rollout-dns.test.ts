import assert from "node:assert/strict";
import type { Clock } from "../../provider/engine/clock";
import type { LicensingPlan } from "../../provider/machine/licensing-plan";
import { bootHost, desiredClientState, server2022, testLab } from "../lab/windows/test-lab";
import { rollOutFleet, tally, testFleet } from "./rollout-fixture";

const domain = "corp.example";

/** A clock that sleeps at once, and how long it slept. */
function quickClock(): Clock & { slept: number[] } {
  let now = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}

describe("members for whom DNS has no answer yet", () => {
  /** A fleet whose DNS serves the host from a moment on. */
  function fleetInDns(servedAt: number, size = 6) {
    const lab = testLab();
    bootHost(lab, "kms");
    const record = { priority: 0, weight: 0, port: 1688, target: `kms.${domain}` };
    lab.records.delete(domain);
    const clock = quickClock();
    const fleet = testFleet(lab, size);
    const plans: LicensingPlan[] = [];
    const { open } = fleet;
    fleet.open = (member) => {
      const machine = open(member);
      return {
        ...machine,
        run: (plan, secrets, options) => {
          plans.push(plan);
          if (clock.now() >= servedAt) {
            lab.records.set(domain, [record]);
          }
          return machine.run(plan, secrets, options);
        },
      };
    };
    const said: string[] = [];
    const rollOut = (rollout = {}) =>
      rollOutFleet(fleet, {
        clock,
        options: { deadline: 30 * 60_000 },
        desired: { ...desiredClientState(server2022.setupKey!), lookupDomain: domain },
        report: (line) => void said.push(line),
        rollout: { maxConcurrent: 1, maxFailures: 0, ...rollout },
      });
    return { clock, plans, said, rollOut };
  }

  it("ask again until it has, and clear what Windows remembers", async () => {
    const { clock, plans, said, rollOut } = fleetInDns(40_000);
    const { states, stopped } = await rollOut();
    assert.equal(stopped, undefined);
    assert.deepEqual(tally(states), { Licensed: 6 });
    assert.deepEqual(clock.slept, [5000, 10_000, 20_000, 30_000]);
    assert.deepEqual(
      plans.slice(0, 3).map(({ operations }) => operations[0].id),
      ["installKey", "clearDnsCache", "clearDnsCache"],
    );
    assert.equal(
      plans.at(-1)!.operations[0].id,
      "installKey",
      "members that find the host at once have no need",
    );
    assert.equal(
      said.filter((line) => /^DNS has no answer for web1 yet; .* up to 2 minutes$/.test(line)).length,
      1,
    );
  });

  it("fail with what Windows said once two minutes are over, all members together", async () => {
    const { clock, rollOut } = fleetInDns(Infinity);
    const { states, stopped } = await rollOut({ maxFailures: 2 });
    assert.equal(stopped?.reason, "failures");
    assert.deepEqual(tally(states), { Failed: 3, NotStarted: 3 });
    assert.match(states[0].error!, /^0x8007232B .*It looked for _vlmcs\._tcp in corp\.example/);
    assert.ok(clock.now() <= 120_000, "the wait is one for all of them");
  });
});
