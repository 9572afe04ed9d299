import { MemberStatus, UnreachablePolicy } from "../catalog/constants";
import { explainHresult, findHresult } from "../catalog/hresults";
import { requiredUpdates } from "../catalog/updates";
import { formatError, KmsError } from "../errors/kms-error";
import { failedOperation, text, unreadable, unreadableError } from "../machine/licensing-answer";
import type { LicensingAnswer } from "../machine/licensing-plan";
import { tolerate, type Tolerance } from "../rules/acknowledge";
import { type Diagnostic, diagnostic } from "../rules/diagnostic";
import { seenSystem } from "./found-system";
import { kmsHostDiagnostic, type SystemPolicy, systemRefusal } from "./system-policy";
import { isAway, unreadableState } from "./member";
import { asksAzure, type DesiredClient, refuseKmsHost, refuseSystem } from "./plan";
import type { RolloutSettings, RolloutStop } from "./rollout-plan";
import type { Finding, GroupHost, MemberState } from "./state";

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

/**
 * Why a member failed or was refused, in the words of its own program.
 * @param now the time at which the answer arrived, in milliseconds; without it, the member's clock is not judged
 */
export function explainProblem(
  problem: string,
  answer: LicensingAnswer,
  context: MemberContext,
  now?: number,
): string {
  switch (problem) {
    case refuseKmsHost:
      return kmsHostDiagnostic(answer.machine.name, text(answer.product?.PartialProductKey)).message;
    case refuseSystem:
      return systemRefusal(context.policy, answer.machine);
    case unreadableState:
      return unreadableError(answer, unreadable(answer, "product", "service")!).message;
    default:
      return explainFailure(problem, context, answer, now);
  }
}

/** Ways of activation that a machine may be limited to, other than KMS. Source: SoftwareLicensingProduct reference. */
const otherWays = new Map<unknown, string>([
  [1, "Active Directory"],
  [3, "tokens"],
]);

function limitedActivation({ product }: LicensingAnswer): string {
  const way = otherWays.get(product?.VLActivationTypeEnabled);
  return way === undefined
    ? ""
    : ` The machine is limited to activation by ${way}: slmgr.vbs /act-type 0 lets it ask a KMS host.`;
}

/**
 * An HRESULT that a member ended with: first what its own program and the machines say of the cause, in the order of the
 * causes, then what helps in general.
 */
export function explainFailure(
  hresult: string,
  context: MemberContext,
  answer?: LicensingAnswer,
  now?: number,
): string {
  const detail = answer && failedOperation(answer)?.detail;
  const { name, meaning, remedy } = explainHresult(hresult, sideOf(context), detail);
  const said = findingsOf(hresult, context).map(({ message }) => ` ${message}`);
  const limited = answer === undefined ? "" : limitedActivation(answer);
  const measured =
    answer === undefined || now === undefined ? "" : clockRemedy(hresult, context, answer, now);
  return `${hresult} ${name}: ${meaning}.${limited}${said.join("")}${measured}${memberRemedy(hresult, context, answer)} ${remedy}`;
}

const sideOf = ({ desired }: MemberContext) => (asksAzure(desired) ? "azureKms" : "client");

/** What the preview reported that may be the cause, the most likely first. */
function findingsOf(hresult: string, context: MemberContext): Finding[] {
  const { findings = [] } = context.policy;
  const codes = findHresult(hresult, sideOf(context))?.causes.flatMap((cause) => cause.codes ?? []) ?? [];
  return codes.flatMap((code) => findings.filter((finding) => finding.code === code));
}

/** HRESULT of a client whose clock and that of its KMS host are too far apart. */
const clocksApart = "0xC004F06C";
/** An answer may be so old when it arrives, so that a smaller difference says nothing. */
const measurableMinutes = 30;

