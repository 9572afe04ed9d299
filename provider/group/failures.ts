import { MemberStatus, UnreachablePolicy } from "../catalog/constants";
import { formatError, KmsError } from "../errors/kms-error";
import { tolerate, type Tolerance } from "../rules/acknowledge";
import { type Diagnostic, diagnostic, listed } from "../rules/diagnostic";
import { type Finding, findingsFor } from "../rules/findings";
import { highestCount, isAway } from "./member";
import type { RolloutSettings, RolloutStop } from "./rollout-plan";
import type { MemberState } from "./state";

/*
 * What is reported of members that failed, and of a rollout with such members.
 */

/** How many causes an error names, and of each how many members. */
const namedCauses = 5;
const namedMembers = 5;

/** What went wrong with members: each cause once, with the members that it struck. */
function membersInWords(members: readonly MemberState[]): string {
  const all = [...membersBy(members, (member) => withoutNames(errorOf(member), member))];
  const lines = all.slice(0, namedCauses).map(([cause, struck]) => {
    const error = struck.length === 1 ? errorOf(struck[0]) : cause;
    return `\n  ${namesOf(struck)}${error === "" ? "" : `: ${error}`}`;
  });
  const left = all.slice(namedCauses).reduce((sum, [, struck]) => sum + struck.length, 0);
  const others = left === 1 ? "another reason" : "other reasons";
  return lines.join("") + (left > 0 ? `\n  and ${left} more for ${others}` : "");
}

function membersBy(
  members: readonly MemberState[],
  keyOf: (member: MemberState) => string,
): Map<string, MemberState[]> {
  const groups = new Map<string, MemberState[]>();
  for (const member of members) {
    const key = keyOf(member);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [member]);
    } else {
      group.push(member);
    }
  }
  return groups;
}

/** A text about a member that is the same for every member with its cause. */
const withoutNames = (text: string, { name, computerName = name }: MemberState): string =>
  [name, computerName].reduce((rest, own) => rest.replace(wholeName(own), "the machine"), text);

const wholeName = (name: string) =>
  new RegExp(`(?<![\\w.-])${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w-])`, "gi");

const errorOf = ({ status, error }: MemberState): string =>
  error ?? (status === MemberStatus.Off ? "the virtual machine is off" : "");

function namesOf(members: readonly MemberState[]): string {
  const more = members.length - namedMembers;
  const names = members.slice(0, namedMembers).map(({ name }) => name);
  return `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** HRESULTs of members whose KMS host counts too few machines, or is not activated. */
const tooFewMachines = "0xC004F038";
const hostNotActivated = "0xC004F041";

/**
 * What is reported of members that wait for a KMS host: for its count, which those that share a client machine ID cannot
 * raise, or for its activation.
 * @param missing machines that the KMS host must still count
 * @param findings what the preview reported of the group and its hosts
 */
export function pendingInWords(
  name: string,
  members: readonly MemberState[],
  missing: number,
  findings: readonly Finding[] = [],
): string {
  const pending = members.filter(({ status }) => status === MemberStatus.Pending);
  const clones = [...membersBy(pending, ({ machineId = "" }) => machineId)].filter(
    ([machineId, sharing]) => machineId !== "" && sharing.length > 1,
  );
  const count = highestCount(members);
  const values = {
    name,
    pending: pending.length,
    all: members.length,
    missing,
    count,
    asking:
      count === 0
        ? `${missing} must ask, and it counts none`
        : `${missing} more must ask in addition to the ${count} that it counts`,
    others: uncountedInWords(members),
    causes: causesInWords(missing === 0 ? hostNotActivated : tooFewMachines, findings),
    members: clones.map(([machineId, sharing]) => `\n  ${namesOf(sharing)}: ${machineId}…`).join(""),
  };
  const code = missing === 0 ? "KMS4024" : clones.length > 0 ? "KMS4030" : "KMS4005";
  return formatError(code, { values });
}

/** The same command shows their texts. */
function causesInWords(hresult: string, findings: readonly Finding[]): string {
  const codes = new Set(findingsFor(hresult, "client", findings).map(({ code }) => code));
  return codes.size === 0 ? "" : ` The preview reports causes: ${listed([...codes])}.`;
}

/** Why a member received no count. */
const uncounted: [why: string, isSo: (member: MemberState) => boolean][] = [
  ["off", ({ status }) => status === MemberStatus.Off],
  ["unreachable", ({ status }) => status === MemberStatus.Unreachable],
  ["failed", ({ status }) => status === MemberStatus.Failed],
  ["not started", ({ status }) => status === MemberStatus.NotStarted],
  ["activated by Active Directory", ({ activatedBy }) => activatedBy !== undefined],
];

function uncountedInWords(members: readonly MemberState[]): string {
  const numbers = uncounted.flatMap(([why, isSo]) => {
    const number = members.filter(isSo).length;
    return number === 0 ? [] : [`${number} ${why}`];
  });
  return numbers.length === 0 ? "" : `; received no count: ${numbers.join(", ")}`;
}

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
  stopped: "KMS4032",
};

/** What a rollout that stopped left undone, after what it says of all members; "" where nothing is left. */
function undoneInWords(
  members: readonly MemberState[],
  { givenUp = 0, waiting = 0 }: Partial<RolloutStop> = {},
): string {
  const notStarted = members.filter(({ status }) => status === MemberStatus.NotStarted).length - givenUp;
  const parts: [number, one: string, many: string][] = [
    [givenUp, "was given up under way", "were given up under way"],
    [notStarted, "was not started", "were not started"],
    [waiting, "waits to be asked again", "wait to be asked again"],
  ];
  const words = parts
    .filter(([number]) => number > 0)
    .map(([number, one, many]) => `${number} ${number === 1 ? one : many}`);
  return words.length === 0 ? "" : `; ${words.join(", ")}`;
}

/** The error of a rollout that stopped or in which members failed; undefined where neither is so. */
export function rolloutFailure(group: UnfinishedRollout): KmsError | undefined {
  const { name, members, rollout, timeoutMinutes, stopped } = group;
  const failed = failedMembers(members, rollout);
  if (failed.length === 0 && stopped === undefined) {
    return undefined;
  }
  const { visited = 0 } = stopped ?? {};
  const values = {
    name,
    failed: failed.length,
    all: members.length,
    visited,
    undone: undoneInWords(members, stopped),
    members: membersInWords(failed),
    allowed: rollout.maxFailures === 0 ? "none" : `at most ${rollout.maxFailures}`,
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
