import type { PipelinePolicy, PipelineRequest } from "@azure/core-rest-pipeline";
import { AsyncLocalStorage } from "node:async_hooks";

/** What became of the attempts to send a writing request; the clients repeat some of them by themselves. */
export interface Sending {
  /** Azure accepted one. */
  accepted: boolean;
  /** One was sent, and Azure may have accepted it: the answer was lost, or it failed on the way to it. */
  unanswered: boolean;
  /** Once it is aborted, no attempt is sent any more; one that was sent goes on. */
  signal?: AbortSignal;
}

export const newSending = (signal?: AbortSignal): Sending => ({
  accepted: false,
  unanswered: false,
  ...(signal && { signal }),
});

/** Whether Azure refused each attempt, or none was sent. */
export const neverArrived = ({ accepted, unanswered }: Sending): boolean => !accepted && !unanswered;

const watched = new AsyncLocalStorage<Sending>();

/** Notes what becomes of the writing requests that are sent meanwhile. */
export const watchSending = <T>(sending: Sending, send: () => Promise<T>): Promise<T> =>
  watched.run(sending, send);

/** Aborted when the request must not be sent any more. */
export const sendingSignal = ({ method }: PipelineRequest): AbortSignal | undefined =>
  method === "PUT" ? watched.getStore()?.signal : undefined;

const requestTimeout = 408;
const firstRedirection = 300;
const firstServerError = 500;

/** Sees each attempt, after it was signed: without a token nothing is sent. */
export const sendingPolicy: PipelinePolicy = {
  name: "pulumiWindowsKmsSending",
  async sendRequest(request, next) {
    const sending = request.method === "PUT" ? watched.getStore() : undefined;
    if (sending === undefined) {
      return next(request);
    }
    sending.signal?.throwIfAborted();
    const before = sending.unanswered;
    sending.unanswered = true;
    const response = await next(request);
    const { status } = response;
    sending.unanswered = before || status >= firstServerError || status === requestTimeout;
    sending.accepted ||= status < firstRedirection;
    return response;
  },
};
