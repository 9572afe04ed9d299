import type { PipelinePolicy, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { setTimeout } from "node:timers/promises";

/**
 * What all requests of one subscription pass. Once Azure refuses one for being too many, none is sent until the time
 * that it asked for is over, and then only half as many at a time; the others come back bit by bit.
 */
export interface ThrottleGate {
  /** Returns when a request may be sent. @throws AbortError when it is aborted before */
  enter(signal?: PipelineRequest["abortSignal"]): Promise<void>;
  /** To be told of every request that was let in, and for how long Azure wants none if it was one too many. */
  leave(throttledForMilliseconds?: number): void;
}

/** Time, as far as the gate looks at it. */
export interface GateClock {
  now(): number;
  sleep(milliseconds: number): Promise<unknown>;
}

/** So many requests that were not refused make room for one more at a time. */
const answersPerSlot = 4;

/** A gate that lets everybody in until Azure complains. */
export function throttleGate(clock: GateClock = { now: Date.now, sleep: setTimeout }): ThrottleGate {
  const waiting = new Set<() => void>();
  let active = 0;
  let opensAt = 0;
  /** Requests at a time; no limit before the first refusal, and once as many as then are possible again. */
  let limit = Infinity;
  let ceiling = Infinity;

  const letIn = () => {
    for (const waiter of waiting) {
      if (clock.now() < opensAt || active >= Math.floor(limit)) {
        return;
      }
      waiting.delete(waiter);
      active += 1;
      waiter();
    }
  };

  const close = (milliseconds: number) => {
    const now = clock.now();
    if (now >= opensAt) {
      ceiling = active + 1;
      limit = Math.max(1, Math.floor(ceiling / 2));
    }
    if (now + milliseconds > opensAt) {
      opensAt = now + milliseconds;
      void clock.sleep(milliseconds).then(letIn);
    }
  };

  return {
    enter: (signal) =>
      new Promise((resolve, reject) => {
        const onAbort = () => {
          waiting.delete(waiter);
          const error = new Error("the request was given up while Azure wanted none");
          reject(Object.assign(error, { name: "AbortError" }));
        };
        const waiter = () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        };
        if (signal?.aborted) {
          onAbort();
          return;
        }
        signal?.addEventListener("abort", onAbort);
        waiting.add(waiter);
        letIn();
      }),
    leave(throttledForMilliseconds) {
      active -= 1;
      if (throttledForMilliseconds !== undefined) {
        close(throttledForMilliseconds);
      } else if (limit < ceiling) {
        limit += 1 / answersPerSlot;
        limit = limit >= ceiling ? Infinity : limit;
      }
      letIn();
    },
  };
}

const tooManyRequests = 429;

/** How long to wait when Azure does not say. */
const defaultWaitMilliseconds = 10_000;

/** Sends requests through the gate, and those that Azure refuses for being too many again, until the caller gives up. */
export function throttlePolicy(gate: ThrottleGate): PipelinePolicy {
  return {
    name: "throttleGate",
    async sendRequest(request, next) {
      for (;;) {
        await gate.enter(request.abortSignal);
        let throttledFor: number | undefined;
        try {
          const response = await next(request);
          throttledFor = response.status === tooManyRequests ? waitMilliseconds(response) : undefined;
          if (throttledFor === undefined) {
            return response;
          }
        } finally {
          gate.leave(throttledFor);
        }
      }
    },
  };
}

/** What Retry-After says: seconds, or a date. */
function waitMilliseconds({ headers }: PipelineResponse): number {
  const retryAfter = headers.get("retry-after") ?? "";
  if (/^\d+$/.test(retryAfter)) {
    return Number(retryAfter) * 1000;
  }
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? defaultWaitMilliseconds : Math.max(0, date - Date.now());
}
