import { Discovery, MemberStatus } from "../catalog/constants";
import { limits } from "../catalog/limits";
import {
  byActiveDirectory,
  clientKeyChannel,
  failedOperation,
  licensed,
  number,
  refusalOf,
  text,
  unreadable,
} from "../machine/licensing-answer";
import type { LicensingAnswer, OperationResult } from "../machine/licensing-plan";
import { isAboutOneMachine, isOff } from "../machine/one-machine";
import { foundSystem, isActivated, keptKey, rowFor, seenSystem } from "./found-system";
import { asksAzure, asksForActivation, type DesiredClient, discoveryTarget } from "./plan";
import type { MemberName, MemberState } from "./state";

/*
 * The state of a member, read off what the licensing script answered on it.
 */

/** HRESULT of a client whose KMS host counts too few machines. Source: Microsoft's activation error codes. */
const countInsufficient = "0xC004F038";
const millisecondsPerMinute = 60_000;

/** The problem of a member whose licenses could not be read. */
export const unreadableState = "unreadable";

/** ISO 8601 with minutes, which is as exact as a state needs to be. */
const toMinutes = (milliseconds: number) => `${new Date(milliseconds).toISOString().slice(0, 16)}Z`;

/**
 * Reads a member's state off the script's answer; what the answer does not say is left out.
 * @param describe puts a failure or a refusal into words
 */
export function memberState(
  member: MemberName,
  desired: DesiredClient,
  answer: LicensingAnswer,
  describe: (problem: string, answer: LicensingAnswer) => string,
): MemberState {
  const { machine, operations, product } = answer;
  const status = memberStatus(desired, answer);
  const lost = unreadable(answer, "product", "service") === undefined ? undefined : unreadableState;
  const problem = failedOperation(answer)?.hresult ?? refusalOf(answer) ?? lost;
  const remaining = product?.GracePeriodRemaining;
  const expires = status === MemberStatus.Licensed && typeof remaining === "number" && remaining > 0;
  const activated = wasActivated(operations);
  const seenAt = Date.parse(machine.utc);
  return withoutNothing({
    ...member,
    status,
    partialProductKey: text(product?.PartialProductKey),
    kmsHost: answeringHost(desired, answer),
    ...(isActivatedByDirectory(answer) && { activatedBy: "activeDirectory" as const }),
    currentCount: countAnswered(answer),
    expiresAt: expires ? toMinutes(seenAt + remaining * millisecondsPerMinute) : "",
    machineId: status === MemberStatus.Pending ? machineIdOf(answer) : "",
    activatedAt: activated ? toMinutes(seenAt) : "",
    seenAt: toMinutes(seenAt),
    computerName: sameName(member.name, machine.name) ? "" : machine.name,
    ...seenSystem(machine),
    error: problem !== undefined && status === MemberStatus.Failed ? describe(problem, answer) : "",
  });
}

/** Enough of the client machine ID to know machines that share one. */
const machineIdOf = ({ service }: LicensingAnswer) =>
  text(service?.ClientMachineID).slice(0, 8).toLowerCase();

/** A machine's name without its domain, as names are compared: without regard to case. */
export const shortName = (name: string): string => name.split(".", 1)[0].toLowerCase();

const sameName = (one: string, other: string) => shortName(one) === shortName(other);

/** Leaves out what is empty or zero. */
const withoutNothing = (state: MemberState): MemberState =>
  Object.fromEntries(
    Object.entries(state).filter(([, value]) => value !== "" && value !== 0),
  ) as unknown as MemberState;

function memberStatus(desired: DesiredClient, answer: LicensingAnswer): MemberStatus {
  const failed = failedOperation(answer);
  if (failed !== undefined) {
    return failed.hresult === countInsufficient && !asksAzure(desired)
      ? MemberStatus.Pending
      : MemberStatus.Failed;
  }
  if (refusalOf(answer) !== undefined) {
    return MemberStatus.Failed;
  }
  if (answer.product?.LicenseStatus === licensed) {
    return MemberStatus.Licensed;
  }
  if (unreadable(answer, "product", "service") !== undefined) {
    return wasActivated(answer.operations) ? MemberStatus.Licensed : MemberStatus.Failed;
  }
  return desired.awaitsHost === true ? MemberStatus.Pending : MemberStatus.Failed;
}

const wasActivated = (operations: readonly OperationResult[]) =>
  operations.some(({ id, result }) => asksForActivation(id) && result === "done");

/** Whether an activation object of the machine's domain activated it. */
const isActivatedByDirectory = ({ product }: LicensingAnswer) =>
  product?.LicenseStatus === licensed && product.VLActivationType === byActiveDirectory;

function answeringHost(desired: DesiredClient, answer: LicensingAnswer): string {
  return desired.discovery === Discovery.FixedHost
    ? text(answer[discoveryTarget(desired)]?.KeyManagementServiceMachine)
    : text(answer.product?.DiscoveredKeyManagementServiceMachineName) || hostAsked(answer);
}

/**
 * The KMS host of the newest request, which Windows remembers by itself only after a success: the third field of
 * event 12288, `name:port`. Source: learn.microsoft.com/previous-versions ff793440, table 11.
 */
