import type { LicensingAnswer } from "../machine/licensing-plan";
import { type ClientWish, asksAzure } from "./client-wish";
import { failedOperation } from "./failed-operation";
import { discoveryTarget } from "./licensed-application";
import { licensed } from "./license-status";
import { text } from "./scalar";

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
  wish: ClientWish,
  answer: LicensingAnswer,
  describe: (hresult: string, answer: LicensingAnswer) => string,
): MemberState {
  const product = answer.product ?? {};
  const failed = failedOperation(answer);
  const status = memberStatus(wish, answer);
  const expires =
    status === "Licensed" &&
    typeof product.GracePeriodRemaining === "number" &&
    product.GracePeriodRemaining > 0;
  return {
    ...member,
    status,
    key: text(product.PartialProductKey),
    host: answeringHost(wish, answer),
    count: countAnswered(answer),
    expiry: expires ? expiryDate(answer.machine.utc, product.GracePeriodRemaining as number) : "",
    error: failed !== undefined && status === "Failed" ? describe(failed.hresult, answer) : "",
  };
}

function memberStatus(wish: ClientWish, answer: LicensingAnswer): MemberStatus {
  const failed = failedOperation(answer);
  if (failed !== undefined) {
    return failed.hresult === countInsufficient && !asksAzure(wish) ? "Pending" : "Failed";
  }
  if (answer.product?.LicenseStatus === licensed) {
    return "Licensed";
  }
  return wish.awaitsHost === true ? "Pending" : "Failed";
}

function answeringHost(wish: ClientWish, answer: LicensingAnswer): string {
  return wish.discovery === "host"
    ? text(answer[discoveryTarget(wish)]?.KeyManagementServiceMachine)
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
