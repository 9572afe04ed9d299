/** How a group is worked on; every member is decided. */
export interface RolloutSettings {
  /** Members that are visited before all others; 0 for none. */
  canary: number;
  /** Members of one batch. */
  batchSize: number;
  /** Members that are worked on at the same time. */
  maxConcurrent: number;
  /** The rollout stops at more failed members than this. Unreachable ones are not counted. */
  maxFailures: number;
  pauseSecondsBetweenBatches: number;
  /** How long the whole rollout may take. */
  deadlineMinutes: number;
}

/** Groups under this size have no canaries: the first batch is all of them, or nearly. */
const smallestWithCanary = 10;

/** Time that one round over `maxConcurrent` machines takes at worst, when nothing hangs. */
const minutesPerRound = 3;

const shortestDeadlineMinutes = 120;
const longestDeadlineMinutes = 1440;

/** Fills in what the program leaves open, by the number of members in the group. */
export function rolloutSettings(given: Partial<RolloutSettings>, members: number): RolloutSettings {
  const canary = members < smallestWithCanary ? 0 : between(1, Math.ceil(members / 100), 10);
  const settings = {
    canary,
    batchSize: between(50, Math.ceil(members / 10), 1000),
    maxConcurrent: between(50, Math.ceil(members / 50), 100),
    maxFailures: Math.max(2, Math.floor(members / 20)),
    pauseSecondsBetweenBatches: 0,
    ...given,
  };
  return { deadlineMinutes: deadlineMinutes(settings, members), ...settings };
}

const between = (lowest: number, value: number, highest: number) =>
  Math.min(highest, Math.max(lowest, value));

function deadlineMinutes(
  { canary, batchSize, maxConcurrent, pauseSecondsBetweenBatches }: Omit<RolloutSettings, "deadlineMinutes">,
  members: number,
): number {
  const batches = Math.ceil(Math.max(0, members - canary) / batchSize);
  const rounds = Math.ceil(canary / maxConcurrent) + batches * Math.ceil(batchSize / maxConcurrent);
  const pauses = (batches * pauseSecondsBetweenBatches) / 60;
  const needed = Math.ceil(rounds * minutesPerRound + pauses);
  return between(shortestDeadlineMinutes, needed, longestDeadlineMinutes);
}
