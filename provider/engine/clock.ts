import { setTimeout } from "node:timers/promises";
import { type RunOptions, steadyNow } from "../machine/machine";
import { stopSignal } from "./stopping";

/** Time, as far as a rollout looks at it; tests have one of their own. */
export interface Clock {
  /** Milliseconds that nothing but their passing moves: durations and deadlines are measured by them. */
  now(): number;
  /** Returns after this time, or as soon as the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** A clock over timers, which may end early. */
export function clockOf(
  now: () => number,
  timer: (milliseconds: number, signal?: AbortSignal) => Promise<void>,
): Clock {
  return {
    now,
    async sleep(milliseconds, signal) {
      const end = now() + milliseconds;
      for (let rest = milliseconds; rest > 0 && signal?.aborted !== true; rest = end - now()) {
        await timer(Math.ceil(rest), signal);
      }
    },
  };
}

export const systemClock: Clock = clockOf(steadyNow, async (milliseconds, signal) => {
  try {
    await setTimeout(milliseconds, undefined, { signal });
  } catch (error) {
    if (signal?.aborted !== true) {
      throw error;
    }
  }
});

/** Options for remote calls that must have ended within these minutes. */
export function deadlineIn(minutes: number): RunOptions {
  return { deadline: steadyNow() + minutes * 60_000 };
}

/** Options for the visits of many machines: they end as well when the operation is interrupted. */
export const stoppableIn = (minutes: number): RunOptions => ({
  ...deadlineIn(minutes),
  signal: stopSignal(),
});
