import { sharedController, timeLimit } from "../azure/time-limit";
import { KmsError } from "../errors/kms-error";
import { remainingMilliseconds, type RunOptions } from "./machine";

/** How long what runs may go on after the signal to stop, where the options don't say. */
export const graceMilliseconds = 45_000;

/** KMS3034: work that was not begun, or was given up, because the command was interrupted. */
export class StoppedError extends KmsError {
  /**
   * @param name the machine, or what else was worked on
   * @param begun whether something may have been done
   */
  constructor(
    name: string,
    readonly begun: boolean,
    options?: ErrorOptions,
  ) {
    const how = begun ? "given up under way" : "not begun";
    super("KMS3034", { values: { name, how }, cause: options?.cause });
  }
}

/** What ends a run. */
export interface RunSignals {
  /** Aborted when nothing may be begun any more. */
  begin: AbortSignal;
  /** Aborted when what was begun is given up. */
  finish: AbortSignal;
}

/** Those of all runs with one signal to stop, by their deadline and grace: thousands of visits share them. */
const shared = new WeakMap<AbortSignal, Map<string, RunSignals>>();

/** The signals that the deadline and the signal of these options mean. */
export function runSignals(options: RunOptions): RunSignals {
  const { signal, deadline, graceMilliseconds: grace } = options;
  if (signal === undefined) {
    const timeout = timeLimit(remainingMilliseconds(options));
    return { begin: timeout, finish: timeout };
  }
  const known = shared.get(signal) ?? new Map<string, RunSignals>();
  shared.set(signal, known);
  const key = `${deadline} ${grace}`;
  const made = known.get(key);
  if (made !== undefined) {
    return made;
  }
  const timeout = timeLimit(remainingMilliseconds(options));
  const signals = { begin: firstOf(timeout, signal), finish: firstOf(timeout, givenUp(options)!) };
  known.set(key, signals);
  return signals;
}

/** Aborted with the first of these signals. */
function firstOf(...signals: AbortSignal[]): AbortSignal {
  const controller = sharedController();
  for (const signal of signals) {
    const abort = () => controller.abort(signal.reason);
    if (signal.aborted) {
      abort();
    } else {
      signal.addEventListener("abort", abort, { once: true });
    }
  }
  return controller.signal;
}

/** A signal that is aborted when the grace after the signal to stop is over; undefined where nothing stops the run. */
export const givenUp = ({
  signal,
  graceMilliseconds: grace,
}: Pick<RunOptions, "signal" | "graceMilliseconds">): AbortSignal | undefined =>
  signal && stoppedFor(signal, grace ?? graceMilliseconds);

/** @throws StoppedError once the signal to stop has come, for work that is not begun then */
export function refuseStopped(name: string, { signal }: Pick<RunOptions, "signal">): void {
  if (signal?.aborted) {
    throw new StoppedError(name, false);
  }
}

const later = new WeakMap<AbortSignal, Map<number, AbortSignal>>();

/** A signal that is aborted this long after the given one; the same for all machines. */
export function stoppedFor(signal: AbortSignal, milliseconds: number): AbortSignal {
  const known = later.get(signal) ?? new Map<number, AbortSignal>();
  later.set(signal, known);
  const made = known.get(milliseconds);
  if (made !== undefined) {
    return made;
  }
  const controller = sharedController();
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
export const isStopped = (error: unknown, { signal }: Pick<RunOptions, "signal">): boolean =>
  signal?.aborted === true && error instanceof Error && error.name === "AbortError";
