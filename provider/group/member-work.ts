import { explainHresult, findHresult } from "../catalog/hresults";
import { requiredUpdates } from "../catalog/updates";
import { failedOperation } from "../machine/licensing-answer";
import type { LicensingAnswer } from "../machine/licensing-plan";
import { isGone, type Machine, type MachineAddress, type RunOptions } from "../machine/machine";
import { openMachine } from "../machine/open-machine";
import { mapConcurrent } from "./concurrency";
import { pinnedHosts, desiredMember } from "./desired";
import { isAboutOneMachine, memberDrift, memberState, type MemberState, unreachable } from "./member";
import {
  asksAzure,
  type ClientLicense,
  type DesiredClient,
  ensureClientPlan,
  observeClientPlan,
  releaseClientPlan,
} from "./plan";
import { type ClientActivationOutputs, type Member, memberKey, namedMember } from "./state";

/** What the installation of a key gives where its product is not installed. Source: SLInstallProofOfPurchaseEx reference. */
const officeNotInstalled = new Set(["0xC004F014", "0xC004F015", "0xC004F050", "0xC004F069"]);

/** What a remedy can name of the member's own program. */
export interface MemberSurroundings {
  desired: DesiredClient;
  /** Operating system of the member. */
  os: string;
  /** Office version of a group of Office clients. @default "" */
  office?: string;
  /** KMS hosts that may serve it. */
  hosts: { name: string; os: string }[];
}

/**
 * What an error means for this member, in the program's own names: where it looked, whom it asked, which update the
 * hosts need for it (R020). "" where there is nothing to add.
 */
export function memberRemedy(
  hresult: string,
  { desired, os, office = "", hosts }: MemberSurroundings,
): string {
  if (office !== "" && officeNotInstalled.has(hresult)) {
    return (
      ` For this key the machine needs a volume edition of ${office}: retail editions and Microsoft 365 Apps do not` +
      " take it. Install that edition with the Office Deployment Tool (PIDKEY or a Volume product ID), or put the machine into another group."
    );
  }
  const names = desired.hostNames.join(", ") || "none";
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
        : ` The KMS host needs an activated host key of ${office}; that of Windows does not do.`;
    default:
      return "";
  }
}

function updatesOf(hosts: MemberSurroundings["hosts"], os: string): string {
  return hosts
    .flatMap((host) =>
      requiredUpdates(host.os, os).map(
        ({ kb }) => ` The KMSHost ${host.name} on ${host.os} needs ${kb} or a later update for ${os}.`,
      ),
    )
    .join("");
}

/** What one visit to a member came to. */
export interface MemberOutcome {
  state: MemberState;
  /** Requests that the member sent to a KMS host. */
  activationRequests: number;
}

/** Configures one member and asks for its activation. @throws what is not about this machine alone */
export async function configureMember(
  member: Member,
  surroundings: MemberSurroundings,
  open: (address: MachineAddress) => Machine,
  options: RunOptions,
): Promise<MemberOutcome> {
  const named = namedMember(member);
  const { desired } = surroundings;
  try {
    const answer = await open(member).run(ensureClientPlan(desired), {}, options);
    return {
      state: memberState(named, desired, answer, (hresult) => hresultInWords(hresult, surroundings)),
      activationRequests: requestsOf(answer, desired),
    };
  } catch (error) {
    return { state: unreachable(named, error), activationRequests: 0 };
  }
}

/** An HRESULT that a member ended with, in the words of its own program. */
export function hresultInWords(hresult: string, surroundings: MemberSurroundings): string {
  const side = asksAzure(surroundings.desired) ? "azureKms" : "client";
  const { name, meaning, remedy } = explainHresult(hresult, side);
  return `${hresult} ${name}: ${meaning}. ${remedy}${memberRemedy(hresult, surroundings)}`;
}

function requestsOf({ operations }: LicensingAnswer, desired: DesiredClient): number {
  const asking = new Set(
    ensureClientPlan(desired)
      .operations.filter(({ method }) => method === "Activate")
      .map(({ id }) => id),
  );
  return operations.filter(({ id, result }) => asking.has(id) && result !== "skipped").length;
}

/**
 * Looks at a member and changes nothing. A pending one stays pending until an update has asked for it again, and one
 * that no rollout has come to stays so.
 */
export async function observeMember(
  before: MemberState,
  address: MachineAddress,
  desired: DesiredClient,
  options: RunOptions,
): Promise<MemberState> {
  if (before.status === "NotStarted") {
    return before;
  }
  const { name, azureVmId, ssh, count, status } = before;
  const member = { name, azureVmId, ...(ssh !== undefined && { ssh }) };
  try {
    const answer = await openMachine(address).run(observeClientPlan(desired), {}, options);
    const seen = memberState(member, desired, answer, () => "");
    const drift = memberDrift(desired, answer);
    if (drift.length === 0) {
      return { ...seen, count };
    }
    return status === "Pending"
      ? { ...seen, status, count }
      : { ...seen, status: "Drifted", count, error: drift.join("; ") };
  } catch (error) {
    return unreachable(member, error);
  }
}

/** How members are reached; their own state has no secrets. */
export function addressesIn({ machines = [] }: Pick<ClientActivationOutputs, "machines">) {
  const known = new Map<string, MachineAddress>(machines.map((machine) => [memberKey(machine), machine]));
  return (member: { azureVmId: string; ssh?: string }): MachineAddress =>
    known.get(memberKey(member)) ?? { azureVmId: member.azureVmId };
}

/** Looks at members of a group and changes nothing. */
export function observeMembers(
  group: ClientActivationOutputs,
  members: readonly MemberState[],
  options: RunOptions,
): Promise<MemberState[]> {
  const addressOf = addressesIn(group);
  const pins = pinnedHosts(members, group, members);
  return mapConcurrent(members, group.maxConcurrent, (member) =>
    observeMember(member, addressOf(member), desiredMember(group, pins.get(memberKey(member))), options),
  );
}

/** What becomes of a member that leaves its group: it stays as it is, or is told no KMS host any more. */
export type OnRemove = "leave" | "clearKmsHost";

/** How members are released. */
export interface Release {
  maxConcurrent: number;
  options: RunOptions;
  /** Which license of the members is meant. */
  license: ClientLicense;
  addressOf: (member: MemberState) => MachineAddress;
}

/**
 * Takes back how members find their KMS host. Gives those that it could not be taken back from, each with its error;
 * a machine that does not exist any more is released.
 */
export async function releaseMembers(
  members: readonly MemberState[],
  release: Release,
): Promise<MemberState[]> {
  const left = await mapConcurrent(members, release.maxConcurrent, (member) => releaseOne(member, release));
  return left.filter((member) => member !== undefined);
}

async function releaseOne(
  member: MemberState,
  { addressOf, options, license }: Release,
): Promise<MemberState | undefined> {
  try {
    const answer = await openMachine(addressOf(member)).run(releaseClientPlan(license), {}, options);
    const failed = failedOperation(answer);
    if (failed === undefined) {
      return undefined;
    }
    const { hresult, name, meaning, remedy } = explainHresult(failed.hresult, "client");
    return { ...member, status: "Failed", error: `${hresult} ${name}: ${meaning}. ${remedy}` };
  } catch (error) {
    if (!isAboutOneMachine(error)) {
      throw error;
    }
    return isGone(error) ? undefined : { ...member, status: "Unreachable", error: error.message };
  }
}
