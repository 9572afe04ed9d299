import { MemberStatus, UnreachablePolicy } from "../catalog/constants";
import { explainHresult, findHresult } from "../catalog/hresults";
import { requiredUpdates } from "../catalog/updates";
import { formatError, KmsError } from "../errors/kms-error";
import { text } from "../machine/licensing-answer";
import type { LicensingAnswer } from "../machine/licensing-plan";
import { seenSystem } from "./found-system";
import { kmsHostDiagnostic, type SystemPolicy, systemRefusal } from "./system-policy";
import { isAway } from "./member";
import { asksAzure, type DesiredClient, refuseKmsHost, refuseSystem } from "./plan";
import type { RolloutSettings, RolloutStop } from "./rollout-plan";
import type { GroupHost, MemberState } from "./state";

/*
 * What is reported of members that failed, and of a rollout with such members.
 */

/** What an installation of a key returns where its product is not installed. Source: SLInstallProofOfPurchaseEx reference. */
const officeNotInstalled = new Set(["0xC004F014", "0xC004F015", "0xC004F050", "0xC004F069"]);

/** What an explanation can name of a member's own program. */
export interface MemberContext {
  desired: DesiredClient;
  /** What decides which systems the group activates. */
  policy: SystemPolicy;
}

/** Why a member failed or was refused, in the words of its own program. */
export function explainProblem(problem: string, answer: LicensingAnswer, context: MemberContext): string {
  switch (problem) {
    case refuseKmsHost:
      return kmsHostDiagnostic(answer.machine.name, text(answer.product?.PartialProductKey)).message;
    case refuseSystem:
      return systemRefusal(context.policy, answer.machine);
    default:
      return explainFailure(problem, context, answer);
  }
}

/** An HRESULT that a member ended with, in the words of its own program. */
export function explainFailure(hresult: string, context: MemberContext, answer?: LicensingAnswer): string {
  const side = asksAzure(context.desired) ? "azureKms" : "client";
  const { name, meaning, remedy } = explainHresult(hresult, side);
  return `${hresult} ${name}: ${meaning}. ${remedy}${memberRemedy(hresult, context, answer)}`;
}

/**
 * What an error means for a member, in its own program's names: where it looked, whom it asked, which update the hosts
 * need for it. "" where there is nothing to add.
 */
export function memberRemedy(
  hresult: string,
  { desired, policy }: MemberContext,
  answer?: LicensingAnswer,
): string {
  const { office, hosts } = policy;
  if (office !== "" && officeNotInstalled.has(hresult)) {
    return (
      ` This key needs a volume edition of ${office} on the machine: retail editions and Microsoft 365 Apps do not take` +
      " it. Install that edition with the Office Deployment Tool (PIDKEY or a Volume product ID), or move the machine to" +
      " another group."
    );
  }
  const names = desired.hostNames.join(", ") || "not known";
  const os = policy.os || (answer === undefined ? "" : (seenSystem(answer.machine).os ?? ""));
  switch (findHresult(hresult, "client")?.about) {
    case "discovery": {
      const zone = desired.lookupDomain ?? "its own domain or DNS suffix";
      return ` It looked for _vlmcs._tcp in ${zone}; the names of the group's hosts: ${names}.`;
    }
    case "reach": {
      const asked = desired.host === undefined ? names : `${desired.host.name}:${desired.host.port}`;
      return ` It asked ${asked}.${office === "" ? updatesOf(hosts, os) : ""}`;
    }
    case "product":
      return office === ""
        ? updatesOf(hosts, os)
        : ` The KMS host needs an activated host key of ${office}; a host key of Windows is not enough.`;
    default:
      return "";
  }
}

const updatesOf = (hosts: readonly GroupHost[], os: string): string =>
  hosts
    .flatMap((host) =>
      requiredUpdates(host.os, os).map(
        ({ kb }) => ` The KMSHost ${host.name} on ${host.os} needs ${kb} or a later update for ${os}.`,
      ),
    )
    .join("");

/** How many causes an error names, and of each how many members. */
const namedCauses = 5;
const namedMembers = 5;

