import { setTimeout } from "node:timers/promises";

/** The lab's time, in milliseconds since 1970. */
export interface LabClock {
  now(): number;
  /** Moves the clock forward. */
  advance(milliseconds: number): void;
  /** Resolves once so much of the lab's time has passed, or the clock was moved past it. */
  sleep(milliseconds: number): Promise<void>;
}

/** Timers can't wait longer. */
const longestTimerMilliseconds = 2 ** 31 - 1;

export const millisecondsPerMinute = 60_000;
export const millisecondsPerDay = 24 * 60 * millisecondsPerMinute;

/** A clock that runs with `base` and can be moved ahead of it. */
export function movableClock(base: () => number = Date.now): LabClock {
  let ahead = 0;
  let moved = new AbortController();
  const now = () => base() + ahead;
  return {
    now,
    advance(milliseconds) {
      if (!Number.isFinite(milliseconds) || milliseconds < 0) {
        throw new RangeError(`the lab's clock cannot be moved by ${milliseconds} milliseconds`);
      }
      ahead += milliseconds;
      moved.abort();
      moved = new AbortController();
    },
    async sleep(span) {
      const until = now() + span;
      while (now() < until) {
        // Rejected when the clock was moved, which the loop sees.
        const milliseconds = Math.min(longestTimerMilliseconds, until - now());
        await setTimeout(milliseconds, undefined, { signal: moved.signal }).catch(() => undefined);
      }
    },
  };
}
