import { setMaxListeners } from "node:events";

/** A controller whose signal as many may listen to as work at once; Node warns of more than ten otherwise. */
export function sharedController(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/**
 * A signal that is aborted after this time, by a clock that nothing but its passing moves. It keeps no process from ending.
 *
 * Signals are put together by listeners and timers of our own in this package: what AbortSignal.any makes of
 * AbortSignal.timeout is collected as garbage, and then never aborted. Source: github.com/nodejs/node, pull request 57867 and
 * issue 65995.
 */
export function timeLimit(milliseconds: number): AbortSignal {
  const controller = sharedController();
  const end = performance.now() + milliseconds;
  const arm = (rest: number) => {
    setTimeout(() => {
      const left = end - performance.now();
      if (left > 0) {
        arm(left); // a timer may end early
      } else {
        controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
      }
    }, Math.ceil(rest)).unref();
  };
  arm(milliseconds);
  return controller.signal;
}
