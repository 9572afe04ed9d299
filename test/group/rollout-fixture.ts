import { KmsError } from "../../provider/errors/kms-error";
import type { SystemPolicy } from "../../provider/group/system-policy";
import type { DesiredClient } from "../../provider/group/plan";
import { type Rollout, rollOutMembers } from "../../provider/group/rollout";
import { rolloutSettings } from "../../provider/group/rollout-plan";
import type { Member } from "../../provider/group/state";
import type { Machine } from "../../provider/machine/machine";
import type { KMSRolloutValues } from "../../provider/rules/args.generated";
import {
  boot,
  desiredClientState,
  machineId,
  server2022,
  type TestLab,
  windows10,
} from "../lab/windows/test-lab";
import { fakeClock } from "../engine/fake-clock";
import { groupInputs } from "./group-inputs";

/** A member in Azure. */
export type AzureMember = Member & { azureVmId: string };

/** Machines of a lab as a rollout reaches them, and what the test sees of it. */
export interface TestFleet {
  members: AzureMember[];
  /** Names of the members in the order in which they were configured. */
  configured: string[];
  /** Most members that were worked on at the same time. */
  mostAtOnce: number;
  /** Names of members that cannot be reached. */
  offline: Set<string>;
  /** Called before each run on a machine. */
  beforeRun: (name: string) => void | Promise<void>;
  /** Called after each run on a machine. */
  afterRun: (name: string) => void;
  open(member: Member): Machine;
}

/** Boots machines `web1`, `web2` … that answer after a few turns of the event loop, in an order of their own. */
export function testFleet(lab: TestLab, size: number, system = server2022): TestFleet {
  let underWay = 0;
  const fleet: TestFleet = {
    members: Array.from({ length: size }, (_, index) => memberOf(boot(lab, `web${index + 1}`, system))),
    configured: [],
    mostAtOnce: 0,
    offline: new Set(),
    beforeRun: () => undefined,
    afterRun: () => undefined,
    open: ({ azureVmId = "" }) => ({
      name: nameOf(azureVmId),
      async run(plan, secrets) {
        const name = nameOf(azureVmId);
        fleet.configured.push(name);
        underWay += 1;
        fleet.mostAtOnce = Math.max(fleet.mostAtOnce, underWay);
        try {
          await fleet.beforeRun(name);
          await turns(Number(name.replace(/\D/g, "")) % 7);
          if (fleet.offline.has(name)) {
            throw new KmsError("KMS3002", { values: { machine: name, reason: "it is stopped" } });
          }
          const answer = lab.fleet.runLicensingPlan(azureVmId, plan, secrets);
          await turns(Number(name.replace(/\D/g, "")) % 3);
          return answer;
        } finally {
          underWay -= 1;
          fleet.afterRun(name);
        }
      },
    }),
  };
  return fleet;
}

export const memberOf = (azureVmId: string): AzureMember => ({ name: nameOf(azureVmId), azureVmId });

const nameOf = (id: string) => id.slice(id.lastIndexOf("/") + 1);

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What a test changes of a rollout. */
type Changes = Partial<Omit<Rollout, "settings" | "policy">> & {
  rollout?: KMSRolloutValues;
  policy?: Partial<SystemPolicy>;
  threshold?: number;
  members?: Member[];
};

/** Rolls out to a fleet of servers by DNS, on a clock that stands still; what a test gives replaces the rest. */
export function rollOutFleet(fleet: TestFleet, changes: Changes = {}) {
  const { members = fleet.members, rollout = {}, policy, threshold = 5, ...others } = changes;
  const clock = fakeClock();
  return rollOutMembers(members, {
    desired: desiredClientState(server2022.setupKey!),
    thresholdOf: () => threshold,
    options: { deadline: clock.now() + 60_000 },
    report: () => undefined,
    open: fleet.open,
    clock,
    ...others,
    policy: { ...groupInputs("kms", { hosts: [] }), ...policy },
    settings: rolloutSettings({ canary: 0, ...rollout }, members.length),
  });
}

/** Of client operating systems, which need a count of 25. */
export const toClients: { desired: DesiredClient; threshold: number } = {
  desired: desiredClientState(windows10.setupKey!),
  threshold: 25,
};

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
