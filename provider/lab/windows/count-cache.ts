import { limits } from "pulumi-windows-kms/bin/provider/testing";
import { millisecondsPerDay } from "./clock";

/** How long a client machine ID is counted after its last request. */
const windowMilliseconds = limits.countWindowDays * millisecondsPerDay;

/** The client machine IDs that a KMS host counts. */
export interface CountCache {
  /** Client machine ID -> time of its last request, oldest first. */
  readonly lastRequests: ReadonlyMap<string, number>;
  /** Largest threshold that was ever asked for; 0 before the first request. It never shrinks. */
  readonly largestThreshold: number;
}

export const emptyCountCache: CountCache = { lastRequests: new Map(), largestThreshold: 0 };

/** The cache after a request: the machine is the newest, and the oldest is dropped when there are too many. */
export function countRequest(
  cache: CountCache,
  clientMachineId: string,
  threshold: number,
  now: number,
): CountCache {
  const largestThreshold = Math.max(cache.largestThreshold, threshold);
  const others = remembered(cache, now).filter(([id]) => id !== clientMachineId);
  const kept = [...others, [clientMachineId, now] as const].slice(-cacheSize(largestThreshold));
  return { lastRequests: new Map(kept), largestThreshold };
}

/** A KMS host remembers more machines once a client operating system has asked it. */
function cacheSize(largestThreshold: number): number {
  return largestThreshold >= limits.clientThreshold ? limits.countCacheClient : limits.countCacheServer;
}

/** How many machines are counted at this time. */
export function currentCount(cache: CountCache, now: number): number {
  return remembered(cache, now).length;
}

function remembered(cache: CountCache, now: number): (readonly [string, number])[] {
  return [...cache.lastRequests].filter(([, time]) => now - time <= windowMilliseconds);
}
