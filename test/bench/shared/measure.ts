import { median } from "./statistics";

/** How often work is measured, and how often each measurement repeats it. */
export interface Plan {
  runs: number;
  /** Short work is repeated, so that the clock and the garbage collector have the same weight for all sizes. */
  repeats?: number;
}

/**
 * Milliseconds that the work takes once: the median of several runs, after a run to warm up, with garbage collected
 * before each.
 */
export async function medianMilliseconds({ runs, repeats = 1 }: Plan, work: () => unknown): Promise<number> {
  await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    globalThis.gc?.();
    const startedAt = performance.now();
    for (let done = 0; done < repeats; done += 1) {
      await work();
    }
    times.push((performance.now() - startedAt) / repeats);
  }
  return median(times);
}
