import type { MemberState } from "../activation/client-outcome";
import { machinesMissing } from "../activation/machines-missing";
import { rolloutSettings } from "../activation/rollout-settings";
import type { ClientActivationInputs, ClientActivationOutputs } from "./client-activation";
import type { Member } from "./group-member";
import { storeMembers } from "./stored-members";

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
