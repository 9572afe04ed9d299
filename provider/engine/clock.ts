import { setTimeout } from "node:timers/promises";
import type { RunOptions } from "../machine/machine";

/** Time, as far as a rollout looks at it; tests have one of their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => setTimeout(milliseconds),
};

/** Options for remote calls that must have ended within these minutes. */
export function deadlineIn(minutes: number): RunOptions {
  return { deadline: Date.now() + minutes * 60_000 };
}
