import { explainHresult } from "../catalog/hresults";
import { MemberStatus, OnRemove } from "../catalog/constants";
import { failedOperation, refusalOf, requireReadable } from "../machine/licensing-answer";
import { isGone, type Machine, type MachineAddress, type RunOptions } from "../machine/machine";
import { isAboutOneMachine } from "../machine/one-machine";
import { openMachine } from "../machine/open-machine";
import { StoppedError } from "../machine/stopped";
import { completeSshAddress } from "../machine/ssh-address";
import { mapConcurrent } from "./concurrency";
import { explainProblem, type MemberContext } from "./member-failure";
import { absent, memberDrift, memberState, withLastKnown } from "./member";
import {
  asksForActivation,
  type ClientLicense,
  type DesiredClient,
  ensureClientPlan,
  observeClientPlan,
  releaseClientPlan,
} from "./plan";
import {
  byMember,
  type ClientActivationInputs,
  type ClientActivationOutputs,
  type Member,
  memberKey,
  memberName,
  type MemberName,
  type MemberState,
} from "./state";

/*
 * What is done with members: each of these runs one licensing plan on one machine.
 */

/** How the members of a group are reached. */
export type Access = Pick<ClientActivationInputs, "ssh" | "tags">;

/** The whole address of a member. */
export const addressOf = (
  { azureVmId, ssh }: Pick<Member, "azureVmId" | "ssh">,
  access: Access,
): MachineAddress =>
  ssh === undefined ? { azureVmId, tags: access.tags } : { ssh: completeSshAddress(ssh, access.ssh) };

/** Addresses of members by their states, which have no secrets. */
export function addressesIn(
  group: Access & { machines?: readonly Member[] },
): (member: MemberState) => MachineAddress {
  const machines = byMember(group.machines ?? []);
  return (member) => addressOf(machines.get(memberKey(member)) ?? { azureVmId: member.azureVmId }, group);
}

/** What names a member, out of its state. */
export const nameOf = ({ name, azureVmId, ssh }: MemberState): MemberName => ({
  name,
  ...(azureVmId !== undefined && { azureVmId }),
  ...(ssh !== undefined && { ssh }),
});

/** What the configuration of one member came to. */
export interface MemberOutcome {
  state: MemberState;
  /** Requests that the member sent to a KMS host. */
  activationRequests: number;
  /** Whether the machine was left as it is, because it is none that the group activates. */
  refused: boolean;
  /** Whether DNS had no answer for the member, which may only be too early. */
  unresolved: boolean;
}

/**
 * What Windows gives where DNS has no record or no name. Azure serves what was written to a private zone, and the link of a
 * network, up to a minute later. Source: learn.microsoft.com/azure/dns, and Microsoft's activation error codes.
 */
const noAnswerOfDns = new Set(["0x8007232B", "0x8007251D", "0x80092328"]);

/** Configures one member and asks for its activation. @throws what is not about this machine alone */
export async function configureMember(
  member: Member,
  context: MemberContext,
  open: (member: Member) => Machine,
  options: RunOptions,
): Promise<MemberOutcome> {
  const name = memberName(member);
  const { desired } = context;
  try {
    const answer = await open(member).run(ensureClientPlan(desired), {}, options);
    const requests = answer.operations.filter(
      ({ id, result }) => asksForActivation(id) && result !== "skipped",
    );
    return {
      state: memberState(name, desired, answer, (problem) =>
        explainProblem(problem, answer, context, Date.now()),
      ),
      activationRequests: requests.length,
      refused: refusalOf(answer) !== undefined,
      unresolved: noAnswerOfDns.has(failedOperation(answer)?.hresult ?? ""),
    };
  } catch (error) {
    return { state: absent(name, error), activationRequests: 0, refused: false, unresolved: false };
  }
}

/**
 * Reads a member and changes nothing. A pending one stays pending until an update has asked for it again, and one that no
 * rollout has reached stays so.
 */
export async function observeMember(
  before: MemberState,
  address: MachineAddress,
  desired: DesiredClient,
  options: RunOptions,
): Promise<MemberState> {
  const { status } = before;
  if (status === MemberStatus.NotStarted) {
    return before;
  }
  const member = nameOf(before);
  try {
    const answer = await openMachine(address).run(observeClientPlan(desired), {}, options);
    requireReadable(answer, "product", "service");
    const seen = memberState(member, desired, answer, () => "");
    const drift = memberDrift(desired, answer);
    const differs = { status: MemberStatus.Drifted, error: drift.join("; ") };
    const state =
      drift.length === 0
        ? seen
        : status === MemberStatus.Pending
          ? { ...seen, status }
          : { ...seen, ...differs };
    return withLastKnown(state, before);
  } catch (error) {
    if (error instanceof StoppedError) {
      return before;
    }
    return withLastKnown(absent(member, error), before);
  }
}

/** How members are released. */
export interface Release {
  maxConcurrent: number;
  options: RunOptions;
  /** Which license of the members is meant. */
  license: ClientLicense;
  addressOf: (member: MemberState) => MachineAddress;
}

/** How the members of a group are released. */
export const releaseOf = (group: ClientActivationOutputs, options: RunOptions): Release => ({
  maxConcurrent: group.maxConcurrent,
  options,
  license: { office: group.office !== "", setupKey: group.setupKey },
  addressOf: addressesIn(group),
});

/**
 * Clears how members find their KMS host, where the group says so. Returns those that it could not be cleared on, each
 * with its error; a machine that does not exist any more counts as released.
 */
export async function releaseMembers(
  members: readonly MemberState[],
  group: Pick<ClientActivationInputs, "onRemove">,
  release: Release,
): Promise<MemberState[]> {
  if (group.onRemove !== OnRemove.ClearKmsHost) {
    return [];
  }
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
    const { hresult, name, meaning, remedy } = explainHresult(failed.hresult, "client", failed.detail);
    return { ...member, status: MemberStatus.Failed, error: `${hresult} ${name}: ${meaning}. ${remedy}` };
  } catch (error) {
    if (error instanceof StoppedError) {
      return { ...member, error: error.message };
    }
    if (!isAboutOneMachine(error)) {
      throw error;
    }
    return isGone(error) ? undefined : { ...member, status: MemberStatus.Unreachable, error: error.message };
  }
}
