import type { rollOutMembers } from "../../../provider/group/rollout";
import { type RolloutSettings, rolloutSettings } from "../../../provider/group/rollout-plan";
import type { Machine, MachineAddress } from "../../../provider/machine/machine";
import type { MemberState } from "../../../provider/group/state";
import { report } from "./figure";

/** Number of machines in the benchmarks of rollouts. @default 1000; `KMS_BENCH_MACHINES` names another one */
const machines = Number(process.env.KMS_BENCH_MACHINES ?? 1_000);

/** The rollout that is measured: 1,000 machines, 100 at a time, each of which takes 2 s to answer. */
export const measured = { machines, atATime: Math.min(100, machines), answerSeconds: 2 };

/** A fleet in which nothing is wrong, and one as fleets are: some machines are off, and some find no KMS host. */
export interface Health {
  off: number;
  failing: number;
}
export const healthy: Health = { off: 0, failing: 0 };
export const usual: Health = {
  off: Math.round(measured.machines * 0.02),
  failing: Math.round(measured.machines * 0.03),
};

/** Whether the machine with this index is off, or fails; both are spread over the fleet. */
export function healthOf(index: number, { off, failing }: Health): "on" | "off" | "failing" {
  const isOneOf = (count: number, shift: number) => {
    const step = Math.floor(measured.machines / Math.max(1, count));
    const place = index - shift;
    return place >= 0 && place % step === 0 && place / step < count;
  };
  return isOneOf(off, 7) ? "off" : isOneOf(failing, 13) ? "failing" : "on";
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
  expectOutcome(states, health);
  const { atATime, answerSeconds } = measured;
  const on = measured.machines - health.off;
  const ideal = (visits: number) => Math.ceil(visits / atATime) * answerSeconds;
  /** Nobody else is begun before the canaries have answered. */
  const allowed = (visits: number) => ideal(settings.canary) + ideal(visits - settings.canary);
  const fewest = on + threshold - 1;
  const { canary } = settings;
  const context = { ...measured, ...health, threshold, canary };
  report({ name: `${name}/wall`, value: wall, unit: "s", ...context });
  const figure = (figureName: string, value: number, unit: string) =>
    report({ name: `${name}/${figureName}`, value, unit, ...context, requests });
  figure("first-pass", firstPass / ideal(on), "time of the first pass / ideal without canaries");
  figure("all-passes", wall / ideal(fewest), "time of all passes / ideal without canaries");
  figure("settings", wall / allowed(fewest), "time of all passes / what the settings allow");
  figure("requests", requests / fewest, "activation requests / (n + t - 1) of the machines that are on");
}

/** @throws Error where a machine that is on and finds its host was not activated, or another one was */
function expectOutcome(states: readonly MemberState[], { off, failing }: Health): void {
  const counts = new Map<string, number>();
  states.forEach(({ status }) => counts.set(status, (counts.get(status) ?? 0) + 1));
  const expected = { Licensed: measured.machines - off - failing, Off: off, Failed: failing };
  for (const [status, count] of Object.entries(expected)) {
    if ((counts.get(status) ?? 0) !== count) {
      throw new Error(`${counts.get(status) ?? 0} machines are ${status}, expected ${count}`);
    }
  }
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
