import { KmsError } from "../errors/kms-error";
import {
  type HistoryLine,
  type LedgerActivation,
  type LedgerDocument,
  type LedgerHost,
  ledgerVersion,
} from "./document";
import { brokenLine } from "./history";
import isLedger from "./ledger-validator.generated";

/**
 * The text of a ledger document: readable, since people look into it.
 * @throws Error where this package would refuse to read it again, so that a mistake of ours never reaches a ledger
 */
export function formatLedger(document: LedgerDocument): string {
  if (!isLedger(document)) {
    throw new Error(`the ledger stays as it is, because the change would damage it: ${firstFault()}`);
  }
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/**
 * Reads a ledger document of this key.
 * @param location where it was found, for messages
 * @throws KmsError KMS6003 when it is damaged or no ledger, KMS6004 when it is newer than this package, KMS6005 when it is
 * another key's, KMS6016 when it has conflict markers, KMS6017 when its history was changed
 */
export function parseLedger(text: string, location: string, keyFingerprint: string): LedgerDocument {
  const document = parseJson(text, location);
  const version = (document as { version?: unknown } | null)?.version;
  if (typeof version === "number" && version > ledgerVersion) {
    throw new KmsError("KMS6004", { values: { place: location, given: version, allowed: ledgerVersion } });
  }
  if (!isLedger(document)) {
    throw damaged(location, firstFault());
  }
  if (document.keyFingerprint !== keyFingerprint) {
    throw new KmsError("KMS6005", { values: { place: location, ending: document.keyEnding } });
  }
  const broken = brokenLine(document.history);
  if (broken !== undefined) {
    throw new KmsError("KMS6017", { values: { place: location, given: broken } });
  }
  const fault = faultOf(document);
  if (fault !== undefined) {
    throw damaged(location, fault);
  }
  return document;
}

/** What git leaves in a file that two branches changed. */
const conflictMarkers = /^(<{7}|={7}|>{7})(\s|$)/m;

function parseJson(text: string, location: string): unknown {
  let document: unknown;
  try {
    // Editors of Windows put a byte order mark before the text.
    document = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    if (conflictMarkers.test(text)) {
      throw new KmsError("KMS6016", { values: { place: location }, cause: error });
    }
    throw damaged(location, "it is not a complete JSON document", error);
  }
  const twice = duplicateMember(text);
  if (twice !== undefined) {
    throw damaged(location, `an object in it has the member ${twice} twice`);
  }
  return document;
}

const damaged = (location: string, reason: string, cause?: unknown) =>
  new KmsError("KMS6003", { values: { place: location, reason }, cause });

/** What is wrong with the document that was checked last. */
function firstFault(): string {
  const [first] = isLedger.errors ?? [];
  const member =
    first.instancePath === "" ? "the document" : first.instancePath.slice(1).replaceAll("/", ".");
  return `${member} ${first.message ?? "is not allowed"}`;
}

/** Strings, and the characters that build objects and lists. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** A name that an object of a valid JSON text has twice: of the two values a parser would silently keep the second. */
function duplicateMember(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let before = "";
  for (const [found] of text.matchAll(token)) {
    if (found === "{" || found === "[") {
      open.push(found === "{" ? new Set() : undefined);
    } else if (found === "}" || found === "]") {
      open.pop();
    } else if (found === ":") {
      const names = open.at(-1);
      const name = JSON.parse(before) as string;
      if (names?.has(name) === true) {
        return name;
      }
      names?.add(name);
    }
    before = found;
  }
  return undefined;
}

/*
 * What no change of this package writes, so that somebody edited the document. The hash chain shows a changed history; what
 * the history says of hosts and activations must be there as well, or what was spent could be taken out without a trace.
 */

/** What is wrong with a document of the right shape, in words; undefined where nothing is. */
function faultOf(document: LedgerDocument): string | undefined {
  const { hosts, history } = document;
  if (new Set(hosts.map(({ machineId }) => machineId)).size < hosts.length) {
    return "a machine is in it twice";
  }
  const faults = [
    ...hosts.map((host) => faultOfHost(host, history)),
    ...history.map((line, index) => faultOfLine(line, index, document)),
    faultOfDeclarations(document),
  ];
  return faults.find((fault) => fault !== undefined);
}

function faultOfHost(host: LedgerHost, history: readonly HistoryLine[]): string | undefined {
  const { machineId, computerName, activations } = host;
  if (activations.some(({ number }, index) => number !== index + 1)) {
    return `the activations of ${computerName} are not numbered from 1 on`;
  }
  const reservations = activations.flatMap(({ reservation }) => reservation ?? []);
  if (new Set(reservations).size < reservations.length) {
    return `a reservation of ${computerName} is in it twice`;
  }
  const times = [host.retiredAt, ...activations.flatMap(({ at, settledAt }) => [at, settledAt])];
  const noTime = times.find((time) => time !== undefined && Number.isNaN(Date.parse(time)));
  if (noTime !== undefined) {
    return `${computerName} has the time ${noTime}, which does not exist`;
  }
  const free = activations.find(
    ({ outcome, settledAt }) =>
      (outcome === "released" || outcome === "refused") &&
      !history.some(
        (line) => line.machineId === machineId && line.event === outcome && line.at === settledAt,
      ),
  );
  return (
    free && `activation ${free.number} of ${computerName} is ${free.outcome}, but its history does not say so`
  );
}

/** What a line of the history says, and the rest of the document does not have. */
function faultOfLine(
  { event, machineId, at }: HistoryLine,
  index: number,
  { hosts, history }: LedgerDocument,
): string | undefined {
  if (Number.isNaN(Date.parse(at))) {
    return `line ${index + 1} of its history has the time ${at}, which does not exist`;
  }
  if (machineId === undefined) {
    return undefined;
  }
  const host = hosts.find((one) => one.machineId === machineId);
  if (host === undefined) {
    return `its history names the machine ${machineId}, which is not among its hosts`;
  }
  // Where ledgers were merged, two runs may have settled the same activation at different times.
  const isMerged = () => history.slice(index).some((line) => line.event === "merged");
  const expected: Partial<Record<typeof event, (activation: LedgerActivation) => boolean>> = {
    reserved: (activation) => activation.at === at,
    found: (activation) => activation.at === at,
    committed: ({ outcome, settledAt }) => outcome === "committed" && (settledAt === at || isMerged()),
  };
  const isThere = expected[event];
  return isThere === undefined || host.activations.some(isThere)
    ? undefined
    : `its history has an activation of ${host.computerName} as ${event} at ${at}, which is not among its activations`;
}

const spentFormat = /hosts: \d+ to (\d+), activations: \d+ to (\d+)/;
const limitFormat = /(?:^|; )(\d+) hosts, reference (.*)$/s;

/** The members that programs declare are those that the last line about them says. */
function faultOfDeclarations({
  activationsSpent: spent,
  hostLimitException: limit,
  history,
}: LedgerDocument): string | undefined {
  const lastOf = (event: HistoryLine["event"], format: RegExp) =>
    history
      .filter((line) => line.event === event || line.event === "merged")
      .flatMap(({ detail = "" }) => [format.exec(detail)?.slice(1).join(" ") ?? []].flat())
      .at(-1);
  if (lastOf("seeded", spentFormat) !== (spent && `${spent.hosts} ${spent.activations}`)) {
    return "its history says something else about activationsSpent";
  }
  return lastOf("limit raised", limitFormat) === (limit && `${limit.hosts} ${limit.reference}`)
    ? undefined
    : "its history says something else about hostLimitException";
}