function hostAsked(answer: LicensingAnswer): string {
  return eventField(answer.events.request, 2).replace(/:\d+$/, "");
}

/**
 * The count in the KMS host's answer: the fifth field of event 12289.
 * Source: learn.microsoft.com/previous-versions ff793440, table 11.
 */
function countAnswered(answer: LicensingAnswer): number {
  const count = Number(eventField(answer.events.response, 4));
  return Number.isInteger(count) ? count : 0;
}

/**
 * A field of an event's text; a comma and a blank separate them.
 * Source: learn.microsoft.com error-0xc004f074-activate-windows.
 */
export const eventField = (info: string | undefined, index: number): string =>
  info?.split(",")[index]?.trim() ?? "";

/** Each difference between the desired state of a member and what was observed, in words; empty when there is none. */
export function memberDrift(desired: DesiredClient, answer: LicensingAnswer): string[] {
  const settings = answer[discoveryTarget(desired)] ?? {};
  const product = answer.product ?? {};
  const pinned = desired.discovery === Discovery.FixedHost;
  const drift: string[] = [];
  const compare = (what: string, is: string, wanted: string) => {
    if (is.toLowerCase() !== wanted.toLowerCase()) {
      drift.push(`${what} is ${is === "" ? "not set" : is}, expected ${wanted === "" ? "not set" : wanted}`);
    }
  };
  const { machine } = answer;
  if (isActivated(desired, machine)) {
    const setupKey = desired.setupKey ?? rowFor(desired.systems ?? [], machine)?.value ?? "";
    if (setupKey !== keptKey) {
      compare("product key ending", text(product.PartialProductKey), setupKey.slice(-5));
    }
  } else {
    drift.push(`it runs ${systemName(machine)}, which the group does not activate`);
  }
  compare("product key channel", text(product.ProductKeyChannel), clientKeyChannel);
  compare(
    "fixed KMS host",
    text(settings.KeyManagementServiceMachine),
    pinned ? (desired.host?.name ?? "") : "",
  );
  if (pinned) {
    const port = (value: number) => String(value || limits.kmsPort);
    compare(
      "port of the fixed KMS host",
      port(number(settings.KeyManagementServicePort)),
      port(desired.host?.port ?? 0),
    );
  }
  if (!pinned && desired.lookupDomain !== undefined) {
    compare("lookup domain", text(settings.KeyManagementServiceLookupDomain), desired.lookupDomain);
  }
  if (product.LicenseStatus !== licensed) {
    drift.push("it is not licensed");
  }
  return drift;
}

function systemName(machine: LicensingAnswer["machine"]): string {
  const found = foundSystem(machine);
  return found === undefined
    ? `build ${machine.osBuild} of Windows with the EditionID ${machine.editionId}`
    : `${found.os.name} ${found.edition.name}`;
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

/**
 * Machines that the KMS host must still count before all pending members can be activated; 0 when none is pending.
 * @param thresholdOf count from which a KMS host activates this member
 */
export function machinesMissing(
  members: readonly MemberState[],
  thresholdOf: (member: MemberState) => number,
): number {
  const count = highestCount(members);
  return members
    .filter(({ status }) => status === MemberStatus.Pending)
    .reduce((most, member) => Math.max(most, thresholdOf(member) - count), 0);
}

/** The highest count that a KMS host answered a member with; what is remembered of one that did not answer is no answer. */
export function highestCount(members: readonly MemberState[]): number {
  const answered = members.filter((member) => !isAway(member) && member.status !== MemberStatus.NotStarted);
  return answered.reduce((most, { currentCount = 0 }) => Math.max(most, currentCount), 0);
}

/** State of a member that is off or did not answer; an error that is not about the machine is thrown on. */
export function absent(member: MemberName, error: unknown): MemberState {
  if (!isAboutOneMachine(error)) {
    throw error;
  }
  return isOff(error) ? off(member) : { ...member, status: MemberStatus.Unreachable, error: error.message };
}

/** State of a member whose virtual machine is off. */
export const off = (member: MemberName): MemberState => ({ ...member, status: MemberStatus.Off });

/** Whether a member is off or did not answer: nothing is known of it but what was known before. */
export const isAway = ({ status }: Pick<MemberState, "status">): boolean =>
  status === MemberStatus.Off || status === MemberStatus.Unreachable;

/** State of a member that the rollout did not reach. */
export const notStarted = (member: MemberName): MemberState => ({
  ...member,
  status: MemberStatus.NotStarted,
});

/**
 * A state with what is known from before: all facts of a member that did not answer, and of one that did what it does
 * not say in each answer.
 */
export function withLastKnown(state: MemberState, before: MemberState | undefined): MemberState {
  if (before === undefined) {
    return state;
  }
  const { status: _status, error: _error, ...facts } = before;
  if (state.seenAt === undefined) {
    return { ...facts, ...state };
  }
  const { activatedAt, currentCount } = facts;
  return {
    ...(activatedAt !== undefined && { activatedAt }),
    ...(currentCount !== undefined && { currentCount }),
    ...state,
  };
}
