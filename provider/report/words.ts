import { MemberStatus } from "../catalog/constants";
import type { MemberCounts } from "../group/member";
import type { FleetReport, HostReport, MemberReport, OfficeReport } from "./fleet-report";
import { inAttentionOrder } from "./group-reports";

/*
 * Reports in words, the same for the terminal and for the page.
 */

/** Words that are not spelt as they stand in a name. */
const spellings: Record<string, string> = { kms: "KMS", os: "OS" };

/** A name as words: `NotStarted` as `not started`. */
const wordsIn = (name: string) =>
  name
    .split(/(?=[A-Z])/)
    .map((word) => spellings[word] ?? word.toLowerCase())
    .join(" ");

/** The title of a column: the name of what stands in it, `partialProductKey`, as words: `partial product key`. */
export const titleOf = (name: keyof HostReport | keyof MemberReport): string => wordsIn(name);

/** `1 machine`, `2 machines` */
export const counted = (number: number, what: string) => `${number} ${what}${number === 1 ? "" : "s"}`;

/** `995 of 1000 licensed, 3 failed, 2 pending` */
export function countsInWords(counts: MemberCounts, all: number): string {
  const others = inAttentionOrder(counts).filter(([status]) => status !== MemberStatus.Licensed);
  return [
    `${counts.Licensed ?? 0} of ${all} licensed`,
    ...others.map(([status, number]) => `${number} ${wordsIn(status)}`),
  ].join(", ");
}

/** The stack's name with its project's; that of a stack that was never updated is not known. */
export const stackInWords = ({ stack: { name, project } }: FleetReport) =>
  name === undefined ? "empty stack" : `${project}/${name}`;

/** A time to the minute: `2027-05-24 16:25Z`; "" for none. */
export const minuteOf = (time = "") =>
  Number.isNaN(Date.parse(time)) ? "" : `${new Date(time).toISOString().slice(0, 16).replace("T", " ")}Z`;

/** `resourceGroup/name` of a virtual machine, or the server that SSH reaches; "" for neither. */
export function machineInWords({ azureVmId, ssh = "" }: Pick<MemberReport, "azureVmId" | "ssh">): string {
  const segments = azureVmId?.split("/");
  return segments === undefined ? ssh : segments.length > 8 ? `${segments[4]}/${segments[8]}` : azureVmId!;
}

/** A key of a host: that of Windows, or of an Office version. */
export interface HostKeyRow extends Partial<OfficeReport> {
  host: HostReport;
  /** Name of the host, with the Office version where the key is one of Office. */
  title: string;
}

/** The keys of the hosts, each with what is known of it; a host that has none so far is listed all the same. */
export const hostKeyRows = (hosts: readonly HostReport[]): HostKeyRow[] =>
  hosts.flatMap((host) => {
    const { name, licenseStatus, partialProductKey, currentCount, officeStates } = host;
    const windows = { host, title: name, licenseStatus, partialProductKey, currentCount };
    return [
      ...(licenseStatus !== undefined || officeStates.length === 0 ? [windows] : []),
      ...officeStates.map((state) => ({ host, title: `${name} (${state.office})`, ...state })),
    ];
  });

/** What a host has that is not activated yet. */
const notActivated = "NotActivated";

/** License status of a key. */
export const licenseStatusOf = ({ licenseStatus = notActivated }: HostKeyRow) => licenseStatus;

/** What a reader must know of a resource: errors, and warnings, each with its severity before it. */
export const diagnosticLines = ({ diagnostics }: Pick<HostReport, "diagnostics">): string[] =>
  diagnostics
    .filter(({ severity }) => severity !== "info")
    .map(({ severity, message }) => `${severity}: ${message}`);

/** `1 error, 2 warnings`; "" for neither. */
export const diagnosticCountsInWords = (counts: FleetReport["summary"]["diagnosticCounts"]): string =>
  (["error", "warning"] as const)
    .flatMap((severity) => {
      const count = counts[severity] ?? 0;
      return count === 0 ? [] : [counted(count, severity)];
    })
    .join(", ");
