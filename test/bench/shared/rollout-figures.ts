import type { rollOutMembers } from "../../../provider/group/rollout";
import type { Machine, MachineAddress } from "../../../provider/machine/machine";
import type { MemberState } from "../../../provider/group/state";
import { report } from "./figure";

/** The rollout that is measured: 1,000 machines, 100 at a time, each of which takes 2 s to answer. */
export const measured = { machines: 1_000, atATime: 100, answerSeconds: 2 };

/** What a rollout did, in seconds since its start. */
export interface RolloutTimes {
  wall: number;
  /** When the last machine answered for the first time. */
  firstPass: number;
  activationRequests: number;
  states: readonly MemberState[];
}

/** Measures a rollout; it opens its machines by the given function, which sees when each has answered. */
export async function timeRollout(
  open: (address: MachineAddress) => Machine,
  rollOut: (
    open: (address: MachineAddress) => Machine,
  ) => Promise<Pick<RolloutTimes, "states" | "activationRequests">>,
): Promise<RolloutTimes> {
  const answered = new Set<string>();
  let firstPass = 0;
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  const { states, activationRequests } = await rollOut((address) => {
    const machine = open(address);
    return {
      name: machine.name,
      async run(...plan) {
        const answer = await machine.run(...plan);
        firstPass = answered.has(machine.name) ? firstPass : seconds();
        answered.add(machine.name);
        return answer;
      },
    };
  });
  return { wall: seconds(), firstPass, activationRequests, states };
}

/** Reports times against the best possible, and requests against the fewest possible. */
export function reportRollout(name: string, times: RolloutTimes, threshold: number): void {
  const { machines, atATime, answerSeconds } = measured;
  const { wall, firstPass, activationRequests: requests, states } = times;
  if (!states.every(({ status }) => status === "Licensed")) {
    throw new Error("the rollout did not activate every machine");
  }
  const ideal = (visits: number) => Math.ceil(visits / atATime) * answerSeconds;
  const fewest = machines + threshold - 1;
  const context = { ...measured, threshold };
  report({ name: `${name}/wall`, value: wall, unit: "s", ...context });
  report({
    name: `${name}/first-pass`,
    value: firstPass / ideal(machines),
    unit: "time of the first pass / ideal",
    ...context,
  });
  report({
    name: `${name}/all-passes`,
    value: wall / ideal(fewest),
    unit: "time of all passes / ideal",
    ...context,
  });
  report({
    name: `${name}/requests`,
    value: requests / fewest,
    unit: "activation requests / (n + t - 1)",
    ...context,
    requests,
  });
}

/** The group of the rollouts that are measured: its operating system and edition are declared. */
export const measuredPolicy: Parameters<typeof rollOutMembers>[1]["policy"] = {
  name: "measured",
  os: "Windows Server 2022",
  edition: "Datacenter",
  office: "",
  officeProduct: "",
  setupKey: "",
  hosts: [],
};
