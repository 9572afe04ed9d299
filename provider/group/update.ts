import { throttledSubscriptions } from "../azure/clients";
import { MemberStatus } from "../catalog/constants";
import { stoppableIn } from "../engine/clock";
import { isWatched, PartialFailure, report } from "../engine/handler";
import { openMachine } from "../machine/open-machine";
import type { RunOptions } from "../machine/machine";
import { completeSshAddress } from "../machine/ssh-address";
import { desiredClient, highestThreshold, pinnedHosts, thresholdFor } from "./desired";
import { isSameMember, overSsh, reconfigures } from "./difference";
import { releaseFailure, rolloutFailure } from "./failures";
import { machinesMissing, off, withLastKnown } from "./member";
import { isListedOff, isRebuilt, type Listed, listMembers, withNumber } from "./presence";
import { addressOf, releaseMembers, releaseOf } from "./member-actions";
import { type RolloutResult, rollOutMembers } from "./rollout";
import { defaultTimeoutMinutes, rolloutOrder, type RolloutSettings, rolloutSettings } from "./rollout-plan";
import {
  byMember,
  type ClientActivationInputs,
  type ClientActivationOutputs,
  type Member,
  memberKey,
  memberName,
  type MemberState,
} from "./state";
import { readMembers, storeMembers } from "./stored-members";
import { dayOf } from "../rules/days";

/** What the engine stores of a client activation after a rollout; `machines` are those that it still works on. */
export function groupOutputs(
  inputs: ClientActivationInputs,
  machines: readonly Member[],
  states: readonly MemberState[],
): ClientActivationOutputs {
  const {
    kind: _kind,
    machines: _machines,
    scaleSet: _scaleSet,
    findings: _findings,
    rollout,
    ...kept
  } = inputs;
  const ownAddresses = overSsh(machines);
  return {
    ...kept,
    ...(ownAddresses.length > 0 && { machines: ownAddresses }),
    threshold: highestThreshold(inputs, states),
    maxConcurrent: rolloutSettings(rollout, machines.length).maxConcurrent,
    ...storeMembers(states),
    machinesMissing: machinesMissing(states, (state) => thresholdFor(inputs, state)),
  };
}

/** How long it may take to release members that left the group. */
const releaseMinutes = 30;

/** How long the work on all members of a group may take. */
export const timeoutMinutesOf = (
  { timeoutMinutes, rollout }: ClientActivationInputs,
  members: number,
): number =>
  timeoutMinutes > 0 ? timeoutMinutes : defaultTimeoutMinutes(rolloutSettings(rollout, members), members);

/**
 * Configures the members that are not in the desired state yet, and releases those that left the group.
 * @param seen states of members that Azure configured in the meantime
 * @throws PartialFailure with what is done, so that the next update continues from there
 */
export async function rollOut(
  id: string,
  inputs: ClientActivationInputs,
  olds?: ClientActivationOutputs,
  seen: readonly MemberState[] = [],
): Promise<ClientActivationOutputs> {
  const { name, machines } = inputs;
  const options = stoppableIn(timeoutMinutesOf(inputs, machines.length));
  const listed = await listMembers(machines, options, (reason) => report(name, reason));
  const stored = olds === undefined ? [] : readMembers(olds);
  const before = stored.filter((member) => !isRebuilt(member, listed));
  const stuck = olds === undefined ? [] : await release(stored, inputs, olds);
  const valid = [...(olds === undefined || reconfigures(olds, inputs) ? [] : before), ...seen];
  const settings = rolloutSettings(inputs.rollout, machines.length);
  const timeoutMinutes = timeoutMinutesOf(inputs, machines.length);
  const { states, stopped } = await configureUnfinished(inputs, { settings, options, listed }, before, valid);
  const stuckMachines = stuck.length === 0 ? [] : machinesOf(stuck, olds!);
  const outputs = groupOutputs(inputs, [...machines, ...stuckMachines], [...states, ...stuck]);
  const failure =
    rolloutFailure({ name, members: states, rollout: settings, timeoutMinutes, stopped }) ??
    (stuck.length > 0 ? releaseFailure(name, stuck) : undefined);
  if (failure !== undefined) {
    throw new PartialFailure(id, outputs, failure);
  }
  return outputs;
}

interface Conditions {
  settings: RolloutSettings;
  options: RunOptions;
  listed: Listed;
}

/**
 * Configures those that are not done and not off, and returns the states of all members in the order of the inputs.
 */
async function configureUnfinished(
  inputs: ClientActivationInputs,
  { settings, options, listed }: Conditions,
  before: readonly MemberState[],
  valid: readonly MemberState[],
): Promise<Omit<RolloutResult, "activationRequests">> {
  const known = byMember(before);
  const done = byMember(valid.filter(({ status }) => status === MemberStatus.Licensed));
  const stateOf = (machine: Member) => {
    const state = done.get(memberKey(machine));
    return state !== undefined && isSameMember(state, machine) ? state : undefined;
  };
  const others = byMember(
    inputs.machines.flatMap((machine) => {
      const state = stateOf(machine) ?? (isListedOff(machine, listed) ? off(memberName(machine)) : undefined);
      return state === undefined ? [] : [withLastKnown(state, known.get(memberKey(machine)))];
    }),
  );
  const unfinished = inputs.machines.filter((machine) => !others.has(memberKey(machine)));
  const today = dayOf(Date.now());
  const { states, stopped } = await rollOutMembers(
    rolloutOrder(unfinished, (machine) => known.get(memberKey(machine))?.status),
    {
      desired: desiredClient(inputs, today),
      policy: { ...inputs, today },
      pins: pinnedHosts(inputs.machines, inputs, valid),
      thresholdOf: (state) => thresholdFor(inputs, state),
      counted: new Set(before.filter(({ status }) => status === MemberStatus.Pending).map(memberKey)),
      settings,
      reporting: {
        others: [...others.values()],
        throttled: throttledSubscriptions,
        ...(!isWatched() && { quietMilliseconds: 60_000 }),
      },
      options,
      report: (text) => report(inputs.name, text),
      open: (member) => openMachine(addressOf(member, inputs)),
    },
  );
  const configured = byMember(states);
  return {
    states: inputs.machines.map((machine) => {
      const key = memberKey(machine);
      const state = others.get(key) ?? withLastKnown(configured.get(key)!, known.get(key));
      return withNumber(state, listed);
    }),
    ...(stopped && { stopped }),
  };
}

/** Releases members that left the group, where the group says so; returns those that could not be. */
function release(
  before: readonly MemberState[],
  inputs: ClientActivationInputs,
  olds: ClientActivationOutputs,
): Promise<MemberState[]> {
  const present = new Set(inputs.machines.map(memberKey));
  const gone = before.filter((member) => !present.has(memberKey(member)));
  return releaseMembers(gone, inputs, releaseOf(olds, stoppableIn(releaseMinutes)));
}

/** The whole addresses of members over SSH that the program does not have any more. */
function machinesOf(
  states: readonly MemberState[],
  { machines = [], ssh: common }: ClientActivationOutputs,
): Member[] {
  const left = new Set(states.map(memberKey));
  return machines
    .filter((machine) => left.has(memberKey(machine)))
    .map(({ ssh, ...machine }) => ({ ...machine, ...(ssh && { ssh: completeSshAddress(ssh, common) }) }));
}
