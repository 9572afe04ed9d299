import { remainingMilliseconds, type RunOptions } from "./machine";

/** How long what runs on machines may go on after the signal to stop. */
export const graceMilliseconds = 45_000;

/** Thrown for a machine that was not begun, or was given up, because the update was interrupted. */
export class StoppedError extends Error {
  /** @param begun whether something may have been done on the machine */
  constructor(
    machine: string,
    readonly begun: boolean,
    options?: ErrorOptions,
  ) {
    super(`${machine} was ${begun ? "given up" : "not begun"}, because the update was interrupted`, options);
    this.name = "StoppedError";
  }
}

/** What ends a run. */
export interface RunSignals {
  /** Aborted when nothing may be begun any more. */
  begin: AbortSignal;
  /** Aborted when what was begun is given up. */
  finish: AbortSignal;
}

/** The signals that the deadline and the signal of these options mean. */
export function runSignals(options: RunOptions): RunSignals {
  const timeout = AbortSignal.timeout(remainingMilliseconds(options));
  const { signal } = options;
  return signal === undefined
    ? { begin: timeout, finish: timeout }
    : { begin: AbortSignal.any([timeout, signal]), finish: AbortSignal.any([timeout, givenUp(signal)]) };
}

/** A signal that is aborted a grace after the given one. */
export const givenUp = (signal: AbortSignal): AbortSignal =>
  stoppedFor(signal, graceOf.get(signal) ?? graceMilliseconds);

const graceOf = new WeakMap<AbortSignal, number>();

/** Gives what runs under this signal another grace; for tests. */
export const giveUpAfter = (signal: AbortSignal, milliseconds: number): void =>
  void graceOf.set(signal, milliseconds);

const later = new WeakMap<AbortSignal, Map<number, AbortSignal>>();

/** A signal that is aborted this long after the given one; the same for all machines. */
export function stoppedFor(signal: AbortSignal, milliseconds: number): AbortSignal {
  const known = later.get(signal) ?? new Map<number, AbortSignal>();
  later.set(signal, known);
  const made = known.get(milliseconds);
  if (made !== undefined) {
    return made;
  }
  const controller = new AbortController();
  const start = () => void setTimeout(() => controller.abort(), milliseconds).unref();
  if (signal.aborted) {
    start();
  } else {
    signal.addEventListener("abort", start, { once: true });
  }
  known.set(milliseconds, controller.signal);
  return controller.signal;
}

/** Waits for what never fails, but no longer than until the signal is aborted. */
export async function unlessAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  let onAbort: () => void;
  const aborted = new Promise<void>((resolve) => {
    onAbort = resolve;
    signal.addEventListener("abort", onAbort);
  });
  await (signal.aborted ? undefined : Promise.race([work, aborted]));
  signal.removeEventListener("abort", onAbort!);
}

/** Whether a run failed only because it was stopped. */
export const isStopped = (error: unknown, { signal }: RunOptions): boolean =>
  signal?.aborted === true && error instanceof Error && error.name === "AbortError";
