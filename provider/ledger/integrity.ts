import type {
  HistoryLine,
  HostLimitException,
  LedgerActivation,
  LedgerDocument,
  LedgerHost,
  SpentElsewhere,
} from "./document";

/*
 * What no change of this package writes, so that somebody edited the document. The hash chain shows a changed history; what
 * the history says of hosts and activations must be there as well, or what was spent could be taken out without a trace.
 */

/** What is wrong with a document of the right shape, in words; undefined where nothing is. */
export function faultOf(document: LedgerDocument): string | undefined {
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

/** How a line of the history says what programs declare: to what they changed it. */
export const spentInWords = (before: SpentElsewhere | undefined, now: SpentElsewhere) =>
  `hosts: ${before?.hosts ?? 0} to ${now.hosts}, activations: ${before?.activations ?? 0} to ${now.activations}`;
export const limitInWords = ({ hosts, reference }: HostLimitException) =>
  `${hosts} hosts, reference ${reference}`;

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
