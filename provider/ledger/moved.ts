import { KmsError } from "../errors/kms-error";
import {
  type Change,
  emptyLedger,
  type HistoryLine,
  type KeyIdentity,
  type LedgerDocument,
} from "./document";
import { mergeLedgers, sentenceOf } from "./merge";
import { absoluteLedger, openLedger } from "./open-ledger";
import { shownLedger } from "./shown-ledger";
import { attemptsAt, changeLedger, type ChangeOptions, stopOf, type StoredLedger } from "./store";
import { withHistory } from "./transitions";

/*
 * The document of a key moves when a program names another ledger for it: as a whole, since what other hosts have spent of
 * the key counts in the new place as well. The document in the former place stays, says where it went, and counts nothing
 * any more: it would be a second count.
 */

/** A document is followed this far. */
const mostMoves = 8;

/** The document of a key as it is now, wherever it was moved to, and where that is; undefined where there is none. */
export async function currentLedger(
  url: string,
  keyFingerprint: string,
  signal?: AbortSignal,
): Promise<{ url: string; document: LedgerDocument } | undefined> {
  const stop = stopOf(signal);
  let at = url;
  for (let moves = 0; moves <= mostMoves; moves += 1) {
    const stored = await openLedger(at).read(keyFingerprint, stop);
    if (stored?.document.movedTo === undefined) {
      return stored && { url: at, document: stored.document };
    }
    at = stored.document.movedTo;
  }
  throw movedLedger(url, at);
}

/** The error for a ledger that counts nothing any more. */
const movedLedger = (url: string, to: string): KmsError =>
  new KmsError("KMS6025", { values: { url: shownLedger(url), to: shownLedger(to) } });

/**
 * Changes the document of a key where it is now.
 * @throws KmsError as `changeLedger`
 */
export async function changeCurrentLedger(
  url: string,
  key: KeyIdentity,
  transition: (document: LedgerDocument) => LedgerDocument,
  options: ChangeOptions = {},
  moves = 0,
): Promise<LedgerDocument> {
  let to: string | undefined;
  const follow = (now: LedgerDocument) => {
    to = now.movedTo;
    return to === undefined ? transition(now) : now;
  };
  const document = await changeLedger(openLedger(url), key, follow, options);
  if (to === undefined) {
    return document;
  }
  if (moves === mostMoves) {
    throw movedLedger(url, to);
  }
  return changeCurrentLedger(to, key, transition, options, moves + 1);
}

/** Refuses a document that was moved, unless it comes back from there. @throws KmsError KMS6025 */
export function refuseMoved(document: LedgerDocument, url: string, from?: string): void {
  const { movedTo } = document;
  if (movedTo !== undefined && (from === undefined || movedTo !== absoluteLedger(from))) {
    throw movedLedger(url, movedTo);
  }
}

/** A move of a key's document between two ledgers. */
export interface LedgerMove {
  from: string;
  to: string;
  /** Machine of the host whose program names another ledger. */
  machineId: string;
}

/**
 * The document that is to be brought along, as it is in the former ledger; undefined where there is none, where it was
 * brought already, or where both URLs name the same place.
 * @throws KmsError KMS6025 when one of the ledgers was moved elsewhere, KMS6026 when the former ledger cannot be read
 */
export async function documentToMove(
  { from, to, machineId }: LedgerMove,
  { keyFingerprint }: Pick<KeyIdentity, "keyFingerprint">,
  stop?: AbortSignal,
): Promise<StoredLedger | undefined> {
  const destination = absoluteLedger(to);
  if (absoluteLedger(from) === destination) {
    return undefined;
  }
  const there = await openLedger(to).read(keyFingerprint, stop);
  const stored = await openLedger(from)
    .read(keyFingerprint, stop)
    .catch((cause: unknown) => {
      if (stop?.aborted === true) {
        throw cause;
      }
      if (there?.document.hosts.some((host) => host.machineId === machineId) === true) {
        return undefined; // its document was copied
      }
      const reason = (cause as Error).message;
      throw new KmsError("KMS6026", {
        values: { url: shownLedger(from), to: shownLedger(to), reason },
        cause,
      });
    });
  if (stored === undefined || stored.document.movedTo === destination) {
    return undefined;
  }
  refuseMoved(stored.document, from);
  if (there !== undefined) {
    refuseMoved(there.document, to, from);
  }
  return stored;
}

/**
 * The document of the new place as the move will leave it; undefined where nothing is to be moved.
 * @throws KmsError as `documentToMove`
 */
export async function documentAfterMove(
  move: LedgerMove,
  key: KeyIdentity,
  change: Change,
): Promise<LedgerDocument | undefined> {
  const stored = await documentToMove(move, key);
  if (stored === undefined) {
    return undefined;
  }
  const there = await openLedger(move.to).read(key.keyFingerprint);
  return withMoved(there?.document ?? emptyLedger(key), stored.document, change, move.from);
}

/**
 * Brings the document of a key from one ledger into another.
 * @throws KmsError as `documentToMove` and `changeLedger`
 */
export async function moveLedger(
  move: LedgerMove,
  key: KeyIdentity,
  change: Change,
  options: ChangeOptions = {},
): Promise<void> {
  const { from, to } = move;
  const former = openLedger(from);
  const attempts = attemptsAt(former, key, options);
  for (;;) {
    const stored = await documentToMove(move, key, attempts.stop);
    if (stored === undefined) {
      return;
    }
    const arrive = (document: LedgerDocument) => {
      refuseMoved(document, to, from);
      return withMoved(document, stored.document, change, from);
    };
    const moved = await changeLedger(openLedger(to), key, arrive, options);
    const arrival = moved.history.filter(isArrivalFrom(from)).at(-1);
    const isSamePlace = stored.document.history.some(({ hash }) => hash === arrival?.hash);
    const movedTo = absoluteLedger(to);
    const left = withHistory({ ...stored.document, movedTo }, change, "moved", { detail: `to ${movedTo}` });
    // Where somebody changed it meanwhile, that comes along too.
    if (isSamePlace || (await former.write(key.keyFingerprint, left, stored.etag, attempts.stop))) {
      return;
    }
    await attempts.next();
  }
}

/** The document of the new place with everything that the former one has. */
function withMoved(
  document: LedgerDocument,
  former: LedgerDocument,
  change: Change,
  from: string,
): LedgerDocument {
  const lines = new Set(document.history.map(sentenceOf));
  const { movedTo, ...present } = document;
  const isComplete = former.history.every((line) => lines.has(sentenceOf(line)));
  if (movedTo === undefined && isComplete && document.history.some(isArrivalFrom(from))) {
    return document;
  }
  const isNew = document.history.length === 0 && document.hosts.length === 0;
  const merged = isNew ? former : isComplete ? present : mergeLedgers(present, former, change);
  return withHistory(merged, change, "moved", { detail: arrivalInWords(from) });
}

const arrivalInWords = (from: string) => `from ${absoluteLedger(from)}`;

const isArrivalFrom =
  (from: string) =>
  ({ event, detail }: HistoryLine): boolean =>
    event === "moved" && detail === arrivalInWords(from);
