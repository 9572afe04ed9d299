import type { RunOptions } from "../machine/machine";

/** Options for remote calls that must have ended in so many minutes. */
export function deadlineIn(minutes: number): RunOptions {
  return { deadline: Date.now() + minutes * 60_000 };
}
