/** The lab's time, in milliseconds since 1970. */
export interface LabClock {
  now(): number;
  /** Moves the clock forward. */
  advance(milliseconds: number): void;
}

export const millisecondsPerMinute = 60_000;
export const millisecondsPerDay = 24 * 60 * millisecondsPerMinute;

/** A clock that runs with `base` and can be moved ahead of it. */
export function movableClock(base: () => number = Date.now): LabClock {
  let ahead = 0;
  return {
    now: () => base() + ahead,
    advance(milliseconds) {
      if (!Number.isFinite(milliseconds) || milliseconds < 0) {
        throw new RangeError(`the lab's clock cannot be moved by ${milliseconds} milliseconds`);
      }
      ahead += milliseconds;
    },
  };
}
