import type { PipelinePolicy, PipelineResponse } from "@azure/core-rest-pipeline";
import type { ThrottleGate } from "./throttle-gate";

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