/** Whose clock is wrong, measured by that of the machine that runs the update. */
function clockRemedy(
  hresult: string,
  { desired }: MemberContext,
  { machine }: LicensingAnswer,
  now: number,
): string {
  if (hresult !== clocksApart) {
    return "";
  }
  const minutes = (Date.parse(machine.utc) - now) / 60_000;
  if (Math.abs(minutes) < measurableMinutes) {
    return ` Its clock agrees with that of the machine that runs Pulumi, so the clock of the KMS host is wrong: ${askedBy(desired)}.`;
  }
  const hours = (Math.abs(minutes) / 60).toFixed(1).replace(/\.0$/, "");
  return ` Its clock is ${hours} h ${minutes < 0 ? "behind" : "ahead of"} that of the machine that runs Pulumi.`;
}

const namesIn = ({ hostNames }: DesiredClient) => hostNames.join(", ") || "not known";

/** Whom a member asks. */
const askedBy = (desired: DesiredClient) =>
  desired.host === undefined ? namesIn(desired) : `${desired.host.name}:${desired.host.port}`;

/**
 * What an error means for a member, in its own program's names: where it looked, whom it asked, which update the hosts
 * need for it. "" where there is nothing to add.
 */
export function memberRemedy(hresult: string, context: MemberContext, answer?: LicensingAnswer): string {
  const { desired, policy } = context;
  const { office, hosts } = policy;
  if (office !== "" && officeNotInstalled.has(hresult)) {
    return (
      ` This key needs a volume edition of ${office} on the machine: retail editions and Microsoft 365 Apps do not take` +
      " it. Install that edition with the Office Deployment Tool (PIDKEY or a Volume product ID), or move the machine to" +
      " another group."
    );
  }
  const os = policy.os || (answer === undefined ? "" : (seenSystem(answer.machine).os ?? ""));
  // The preview has judged the updates by what it knows of the host, so its word goes for this one.
  const isJudged = findingsOf(hresult, context).some(({ code }) => updateCodes.has(code));
  const updates = isJudged ? "" : updatesOf(hosts, os);
  switch (findHresult(hresult, "client")?.about) {
    case "discovery": {
      const zone = desired.lookupDomain ?? "its own domain or DNS suffix";
      return ` It looked for _vlmcs._tcp in ${zone}; the names of the group's hosts: ${namesIn(desired)}.`;
    }
    case "reach": {
      return ` It asked ${askedBy(desired)}.${office === "" ? updates : ""}`;
    }
    case "product":
      return office === ""
        ? updates
        : ` The KMS host needs an activated host key of ${office}; a host key of Windows is not enough.`;
    default:
      return "";
  }
}

/** Diagnostics about an update that a host needs for its clients. */
const updateCodes = new Set(["KMS2206", "KMS2207", "KMS2208"]);

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
  const lines = all.slice(0, namedCauses).map(([cause, struck]) => {
    const error = struck.length === 1 ? errorOf(struck[0]) : cause;
    return `\n  ${namesOf(struck)}${error === "" ? "" : `: ${error}`}`;
  });
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

/**
 * Members that a refresh found to differ from the desired state, of so many. `strict` makes no error of that: the update that
 * mends them would not run.
 */
export function driftDiagnostics(
  members: readonly MemberState[],
  all: number,
  { acknowledge, today }: Pick<Tolerance, "acknowledge" | "today">,
): Diagnostic[] {
  const drifted = members.filter(({ status }) => status === MemberStatus.Drifted);
  const values = { given: drifted.length, all, members: membersInWords(drifted) };
  return drifted.length === 0
    ? []
    : tolerate([diagnostic("KMS4028", "warning", "", values)], { acknowledge, today });
}

/** What is reported of members that Active Directory activated. */
export const directoryActivatedInWords = (all: number, activated: readonly MemberState[]): string =>
  formatError("KMS4027", { values: { given: activated.length, all, members: membersInWords(activated) } });

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
};

/** The error of a rollout that stopped or in which members failed; undefined where neither is so. */
export function rolloutFailure(group: UnfinishedRollout): KmsError | undefined {
  const { name, members, rollout, timeoutMinutes, stopped } = group;
  const failed = failedMembers(members, rollout);
  if (failed.length === 0 && stopped === undefined) {
    return undefined;
  }
  const values = {
    name,
    failed: failed.length,
    all: members.length,
    left: members.filter(({ status }) => status === MemberStatus.NotStarted).length,
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
