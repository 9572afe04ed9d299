import type { RolloutSettings } from "./rollout-settings";

/** One step of a rollout. */
export interface Batch<T> {
  canary: boolean;
  members: T[];
}

/** The members in the order given, cut into the canaries and batches that are visited one after the other. */
export function rolloutBatches<T>(
  members: readonly T[],
  { canary, batchSize }: Pick<RolloutSettings, "canary" | "batchSize">,
): Batch<T>[] {
  const batches: Batch<T>[] = canary > 0 && members.length > 0 ? [cut(members, 0, canary, true)] : [];
  for (let from = canary; from < members.length; from += batchSize) {
    batches.push(cut(members, from, batchSize, false));
  }
  return batches;
}

const cut = <T>(members: readonly T[], from: number, size: number, canary: boolean): Batch<T> => ({
  canary,
  members: members.slice(from, from + size),
});
