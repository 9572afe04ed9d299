import type { MemberState } from "./client-outcome";

/** What a rollout knows of the KMS hosts' counts, and who waits for them. */
export interface CountWatch<T> {
  /** Notes an answer. Gives the members to ask again, each once: their host now counts enough machines. */
  answered(member: T, state: MemberState, again: boolean): T[];
  /** Gives those who still wait, if another host than theirs counts enough and may answer them next time. */
  drawAgain(): T[];
}

/**
 * Watches the count of each host. A host refuses at most `threshold - 1` different machines for its count, since each
 * raises it; as a machine is only asked again once its own host counts enough, n machines need n + t - 1 requests.
 */
export function countWatch<T>(threshold: number): CountWatch<T> {
  const counts = new Map<string, number>();
  const waiting = new Map<T, string>();
  const enough = (host: string) => (counts.get(host) ?? 0) >= threshold;
  const release = (ready: T[]) => {
    ready.forEach((member) => waiting.delete(member));
    return ready;
  };
  return {
    answered(member, { status, host: name, count }, again) {
      const host = name.toLowerCase();
      if (status === "Pending" && count < threshold) {
        waiting.set(member, host);
      }
      if (status === "Pending" && again) {
        // The host has forgotten machines since it was seen with enough of them.
        counts.set(host, count);
      } else if (status === "Pending" || status === "Licensed") {
        counts.set(host, Math.max(counts.get(host) ?? 0, count));
      }
      return release([...waiting].filter(([, asked]) => enough(asked)).map(([waits]) => waits));
    },
    drawAgain: () => release([...counts.keys()].some(enough) ? [...waiting.keys()] : []),
  };
}
