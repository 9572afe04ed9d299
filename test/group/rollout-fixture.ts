import { rolloutSettings, type RolloutSettings } from "../../provider/group/rollout-plan";
import type { Member } from "../../provider/group/state";
import { type Visit, rollOutMembers } from "../../provider/group/rollout";
import { KmsError } from "../../provider/errors/kms-error";
import type { Machine, MachineAddress } from "../../provider/machine/machine";
import { boot, clientWish, machineId, server2022, type TestLab, windows10 } from "../lab/windows/test-lab";
import { fakeClock } from "../engine/fake-clock";

/** Machines of a lab as a rollout reaches them, and what the test sees of it. */
export interface TestFleet {
  members: Member[];
  /** Names of the members in the order of the visits. */
  visits: string[];
  /** Most visits that were under way at the same time. */
  mostAtOnce: number;
  /** Names of members that can't be reached. */
  offline: Set<string>;
  /** Called before each visit. */
  beforeVisit: (name: string) => void | Promise<void>;
  /** Called after each visit. */
  afterVisit: (name: string) => void;
  open(address: MachineAddress): Machine;
}

/** Boots machines `web1`, `web2` … that answer after a few turns of the event loop, in an order of their own. */
export function testFleet(lab: TestLab, size: number, system = server2022): TestFleet {
  let underWay = 0;
  const fleet: TestFleet = {
    members: Array.from({ length: size }, (_, index) => memberOf(boot(lab, `web${index + 1}`, system))),
    visits: [],
    mostAtOnce: 0,
    offline: new Set(),
    beforeVisit: () => undefined,
    afterVisit: () => undefined,
    open: ({ azureVmId = "" }) => ({
      name: nameOf(azureVmId),
      async run(plan, secrets) {
        const name = nameOf(azureVmId);
        fleet.visits.push(name);
        underWay += 1;
        fleet.mostAtOnce = Math.max(fleet.mostAtOnce, underWay);
        try {
          await fleet.beforeVisit(name);
          await turns(Number(name.replace(/\D/g, "")) % 7);
          if (fleet.offline.has(name)) {
            throw new KmsError("KMS3002", { values: { machine: name, reason: "it is stopped" } });
          }
          const answer = lab.fleet.runLicensingPlan(azureVmId, plan, secrets);
          await turns(Number(name.replace(/\D/g, "")) % 3);
          return answer;
        } finally {
          underWay -= 1;
          fleet.afterVisit(name);
        }
      },
    }),
  };
  return fleet;
}

export const memberOf = (azureVmId: string): Member => ({ name: nameOf(azureVmId), azureVmId });

const nameOf = (id: string) => id.slice(id.lastIndexOf("/") + 1);

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Visits members of a fleet of servers by DNS, on a clock that stands still; what a test gives replaces the rest. */
export function visitFleet(
  fleet: TestFleet,
  changes: Partial<Omit<Visit, "rollout">> & { rollout?: Partial<RolloutSettings>; members?: Member[] } = {},
) {
  const { members = fleet.members, rollout = {}, ...others } = changes;
  const clock = fakeClock();
  return rollOutMembers(members, {
    desired: clientWish(server2022.setupKey!),
    os: "Windows Server 2022",
    hosts: [],
    threshold: 5,
    options: { deadline: clock.now() + 60_000 },
    report: () => undefined,
    open: fleet.open,
    clock,
    ...others,
    rollout: rolloutSettings({ canary: 0, batchSize: 10_000, ...rollout }, members.length),
  });
}

/** Of client operating systems, which ask for a count of 25. */
export const clientVisit = { desired: clientWish(windows10.setupKey!), threshold: 25 };

/** Keeps a member from its KMS host, so that it is refused with 0xC004F074. */
export const cutOff = (lab: TestLab, member: string, host = "kms") =>
  lab.blocked.add(`${machineId(member)} ${machineId(host)} 1688`);

/** How many members have each status. */
export function tally(states: readonly { status: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of states) {
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}
