import { report } from "../engine/handler";
import { explainHresult } from "../catalog/hresults";
import { MemberStatus, OnRemove } from "../catalog/constants";
import { failedOperation, refusalOf, requireReadable } from "../machine/licensing-answer";
import { isGone, type Machine, type MachineAddress, type RunOptions } from "../machine/machine";
import { isAboutOneMachine } from "../machine/one-machine";
import { openMachine } from "../machine/open-machine";
import { completeSshAddress } from "../machine/ssh-address";
import { mapConcurrent } from "./concurrency";
import { dayOf, desiredClient, pinnedHosts } from "./desired";
import { explainProblem, type MemberContext } from "./failures";
import { absent, memberDrift, memberState, off, withLastKnown } from "./member";
import { isListedOff, isRebuilt, listMembers, withNumber } from "./presence";
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

/** What the configuration of one member came to. */
export interface MemberOutcome {
  state: MemberState;
  /** Requests that the member sent to a KMS host. */
  activationRequests: number;
  /** Whether the machine was left as it is, because it is none that the group activates. */
  refused: boolean;
}

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
      state: memberState(name, desired, answer, (problem) => explainProblem(problem, answer, context)),
      activationRequests: requests.length,
      refused: refusalOf(answer) !== undefined,
    };
  } catch (error) {
    return { state: absent(name, error), activationRequests: 0, refused: false };
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
  const member = nameIn(before);
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
    return withLastKnown(absent(member, error), before);
  }
}

const nameIn = ({ name, azureVmId, ssh }: MemberState): MemberName => ({
  name,
  ...(azureVmId !== undefined && { azureVmId }),
  ...(ssh !== undefined && { ssh }),
});

/** Reads members of a group and changes nothing; those that Azure lists as off are not asked. */
export async function observeMembers(
  group: ClientActivationOutputs,
  members: readonly MemberState[],
  options: RunOptions,
): Promise<MemberState[]> {
  const listed = await listMembers(members, options, (reason) => report(group.name, reason));
  const addressOfMember = addressesIn(group);
  const pins = pinnedHosts(members, group, members);
  const desired = desiredClient(group, dayOf(Date.now()));
  return mapConcurrent(members, group.maxConcurrent, async (before) => {
    const member = isRebuilt(before, listed) ? { ...nameIn(before), status: before.status } : before;
    if (isListedOff(member, listed) && member.status !== MemberStatus.NotStarted) {
      return withLastKnown(off(nameIn(member)), member);
    }
    const host = pins.get(memberKey(member));
    const address = addressOfMember(member);
    const seen = await observeMember(member, address, { ...desired, ...(host && { host }) }, options);
    return withNumber(seen, listed);
  });
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
    if (!isAboutOneMachine(error)) {
      throw error;
    }
    return isGone(error) ? undefined : { ...member, status: MemberStatus.Unreachable, error: error.message };
  }
}
