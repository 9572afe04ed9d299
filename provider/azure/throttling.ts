import type { PipelinePolicy, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { setTimeout } from "node:timers/promises";
import { sendingSignal } from "./sending";

/**
 * What all requests of one subscription pass. Once Azure throttles one, none is sent until the time that it asked for is
 * over, and then only half as many at a time; the number grows again step by step.
 */
export interface ThrottleGate {
  /** Returns when a request may be sent. @throws AbortError when it is aborted before */
  enter(signal?: PipelineRequest["abortSignal"]): Promise<void>;
  /** Called for every request that was let in, with how long Azure wants no more where it was throttled. */
  leave(throttledForMilliseconds?: number): void;
}

/** Time, as far as the gate looks at it. */
export interface GateClock {
  /** Milliseconds since any fixed moment. They never go back, whatever happens to the time of day. */
  now(): number;
  sleep(milliseconds: number): Promise<unknown>;
}

/** How many accepted requests allow one more at a time. */
const answersPerSlot = 4;

/** A gate that lets every request in until Azure throttles one. */
export function throttleGate(
  clock: GateClock = { now: () => performance.now(), sleep: setTimeout },
): ThrottleGate {
  const waiting = new Set<() => void>();
  let active = 0;
  let opensAt = 0;
  /** Requests at a time; no limit before the first refusal, and none again once as many as then are possible. */
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
      void openInTime();
    }
  };

  /** A timer may end before its time by the clock, so it is started again for the rest. */
  const openInTime = async () => {
    for (let rest = opensAt - clock.now(); rest > 0; rest = opensAt - clock.now()) {
      await clock.sleep(Math.ceil(rest));
    }
    letIn();
  };

  return {
    enter: (signal) =>
      new Promise((resolve, reject) => {
        const onAbort = () => {
          waiting.delete(waiter);
          const error = new Error("the request was cancelled while Azure accepted none");
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

/** Sends requests through the gate, and throttled ones again until the caller cancels. */
export function throttlePolicy(gate: ThrottleGate): PipelinePolicy {
  return {
    name: "throttleGate",
    async sendRequest(request, next) {
      for (;;) {
        await gate.enter(eitherOf(request.abortSignal, sendingSignal(request)));
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

type Abortable = PipelineRequest["abortSignal"];

/** What ends the wait of a request: its own signal, and the one of a request that must not be begun any more. */
function eitherOf(own: Abortable, begin: AbortSignal | undefined): Abortable {
  return own instanceof AbortSignal && begin !== undefined ? AbortSignal.any([own, begin]) : (begin ?? own);
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
