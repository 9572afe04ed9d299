import type { rollOutMembers } from "../../../provider/group/rollout";
import { type RolloutSettings, rolloutSettings } from "../../../provider/group/rollout-plan";
import type { Machine, MachineAddress } from "../../../provider/machine/machine";
import type { MemberState } from "../../../provider/group/state";
import { report } from "./figure";

/** Number of machines in the benchmarks of rollouts. @default 1000; `KMS_BENCH_MACHINES` names another one */
const machines = Number(process.env.KMS_BENCH_MACHINES ?? 1_000);

/** The rollout that is measured: 1,000 machines, 100 at a time, each of which takes 2 s to answer. */
export const measured = { machines, atATime: Math.min(100, machines), answerSeconds: 2 };

/** A fleet in which nothing is wrong, or one as fleets are: 2 % of the machines are off, and 3 % find no KMS host. */
export type Health = "healthy" | "usual";
export type MachineHealth = "on" | "off" | "failing";

/** Which of a hundred machines are not on, or fail. */
const unhealthy: Record<number, MachineHealth> = {
  ...{ 7: "off", 57: "off" },
  ...{ 13: "failing", 47: "failing", 81: "failing" },
};

/** How the machine with this index is. */
export const healthOf = (index: number, health: Health): MachineHealth =>
  health === "healthy" ? "on" : (unhealthy[index % 100] ?? "on");

function countsOf(health: Health): Record<MachineHealth, number> {
  const counts = { on: 0, off: 0, failing: 0 };
  for (let index = 0; index < measured.machines; index += 1) {
    counts[healthOf(index, health)] += 1;
  }
  return counts;
}

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

/** A rollout with its settings, as it is measured. */
export interface MeasuredRollout {
  settings: RolloutSettings;
  health: Health;
  threshold: number;
}

/** The settings of a group of this size where the program gives these, and how many at a time. */
export const measuredSettings = (given: Parameters<typeof rolloutSettings>[0]): RolloutSettings =>
  rolloutSettings({ maxConcurrent: measured.atATime, ...given }, measured.machines);

/** Reports times against the best possible, and requests against the fewest possible. */
export function reportRollout(name: string, times: RolloutTimes, rollout: MeasuredRollout): void {
  const { settings, health, threshold } = rollout;
  const { wall, firstPass, activationRequests: requests, states } = times;
  const { off, failing } = expectOutcome(states, health);
  const { atATime, answerSeconds } = measured;
  const on = measured.machines - off;
  const ideal = (visits: number) => Math.ceil(visits / atATime) * answerSeconds;
  /** Nobody else is begun before the canaries have answered. */
  const allowed = (visits: number) => ideal(settings.canary) + ideal(visits - settings.canary);
  const fewest = on + threshold - 1;
  const { canary } = settings;
  const context = { ...measured, off, failing, threshold, canary };
  report({ name: `${name}/wall`, value: wall, unit: "s", ...context });
  const figure = (figureName: string, value: number, unit: string) =>
    report({ name: `${name}/${figureName}`, value, unit, ...context, requests });
  figure("first-pass", firstPass / ideal(on), "time of the first pass / ideal without canaries");
  figure("all-passes", wall / ideal(fewest), "time of all passes / ideal without canaries");
  figure("settings", wall / allowed(fewest), "time of all passes / what the settings allow");
  figure("requests", requests / fewest, "activation requests / (n + t - 1) of the machines that are on");
}

/** @throws Error where a machine that is on and finds its host was not activated, or another one was */
function expectOutcome(states: readonly MemberState[], health: Health): Record<MachineHealth, number> {
  const counts = countsOf(health);
  const seen = new Map<string, number>();
  states.forEach(({ status }) => seen.set(status, (seen.get(status) ?? 0) + 1));
  for (const [status, count] of Object.entries({
    Licensed: counts.on,
    Off: counts.off,
    Failed: counts.failing,
  })) {
    if ((seen.get(status) ?? 0) !== count) {
      throw new Error(`${seen.get(status) ?? 0} machines are ${status}, expected ${count}`);
    }
  }
  return counts;
}

/** The group of the rollouts that are measured: its operating system and edition are declared. */
export const measuredPolicy = (
  os: string,
  edition: string,
): Parameters<typeof rollOutMembers>[1]["policy"] => ({
  name: "measured",
  os,
  edition,
  office: "",
  officeProduct: "",
  setupKey: "",
  hosts: [],
});
