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

const once = new AsyncLocalStorage<true>();

/** A request that was sent once, and had no answer. */
export class NoAnswerError extends Error {}

/**
 * Requests that are sent meanwhile are not repeated where no answer comes, as whoever sends them does so in its own time.
 * @throws NoAnswerError
 */
export const sendOnce = <T>(send: () => Promise<T>): Promise<T> => once.run(true, send);

/** Hides from the clients' own repetition that it could send a request again. */
export const sendOncePolicy: PipelinePolicy = {
  name: "pulumiWindowsKmsSendOnce",
  async sendRequest(request, next) {
    try {
      return await next(request);
    } catch (error) {
      if (once.getStore() === undefined || request.abortSignal?.aborted === true) {
        throw error;
      }
      throw new NoAnswerError(`no answer to ${request.method} ${request.url}`, { cause: error });
    }
  },
};

const runCommandPath = /\/virtualMachines\/[^/]+\/runCommands\/[^/]+$/i;

/**
 * Azure shows the result of a run command's script only where it is asked to. The clients look at the run command
 * themselves once its operation has ended, so that asking then saves another request.
 * Source: learn.microsoft.com, Virtual Machine Run Commands - Get By Virtual Machine.
 */
export const instanceViewPolicy: PipelinePolicy = {
  name: "pulumiWindowsKmsInstanceView",
  sendRequest(request, next) {
    const url = new URL(request.url);
    if (
      request.method === "GET" &&
      runCommandPath.test(url.pathname) &&
      !/[?&](\$|%24)expand=/i.test(url.search)
    ) {
      request.url += `${url.search === "" ? "?" : "&"}$expand=instanceView`;
    }
    return next(request);
  },
};