/** What went wrong with members: each cause once, with the members that it struck. */
function membersInWords(members: readonly MemberState[]): string {
  const causes = new Map<string, MemberState[]>();
  for (const member of members) {
    const cause = errorOf(member).split(member.name).join("the machine");
    causes.set(cause, [...(causes.get(cause) ?? []), member]);
  }
  const all = [...causes];
  const lines = all
    .slice(0, namedCauses)
    .map(([cause, struck]) => `\n  ${namesOf(struck)}: ${struck.length === 1 ? errorOf(struck[0]) : cause}`);
  const left = all.slice(namedCauses).reduce((sum, [, struck]) => sum + struck.length, 0);
  return lines.join("") + (left > 0 ? `\n  and ${left} more for other reasons` : "");
}

const errorOf = ({ status, error }: MemberState): string =>
  error ?? (status === MemberStatus.Off ? "the virtual machine is off" : "");

function namesOf(members: readonly MemberState[]): string {
  const more = members.length - namedMembers;
  const names = members.slice(0, namedMembers).map(({ name }) => name);
  return `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** What is reported of members that wait for a KMS host: for its count, or for its activation. */
export const pendingInWords = (
  name: string,
  { all, pending, missing }: { all: number; pending: number; missing: number },
): string => formatError(missing > 0 ? "KMS4005" : "KMS4024", { values: { name, pending, all, missing } });

/** What is reported of members that are off and of those that could not be reached, where that is no failure. */
export const awayInWords = (all: readonly MemberState[]): string[] => [
  ...withStatusInWords("KMS4025", all, MemberStatus.Off),
  ...withStatusInWords("KMS4018", all, MemberStatus.Unreachable),
];

function withStatusInWords(code: string, all: readonly MemberState[], status: MemberStatus): string[] {
  const members = all.filter((member) => member.status === status);
  const values = { given: members.length, all: all.length, members: membersInWords(members) };
  return members.length === 0 ? [] : [formatError(code, { values })];
}

/** Members that failed; those that could not be reached among them where the program says so. */
const failedMembers = (
  members: readonly MemberState[],
  { unreachable }: Pick<RolloutSettings, "unreachable">,
) =>
  members.filter(
    ({ status }) =>
      status === MemberStatus.Failed || (isAway({ status }) && unreachable === UnreachablePolicy.Fail),
  );

/** A rollout in which members failed, or that stopped. */
export interface UnfinishedRollout {
  /** Logical name of the group. */
  name: string;
  members: readonly MemberState[];
  rollout: RolloutSettings;
  timeoutMinutes: number;
  stopped?: RolloutStop;
}

const codes: Record<RolloutStop["reason"], string> = {
  failures: "KMS4010",
  canaries: "KMS4011",
  timeout: "KMS4012",
  broken: "KMS4013",
  stopped: "KMS4032",
};

/** The error of a rollout that stopped or in which members failed; undefined where neither is so. */
export function rolloutFailure(group: UnfinishedRollout): KmsError | undefined {
  const { name, members, rollout, timeoutMinutes, stopped } = group;
  const failed = failedMembers(members, rollout);
  if (failed.length === 0 && stopped === undefined) {
    return undefined;
  }
  const { visited = 0, givenUp = 0 } = stopped ?? {};
  const notStarted = members.filter(({ status }) => status === MemberStatus.NotStarted).length;
  const values = {
    name,
    failed: failed.length,
    all: members.length,
    visited,
    givenUp,
    left: notStarted - givenUp,
    members: membersInWords(failed),
    allowed: rollout.maxFailures,
    minutes: timeoutMinutes,
    reason: stopped?.cause instanceof Error ? stopped.cause.message : String(stopped?.cause),
  };
  return new KmsError(stopped === undefined ? "KMS4004" : codes[stopped.reason], {
    values,
    cause: stopped?.cause,
  });
}

/** The error of instances of a scale set that failed; undefined where there are none. */
export function instancesFailure(
  name: string,
  members: readonly MemberState[],
  rollout: Pick<RolloutSettings, "unreachable">,
  cause: unknown,
): KmsError | undefined {
  const failed = failedMembers(members, rollout);
  return failed.length === 0
    ? undefined
    : new KmsError("KMS4050", {
        values: { name, failed: failed.length, all: members.length, members: membersInWords(failed) },
        cause,
      });
}

/** The error for members that left the group and could not be released. */
export const releaseFailure = (name: string, left: readonly MemberState[]): KmsError =>
  new KmsError("KMS4014", { values: { name, failed: left.length, members: membersInWords(left) } });
