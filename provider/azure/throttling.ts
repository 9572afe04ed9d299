import type { PipelinePolicy, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { setTimeout } from "node:timers/promises";
import { sendingSignal } from "./sending";

type Abortable = PipelineRequest["abortSignal"];

/**
 * What all requests of one subscription pass. Once Azure throttles one, none is sent until the time that it asked for is
 * over, and then only half as many at a time; the number grows again step by step. Where Azure says that few requests are
 * left, they are sent slowly, so that it need not throttle them.
 */
export interface ThrottleGate {
  /** Returns when a request may be sent. @throws AbortError when one of the signals is aborted before */
  enter(...signals: Abortable[]): Promise<void>;
  /**
   * Called for every request that was let in, with how long Azure wants no more where it was throttled, and the requests that
   * it says are left, by the limit.
   */
  leave(throttledForMilliseconds?: number, left?: ReadonlyMap<string, number>): void;
  /** How long no request is sent from now on, because Azure throttled one; 0 where some are. */
  closedForMilliseconds(): number;
}

/** Time, as far as the gate looks at it. */
export interface GateClock {
  /** Milliseconds since any fixed moment. They never go back, whatever happens to the time of day. */
  now(): number;
  sleep(milliseconds: number): Promise<unknown>;
}

/** How many accepted requests allow one more at a time. */
const answersPerSlot = 4;

/** Where no more requests than this are left, the next ones are sent one by one. */
const fewLeft = 20;
/** Azure gives a subscription 10 writes back each second; half of them lets the number grow. Source: learn.microsoft.com request-limits-and-throttling. */
const spacingMilliseconds = 200;
/** What was said of a limit longer ago than this says nothing any more. */
const rememberedMilliseconds = 60_000;

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
  /** By limit: until when requests are sent one by one. */
  const scarceUntil = new Map<string, number>();
  let nextAt = 0;

  const letIn = () => {
    for (const waiter of waiting) {
      const now = clock.now();
      if (now < opensAt || now < nextAt || active >= Math.floor(limit)) {
        return;
      }
      waiting.delete(waiter);
      active += 1;
      waiter();
      if ([...scarceUntil.values()].some((until) => now < until)) {
        nextAt = now + spacingMilliseconds;
        void letInLater(() => nextAt);
      }
    }
  };

  /** A timer may end before its time by the clock, so it is started again for the rest. */
  const letInLater = async (at: () => number) => {
    for (let rest = at() - clock.now(); rest > 0; rest = at() - clock.now()) {
      await clock.sleep(Math.ceil(rest));
    }
    letIn();
  };

  const close = (milliseconds: number) => {
    const now = clock.now();
    if (now >= opensAt) {
      ceiling = active + 1;
      limit = Math.max(1, Math.floor(ceiling / 2));
    }
    if (now + milliseconds > opensAt) {
      opensAt = now + milliseconds;
      void letInLater(() => opensAt);
    }
  };

  return {
    enter: (...signals) =>
      new Promise((resolve, reject) => {
        const leaveAlone = () => signals.forEach((signal) => signal?.removeEventListener("abort", onAbort));
        const onAbort = () => {
          leaveAlone();
          waiting.delete(waiter);
          const error = new Error("the request was cancelled while Azure accepted none");
          reject(Object.assign(error, { name: "AbortError" }));
        };
        const waiter = () => {
          leaveAlone();
          resolve();
        };
        if (signals.some((signal) => signal?.aborted === true)) {
          onAbort();
          return;
        }
        signals.forEach((signal) => signal?.addEventListener("abort", onAbort));
        waiting.add(waiter);
        letIn();
      }),
    leave(throttledForMilliseconds, left = new Map()) {
      active -= 1;
      for (const [name, number] of left) {
        scarceUntil.set(name, number > fewLeft ? 0 : clock.now() + rememberedMilliseconds);
      }
      if (throttledForMilliseconds !== undefined) {
        close(throttledForMilliseconds);
      } else if (limit < ceiling) {
        limit += 1 / answersPerSlot;
        limit = limit >= ceiling ? Infinity : limit;
      }
      letIn();
    },
    closedForMilliseconds: () => Math.max(0, opensAt - clock.now()),
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
        await gate.enter(request.abortSignal, sendingSignal(request));
        let throttledFor: number | undefined;
        let left: ReadonlyMap<string, number> | undefined;
        try {
          const response = await next(request);
          left = requestsLeft(response);
          throttledFor = response.status === tooManyRequests ? waitMilliseconds(response) : undefined;
          if (throttledFor === undefined) {
            return response;
          }
        } finally {
          gate.leave(throttledFor, left);
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

const leftOfSubscription = /^x-ms-ratelimit-remaining-subscription-(?:global-)?(?:reads|writes|deletes)$/;
const leftOfResource = "x-ms-ratelimit-remaining-resource";

/**
 * How many requests Azure says are left, by the limit: those of the subscription, and those of the service, each as
 * `Microsoft.Compute/HighCostGet;159`. Source: learn.microsoft.com troubleshooting-throttling-errors.
 */
function requestsLeft({ headers }: PipelineResponse): Map<string, number> {
  const left = new Map<string, number>();
  for (const [name, value] of headers) {
    if (leftOfSubscription.test(name) && /^\d+$/.test(value)) {
      left.set(name, Number(value));
    } else if (name === leftOfResource) {
      for (const [, limit, number] of value.matchAll(/([^;,\s]+);(\d+)/g)) {
        left.set(limit, Number(number));
      }
    }
  }
  return left;
}
