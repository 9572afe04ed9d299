import { KmsError } from "../errors/kms-error";
import type {
  ActivationOutcome,
  Change,
  HistoryLine,
  LedgerActivation,
  LedgerDocument,
  LedgerHost,
} from "./document";
import { chained, limitInWords, spentInWords } from "./history";
import { withHistory } from "./transitions";
import { counted } from "../rules/diagnostic";

/**
 * Two ledgers of one key that grew apart, for example on two branches, made one again. Nothing that either of them counts
 * is lost: an activation is the same in both by its reservation, or by its time where none was reserved.
 * @throws KmsError KMS6005 for ledgers of two keys
 */
export function mergeLedgers(ours: LedgerDocument, theirs: LedgerDocument, change: Change): LedgerDocument {
  if (ours.keyFingerprint !== theirs.keyFingerprint) {
    throw new KmsError("KMS6005", { values: { place: "the second ledger", ending: theirs.keyEnding } });
  }
  const history = mergedHistory(ours.history, theirs.history);
  const hosts = [...ours.hosts, ...theirs.hosts.filter((host) => !has(ours.hosts, host))].map((host) => {
    const other = theirs.hosts.find(({ machineId }) => machineId === host.machineId);
    return other === undefined || other === host ? host : mergedHost(host, other, history);
  });
  const spent = [ours, theirs].flatMap(({ activationsSpent }) => activationsSpent ?? []);
  const exceptions = [ours, theirs].flatMap(({ hostLimitException }) => hostLimitException ?? []);
  const movedTo = ours.movedTo ?? theirs.movedTo;
  const merged: LedgerDocument = {
    ...ours,
    ...(movedTo !== undefined && { movedTo }),
    ...(spent.length > 0 && {
      activationsSpent: {
        hosts: Math.max(...spent.map((of) => of.hosts)),
        activations: Math.max(...spent.map((of) => of.activations)),
      },
    }),
    ...(exceptions.length > 0 && {
      hostLimitException: exceptions.reduce((most, one) => (one.hosts > most.hosts ? one : most)),
    }),
    hosts,
    history,
  };
  const { activationsSpent, hostLimitException } = merged;
  const detail = [
    `${ours.history.length} and ${counted(theirs.history.length, "line")}`,
    activationsSpent && spentInWords(ours.activationsSpent, activationsSpent),
    hostLimitException && limitInWords(hostLimitException),
  ];
  return withHistory(merged, change, "merged", { detail: detail.filter(Boolean).join("; ") });
}

const has = (hosts: readonly LedgerHost[], { machineId }: LedgerHost) =>
  hosts.some((host) => host.machineId === machineId);

/** What a line says, whatever comes before it. */
export const sentenceOf = ({ hash: _, ...line }: HistoryLine) => JSON.stringify(line);

/** The lines of both by time, those that are in both once. */
function mergedHistory(ours: readonly HistoryLine[], theirs: readonly HistoryLine[]): HistoryLine[] {
  const known = new Set(ours.map(sentenceOf));
  const lines = [...ours, ...theirs.filter((line) => !known.has(sentenceOf(line)))];
  return chained(lines.sort((one, other) => Date.parse(one.at) - Date.parse(other.at)));
}

/** Owner and retirement are those of the side that changed last. */
function mergedHost(ours: LedgerHost, theirs: LedgerHost, history: readonly HistoryLine[]): LedgerHost {
  const line = history
    .filter(
      ({ machineId, event }) =>
        machineId === ours.machineId && ["adopted", "retired", "reserved"].includes(event),
    )
    .at(-1);
  const isTheirs = line !== undefined && line.stack === theirs.stack && line.resource === theirs.resource;
  const owner = isTheirs && !(line.stack === ours.stack && line.resource === ours.resource) ? theirs : ours;
  const retired =
    [ours, theirs].every(({ retiredAt }) => retiredAt !== undefined) || line?.event === "retired";
  const retiredAt = ours.retiredAt ?? theirs.retiredAt;
  const before = Math.max(ours.activationsBefore ?? 0, theirs.activationsBefore ?? 0);
  const { retiredAt: _retired, activationsBefore: _before, ...rest } = owner;
  return {
    ...rest,
    ...(before > 0 && { activationsBefore: before }),
    activations: mergedActivations(ours.activations, theirs.activations),
    ...(retired && retiredAt !== undefined && { retiredAt }),
  };
}

/** What counts more certainly comes last. */
const certainty: ActivationOutcome[] = ["reserved", "unknown", "released", "refused", "found", "committed"];

function mergedActivations(ours: LedgerActivation[], theirs: LedgerActivation[]): LedgerActivation[] {
  const merged = new Map<string, LedgerActivation>();
  for (const activation of [...ours, ...theirs]) {
    const name = activation.reservation ?? activation.at;
    const known = merged.get(name);
    if (known === undefined || certainty.indexOf(activation.outcome) > certainty.indexOf(known.outcome)) {
      merged.set(name, activation);
    }
  }
  return [...merged.values()]
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
    .map((activation, index) => ({ ...activation, number: index + 1 }));
}
