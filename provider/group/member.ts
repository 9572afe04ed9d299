import { KmsError } from "../errors/kms-error";
import { clientKeyChannel, failedOperation, licensed, text } from "../machine/licensing-answer";
import type { LicensingAnswer } from "../machine/licensing-plan";
import { asksAzure, type DesiredClient, discoveryTarget } from "./plan";

/**
 * Where a member stands. `Pending`: the path to the KMS host works, but its count is below the threshold.
 * `Drifted`: at the last refresh it was not as the program wants it. `Unreachable`: it could not be asked.
 * `NotStarted`: the rollout stopped before it came to it.
 */
export type MemberStatus = "Licensed" | "Pending" | "Failed" | "Unreachable" | "Drifted" | "NotStarted";

/** What was seen of one member of a client group; kept small, since a group may have thousands. */
export interface MemberState {
  /** Name of the virtual machine; `host:port` of a machine over SSH, without the port where it is 22. */
  name: string;
  /** Azure resource ID; "" for a machine over SSH. */
  azureVmId: string;
  /** Of a machine over SSH: where it is, and the fingerprint of its host key. */
  ssh?: string;
  /** Where the member stands. */
  status: MemberStatus;
  /** Last five characters of the installed product key. */
  key: string;
  /** KMS host that answered, or that the member is pinned to. */
  host: string;
  /** Count that the KMS host answered with; 0 when it was not asked. */
  count: number;
  /** End of the activation, ISO 8601; "" when there is none. */
  expiry: string;
  /** Code and text of what went wrong; "" when nothing did. */
  error: string;
}

/** HRESULT of a client whose KMS host counts too few machines. Source: Microsoft's activation error codes. */
const countInsufficient = "0xC004F038";
const millisecondsPerMinute = 60_000;

/** Reads a member's state off the script's answer. `describe` turns an HRESULT into words. */
export function memberState(
  member: { name: string; azureVmId: string; ssh?: string },
  desired: DesiredClient,
  answer: LicensingAnswer,
  describe: (hresult: string, answer: LicensingAnswer) => string,
): MemberState {
  const product = answer.product ?? {};
  const failed = failedOperation(answer);
  const status = memberStatus(desired, answer);
  const expires =
    status === "Licensed" &&
    typeof product.GracePeriodRemaining === "number" &&
    product.GracePeriodRemaining > 0;
  return {
    ...member,
    status,
    key: text(product.PartialProductKey),
    host: answeringHost(desired, answer),
    count: countAnswered(answer),
    expiry: expires ? expiryDate(answer.machine.utc, product.GracePeriodRemaining as number) : "",
    error: failed !== undefined && status === "Failed" ? describe(failed.hresult, answer) : "",
  };
}

function memberStatus(desired: DesiredClient, answer: LicensingAnswer): MemberStatus {
  const failed = failedOperation(answer);
  if (failed !== undefined) {
    return failed.hresult === countInsufficient && !asksAzure(desired) ? "Pending" : "Failed";
  }
  if (answer.product?.LicenseStatus === licensed) {
    return "Licensed";
  }
  return desired.awaitsHost === true ? "Pending" : "Failed";
}

function answeringHost(desired: DesiredClient, answer: LicensingAnswer): string {
  return desired.discovery === "host"
    ? text(answer[discoveryTarget(desired)]?.KeyManagementServiceMachine)
    : text(answer.product?.DiscoveredKeyManagementServiceMachineName) || hostAsked(answer);
}

/**
 * The KMS host of the newest request, which Windows remembers by itself only after a success: the third field of
 * event 12288, `name:port`. Source: learn.microsoft.com/previous-versions ff793440, table 11.
 */
function hostAsked(answer: LicensingAnswer): string {
  return answer.events.request?.split(",")[2]?.replace(/:\d+$/, "") ?? "";
}

/**
 * The count in the KMS host's answer: the fifth field of event 12289.
 * Source: learn.microsoft.com/previous-versions ff793440, table 11.
 */
function countAnswered(answer: LicensingAnswer): number {
  const count = Number(answer.events.response?.split(",")[4]);
  return Number.isInteger(count) ? count : 0;
}

function expiryDate(utc: string, remainingMinutes: number): string {
  return (
    new Date(Date.parse(utc) + remainingMinutes * millisecondsPerMinute).toISOString().slice(0, 16) + "Z"
  );
}

/** Each difference between what a member shall be and what it is, in words; empty when there is none. */
export function memberDrift(desired: DesiredClient, answer: LicensingAnswer): string[] {
  const settings = answer[discoveryTarget(desired)] ?? {};
  const product = answer.product ?? {};
  const pinned = desired.discovery === "host";
  const drift: string[] = [];
  const compare = (what: string, is: string, wanted: string) => {
    if (is.toLowerCase() !== wanted.toLowerCase()) {
      drift.push(`${what} is ${is === "" ? "not set" : is}, wanted ${wanted === "" ? "not set" : wanted}`);
    }
  };
  compare("product key ending", text(product.PartialProductKey), desired.setupKey.slice(-5));
  compare("product key channel", text(product.ProductKeyChannel), clientKeyChannel);
  compare(
    "fixed KMS host",
    text(settings.KeyManagementServiceMachine),
    pinned ? (desired.host?.name ?? "") : "",
  );
  if (!pinned && desired.lookupDomain !== undefined) {
    compare("lookup domain", text(settings.KeyManagementServiceLookupDomain), desired.lookupDomain);
  }
  if (product.LicenseStatus !== licensed) {
    drift.push("it is not licensed");
  }
  return drift;
}

/** Number of members by status; a status that no member has is left out. */
export type MemberCounts = Partial<Record<MemberStatus, number>>;

/** Counts the members of a group by their status. */
export function memberCounts(members: readonly { status: MemberStatus }[]): MemberCounts {
  const counts: MemberCounts = {};
  for (const { status } of members) {
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

/** Machines that the KMS host must still hear from before pending members can be activated; 0 when none is pending. */
export function machinesMissing(members: MemberState[], threshold: number): number {
  const pending = members.filter(({ status }) => status === "Pending");
  if (pending.length === 0) {
    return 0;
  }
  return Math.max(0, threshold - Math.max(...members.map(({ count }) => count)));
}

/** What the state of a member names it by. */
interface NamedMember {
  name: string;
  azureVmId: string;
  ssh?: string;
}

/** Errors that every member would meet: no sign-in to Azure, or none that could be. */
const errorsOfAll = new Set(["KMS3009", "KMS3101", "KMS3102", "KMS3103", "KMS3105"]);

/** Whether an error is about one machine, so that it says nothing of the others. */
export const isAboutOneMachine = (error: unknown): error is KmsError =>
  error instanceof KmsError && !errorsOfAll.has(error.code);

/** State of a member that could not be asked; an error that is not about the machine is passed on. */
export function unreachable(member: NamedMember, error: unknown): MemberState {
  if (!isAboutOneMachine(error)) {
    throw error;
  }
  return unseen(member, "Unreachable", error.message);
}

/** State of a member that the rollout did not come to. */
export const notStarted = (member: NamedMember): MemberState => unseen(member, "NotStarted", "");

/** State of a member that said nothing. */
export const unseen = (member: NamedMember, status: MemberStatus, error: string): MemberState => ({
  ...member,
  status,
  key: "",
  host: "",
  count: 0,
  expiry: "",
  error,
});
