/** Signals that end a run. */
export interface Interrupts {
  /** Aborted at the first Ctrl-C: the engine may finish what it is doing. */
  cancel: AbortSignal;
  /** Aborted at the second: everything ends now. */
  kill: AbortSignal;
  /** Stops listening, unless a signal has come: the second half of a Ctrl-C may still come. */
  dispose(): void;
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The terminal signals a script directly, and npm passes the same Ctrl-C on; both count as one. */
const sameWithinMilliseconds = 1_000;

/** Listens for signals that end the run; `onCancel` is called at the first. */
export function listenForInterrupts(onCancel: () => void): Interrupts {
  const cancel = new AbortController();
  const kill = new AbortController();
  let cancelledAt = 0;
  const listener = () => {
    if (!cancel.signal.aborted) {
      cancelledAt = performance.now();
      onCancel();
      cancel.abort();
    } else if (performance.now() - cancelledAt > sameWithinMilliseconds) {
      kill.abort();
    }
  };
  signals.forEach((signal) => process.on(signal, listener));
  const dispose = () => {
    if (!cancel.signal.aborted) {
      signals.forEach((signal) => process.off(signal, listener));
    }
  };
  return { cancel: cancel.signal, kill: kill.signal, dispose };
}
