import * as pulumi from "@pulumi/pulumi";
import { parseAzureVmId } from "../azure/resource-ids";
import { delegate } from "../engine/delegate";
import type { ResourceInputs } from "../engine/inputs";
import { type SshAddress, sshKey } from "../machine/ssh-address";
import type { HostAddress } from "./desired";
import type { MemberState } from "./member";
import type { OnRemove } from "./member-work";
import type { ConvertFrom } from "./plan";
import type { RolloutSettings } from "./rollout-plan";
import type { ScaleSetInputs, ScaleSetOutputs } from "./scale-set-group";

/** A machine of a client group, as the program gives it. */
export interface Member {
  name: string;
  /** Azure resource ID; "" for a machine over SSH. */
  azureVmId: string;
  /** Holds secrets. */
  ssh?: SshAddress;
}

/** What the state of a member names it by: without secrets. */
export function namedMember({ name, azureVmId, ssh }: Member): {
  name: string;
  azureVmId: string;
  ssh?: string;
} {
  return { name, azureVmId, ...(ssh && { ssh: sshKey(ssh) }) };
}

/** What tells members apart: machines of several resource groups may have the same name. */
export const memberKey = ({ azureVmId, ssh }: { azureVmId: string; ssh?: SshAddress | string }) =>
  typeof ssh === "object" ? sshKey(ssh) : (ssh ?? azureVmId.toLowerCase());

/** What was seen of one member of a client group, as the stack keeps it: small, since a group may have thousands. */
export interface StoredMember extends Omit<MemberState, "azureVmId"> {
  /**
   * Where the virtual machine is, `resourceGroup/name`; of one in another subscription than the group's first
   * `subscription/resourceGroup/name`; "" for a machine over SSH and for an instance of a Uniform scale set.
   */
  vm: string;
}

/** The members as they are stored, and the subscription that their places are relative to. */
export interface StoredMembers {
  subscriptionId: string;
  members: StoredMember[];
}

/** Shortens the members' Azure resource IDs, which would be the largest part of the state. */
export function storeMembers(states: readonly MemberState[]): StoredMembers {
  const first = states.find(({ azureVmId }) => azureVmId !== "");
  const subscriptionId = first === undefined ? "" : parseAzureVmId(first.azureVmId).subscriptionId;
  const members = states.map(({ name, azureVmId, ...seen }): StoredMember => ({
    name,
    vm: azureVmId === "" ? "" : placeOf(azureVmId, subscriptionId),
    ...seen,
  }));
  return { subscriptionId, members };
}

/** The members with their full Azure resource IDs. */
export function readMembers({ subscriptionId, members }: StoredMembers): MemberState[] {
  return members.map(({ name, vm, ...seen }) => ({
    name,
    azureVmId: vm === "" ? "" : idOf(vm, subscriptionId),
    ...seen,
  }));
}

function placeOf(azureVmId: string, common: string): string {
  const { subscriptionId, resourceGroupName, vmName } = parseAzureVmId(azureVmId);
  const place = `${resourceGroupName}/${vmName}`;
  return subscriptionId.toLowerCase() === common.toLowerCase() ? place : `${subscriptionId}/${place}`;
}

function idOf(place: string, common: string): string {
  const [vmName, resourceGroupName, subscriptionId = common] = place.split("/").reverse();
  return (
    `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroupName}` +
    `/providers/Microsoft.Compute/virtualMachines/${vmName}`
  );
}

/** What the engine hands to the handler of a client activation. */
export interface ClientActivationInputs {
  kind: "ClientActivation";
  /** Logical name of the KMSClientGroup, for messages. */
  name: string;
  machines: Member[];
  /** The scale set whose instances are the members, in place of `machines`. */
  scaleSet?: ScaleSetInputs;
  os: string;
  /** Of the operating system; of Office for a group of Office clients. */
  edition: string;
  /** Full name of the Office version, for a group of Office clients; "" for Windows. */
  office?: string;
  /**
   * KMS hosts that may serve the group, none for Azure's own KMS; `office` names the Office versions that they have a
   * host key for.
   */
  hosts: { name: string; keyGroup: string; os: string; office?: string[] }[];
  /** Whether one of them is activated; Azure's own always is. */
  hostsReady: boolean;
  /** Whether a pair that Microsoft's table does not list is tried all the same. */
  acceptUnlisted: boolean;
  /** KMS client setup key (GVLK); public. */
  setupKey: string;
  discovery: "dns" | "host";
  /** Names of the hosts that may serve the group. */
  hostNames: string[];
  /** For discovery `host`: the hosts that members are pinned to; empty for `dns`. */
  hostAddresses: HostAddress[];
  /** For discovery `dns`; "" for the machine's own DNS suffix. */
  lookupDomain: string;
  /** Count that a KMS host must have reached before it activates members. */
  threshold: number;
  /** What the program says of the rollout; the rest is computed by the number of machines. */
  rollout: Partial<RolloutSettings>;
  /** What becomes of members that leave the group. */
  onRemove: OnRemove;
  /** What the members were activated by before; "" for nothing that matters. */
  convertFrom: ConvertFrom | "";
}

/** What the engine stores of a client activation. */
export interface ClientActivationOutputs extends StoredMembers {
  name: string;
  /** Members over SSH; the same member as in the inputs, so that the engine keeps its secrets encrypted. */
  machines?: Member[];
  scaleSet?: ScaleSetOutputs;
  os: string;
  edition: string;
  office?: string;
  setupKey: string;
  hostsReady: boolean;
  discovery: "dns" | "host";
  hostNames: string[];
  hostAddresses: HostAddress[];
  lookupDomain: string;
  threshold: number;
  onRemove: OnRemove;
  /** How many members are looked at or released at the same time. */
  maxConcurrent: number;
  /** Machines that the KMS host must still hear from before pending members can be activated. */
  machinesMissing: number;
}

/** KMS client setup key, discovery and activation of all members of one group. */
export class ClientActivation extends pulumi.dynamic.Resource {
  declare readonly members: pulumi.Output<StoredMember[]>;
  declare readonly machinesMissing: pulumi.Output<number>;

  constructor(
    name: string,
    inputs: ResourceInputs<ClientActivationInputs>,
    opts?: pulumi.CustomResourceOptions,
  ) {
    const props = { members: undefined, machinesMissing: undefined, ...inputs, kind: "ClientActivation" };
    super(delegate, name, props, opts, "kms", "ClientActivation");
  }
}
