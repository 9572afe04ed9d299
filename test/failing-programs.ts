type Failure = "uncaughtException" | "unhandledRejection";

/**
 * Has something else listen to what nobody handles, which mocha would take for the failure of a test: a program with errors
 * is made to fail by such a rejection. Returns what lets mocha listen again.
 */
export function listenToFailures(
  failed: (reason: unknown) => void = () => undefined,
  events: readonly Failure[] = ["unhandledRejection"],
): () => void {
  const before = events.map((event) => [event, process.listeners(event as "uncaughtException")] as const);
  events.forEach((event) => process.removeAllListeners(event).on(event, failed));
  return () => {
    for (const [event, listeners] of before) {
      process.removeAllListeners(event);
      listeners.forEach((listener) => process.on(event as "uncaughtException", listener));
    }
  };
}

/** The same for the tests of a `describe`. */
export function allowFailingPrograms(failed?: (reason: unknown) => void): void {
  let undo: () => void;
  before(() => {
    undo = listenToFailures(failed);
  });
  after(() => undo());
}
