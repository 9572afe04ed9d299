import { setTimeout as pause } from "node:timers/promises";
import { timeLimit } from "../azure/time-limit";
import { KmsError } from "../errors/kms-error";
import { shownLedger } from "./shown-ledger";
import { emptyLedger, type KeyIdentity, type LedgerDocument } from "./document";

/** A document and the tag that shows whether it was changed meanwhile. */
export interface StoredLedger {
  document: LedgerDocument;
  etag: string;
}

/** Keeps one document per key and changes it only when nobody else did meanwhile. */
export interface LedgerStore {
  /** As the user gave it. */
  readonly url: string;
  /**
   * The document of this key, if there is one.
   * @param stop ends it at once
   * @throws KmsError KMS6002 to KMS6008, KMS6027
   */
  read(keyFingerprint: string, stop?: AbortSignal): Promise<StoredLedger | undefined>;
  /**
   * Replaces the document with this `etag`, or writes the first one. False when there is another by now, or it is just
   * being written.
   * A failure leaves the outcome open, so it must be safe to apply a transition again; the document is then written as a
   * whole, or not at all.
   * @param stop ends it at once
   * @throws KmsError KMS6002, KMS6007, KMS6008, KMS6027
   */
  write(
    keyFingerprint: string,
    document: LedgerDocument,
    etag: string | undefined,
    stop?: AbortSignal,
  ): Promise<boolean>;
  /** Who keeps the document from being written now, for messages. */
  holder?(keyFingerprint: string): Promise<string | undefined>;
}

/** Limits of a change. */
export interface ChangeOptions {
  /** When to give up, by `steadyNow`. @default - in two minutes */
  deadline?: number;
  /** Ends the change, and every wait for others, at once. One that begins after it has a few seconds. */
  signal?: AbortSignal;
}

/** Milliseconds since 1970 by a clock that nothing but the passing of time moves. */
const steadyNow = () => performance.timeOrigin + performance.now();

/** Longer than the lock of a killed process lasts. */
const changeMilliseconds = 120_000;

/** For what is recorded after the signal to stop, such as how an activation ended. */
const lateMilliseconds = 5_000;

/** Doublings of the longest pause; 16 times an attempt lets about as many others through. */
const mostDoublings = 4;
const longestPauseMilliseconds = 5_000;

/**
 * Changes the ledger of a key by a pure function of the current document, which is called again whenever somebody else was
 * faster. It returns the document that it got when there is nothing to change; then nothing is written.
 * @returns the document as it is now
 * @throws KmsError KMS6002 to KMS6008, KMS6006 when the deadline passes, KMS6027 at the signal to stop, and what the
 * transition throws
 */
export async function changeLedger(
  store: LedgerStore,
  key: KeyIdentity,
  transition: (document: LedgerDocument) => LedgerDocument,
  options: ChangeOptions = {},
): Promise<LedgerDocument> {
  const attempts = attemptsAt(store, key, options);
  for (;;) {
    const stored = await store.read(key.keyFingerprint, attempts.stop);
    const before = stored?.document ?? emptyLedger(key);
    const after = transition(before);
    if (after === before || (await store.write(key.keyFingerprint, after, stored?.etag, attempts.stop))) {
      return after;
    }
    await attempts.next();
  }
}

/** Attempts at a change, until nobody else is faster. */
export interface Attempts {
  /** Ends an attempt. */
  stop: AbortSignal | undefined;
  /** Waits before the next attempt. @throws KmsError KMS6006, KMS6027 */
  next(): Promise<void>;
}

/** Attempts at a change of the ledger of a key, of which the first begins now. */
export function attemptsAt(
  store: LedgerStore,
  { keyFingerprint }: Pick<KeyIdentity, "keyFingerprint">,
  { deadline = steadyNow() + changeMilliseconds, signal }: ChangeOptions = {},
): Attempts {
  const stop = stopOf(signal);
  let attempt = 1;
  let startedAt = performance.now();
  return {
    stop,
    async next() {
      if (stop?.aborted !== true && steadyNow() >= deadline) {
        const holder = await store.holder?.(keyFingerprint);
        const lock = holder === undefined ? "" : `; it is locked by ${holder}`;
        throw new KmsError("KMS6006", { values: { url: shownLedger(store.url), given: attempt, lock } });
      }
      try {
        await pause(pauseAfter(attempt, performance.now() - startedAt), undefined, { signal: stop });
      } catch (cause) {
        throw interruptedLedger(store.url, cause);
      }
      attempt += 1;
      startedAt = performance.now();
    },
  };
}

/** What ends work on a ledger that begins now, by the signal to stop. */
export const stopOf = (signal: AbortSignal | undefined): AbortSignal | undefined =>
  signal?.aborted === true ? timeLimit(lateMilliseconds) : signal;

/** The error for a change that the interruption of the command ended. */
export const interruptedLedger = (url: string, cause?: unknown): KmsError =>
  new KmsError("KMS6027", { values: { url: shownLedger(url) }, cause });

/**
 * In proportion to what an attempt takes, so that it suits a disk as well as a distant storage account; random, so that
 * those who were refused together do not come back together.
 */
function pauseAfter(attempt: number, attemptMilliseconds: number): number {
  const longest = attemptMilliseconds * 2 ** Math.min(attempt, mostDoublings);
  return Math.random() * Math.min(longest, longestPauseMilliseconds);
}

/** The error for a ledger that cannot be read or written. */
export function unreachableLedger(url: string, cause: unknown): KmsError {
  return new KmsError("KMS6002", { values: { url, reason: reasonOf(cause) }, cause });
}

/** The cause in a few words; what signs a request is never among them. */
function reasonOf(cause: unknown): string {
  const { code, message } = cause as { code?: unknown; message?: unknown };
  const [line = ""] = (typeof message === "string" ? message : String(cause)).split("\n");
  const text = line.replace(/\bsig=[^&\s"']+/g, "sig=...").replace(/\.$/, "");
  return typeof code === "string" && !text.includes(code) ? `${code}, ${text}` : text;
}
