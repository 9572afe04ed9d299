import { deadlineIn } from "../engine/clock";
import { PartialFailure, report } from "../engine/handler";
import { pinnedHosts, desiredMember } from "./desired";
import { machinesMissing, type MemberState } from "./member";
import { addressesIn, releaseMembers } from "./member-work";
import { type RolloutStop, rollOutMembers } from "./rollout";
import { releaseFailure, rolloutFailure } from "./rollout-failure";
import { rolloutOrder, rolloutSettings, type RolloutSettings } from "./rollout-plan";
import {
  type ClientActivationInputs,
  type ClientActivationOutputs,
  type Member,
  memberKey,
  readMembers,
  storeMembers,
} from "./state";

/** What the engine stores of a client activation after a rollout; `machines` are those that it still works on. */
export function groupOutputs(
  inputs: ClientActivationInputs,
  machines: Member[],
  states: MemberState[],
): ClientActivationOutputs {
  const { name, os, edition, setupKey, hostsReady, discovery, hostNames, hostAddresses, lookupDomain } =
    inputs;
  const { office = "", threshold, onRemove, rollout } = inputs;
  const withSsh = overSsh(machines);
  return {
    name,
    os,
    edition,
    office,
    setupKey,
    hostsReady,
    discovery,
    hostNames,
    hostAddresses,
    lookupDomain,
    threshold,
    onRemove,
    ...(withSsh.length > 0 && { machines: withSsh }),
    maxConcurrent: rolloutSettings(rollout, machines.length).maxConcurrent,
    ...storeMembers(states),
    machinesMissing: machinesMissing(states, threshold),
  };
}

/** Members whose address has secrets, so that it is stored beside their state. */
export const overSsh = (machines: readonly Member[]) => machines.filter(({ ssh }) => ssh !== undefined);

/** Members of the inputs that a member machine is configured from: any change visits all of them. */
const configuration = ["setupKey", "discovery", "hostNames", "hostAddresses", "lookupDomain"] as const;

/** How long it may take to release members that left the group. */
const releaseMinutes = 30;

/** Whether members must be told something else than before. */
export const reconfigured = (olds: ClientActivationOutputs, news: ClientActivationInputs) =>
  (olds.office ?? "") !== (news.office ?? "") ||
  configuration.some((setting) => JSON.stringify(olds[setting]) !== JSON.stringify(news[setting]));

/** Whether a state is that of this machine. */
export const sameMember = (state: MemberState, machine: Member) =>
  state.name === machine.name && memberKey(state) === memberKey(machine);

/**
 * Visits the members that are not as wanted yet, and releases those that left the group.
 * @param seen states of members that were configured otherwise since
 * @throws PartialFailure with what is done, so that the next update goes on from there
 */
export async function rollOut(
  id: string,
  inputs: ClientActivationInputs,
  olds?: ClientActivationOutputs,
  seen: readonly MemberState[] = [],
): Promise<ClientActivationOutputs> {
  const before = olds === undefined ? [] : readMembers(olds);
  const stuck = olds === undefined ? [] : await release(before, inputs, olds);
  const valid = [...(olds === undefined || reconfigured(olds, inputs) ? [] : before), ...seen];
  const settings = rolloutSettings(inputs.rollout, inputs.machines.length);
  const { states, stopped } = await visitUnfinished(inputs, settings, before, valid);
  const stuckMachines = stuck.length === 0 ? [] : machinesOf(stuck, olds!);
  const outputs = groupOutputs(inputs, [...inputs.machines, ...stuckMachines], [...states, ...stuck]);
  const failure =
    rolloutFailure({ name: inputs.name, members: states, rollout: settings, stopped }) ??
    (stuck.length > 0 ? releaseFailure(inputs.name, stuck) : undefined);
  if (failure !== undefined) {
    throw new PartialFailure(id, outputs, failure);
  }
  return outputs;
}

/** Visits who is not done, and gives the states of all members in the order of the inputs. */
async function visitUnfinished(
  inputs: ClientActivationInputs,
  rollout: RolloutSettings,
  before: MemberState[],
  valid: MemberState[],
): Promise<{ states: MemberState[]; stopped?: RolloutStop }> {
  const known = byKey(before);
  const done = byKey(valid.filter(({ status }) => status === "Licensed"));
  const stateOf = (machine: Member) => {
    const state = done.get(memberKey(machine));
    return state !== undefined && sameMember(state, machine) ? state : undefined;
  };
  const unfinished = inputs.machines.filter((machine) => stateOf(machine) === undefined);
  const visited = await rollOutMembers(
    rolloutOrder(unfinished, (machine) => known.get(memberKey(machine))?.status),
    {
      desired: {
        ...desiredMember(inputs),
        ...(inputs.convertFrom !== "" && { convertFrom: inputs.convertFrom }),
      },
      pins: pinnedHosts(inputs.machines, inputs, valid),
      os: inputs.os,
      office: inputs.office,
      hosts: inputs.hosts,
      threshold: inputs.threshold,
      counted: new Set(before.filter(({ status }) => status === "Pending").map(memberKey)),
      rollout,
      options: deadlineIn(rollout.deadlineMinutes),
      report: (text) => report(inputs.name, text),
    },
  );
  const seen = byKey(visited.states);
  const states = inputs.machines.map((machine) => stateOf(machine) ?? seen.get(memberKey(machine))!);
  return { states, stopped: visited.stopped };
}

/** Releases members that left the group, if that is wanted; gives those that could not be. */
async function release(
  before: MemberState[],
  inputs: ClientActivationInputs,
  olds: ClientActivationOutputs,
): Promise<MemberState[]> {
  if (inputs.onRemove !== "clearKmsHost") {
    return [];
  }
  const present = new Set(inputs.machines.map(memberKey));
  return releaseMembers(
    before.filter((member) => !present.has(memberKey(member))),
    {
      maxConcurrent: olds.maxConcurrent,
      options: deadlineIn(releaseMinutes),
      license: desiredMember(olds),
      addressOf: addressesIn(olds),
    },
  );
}

/** The addresses of members that are not in the program any more, as far as they are not part of their state. */
function machinesOf(states: MemberState[], { machines = [] }: ClientActivationOutputs): Member[] {
  const wanted = new Set(states.map(memberKey));
  return machines.filter((machine) => wanted.has(memberKey(machine)));
}

const byKey = (states: MemberState[]) => new Map(states.map((state) => [memberKey(state), state]));
