import type { Discovery, MemberStatus, OnRemove } from "../catalog/constants";
import type { FixedArguments, FixedValues } from "../host/fixed-changes";
import type { MachineAddress } from "../machine/machine";
import { type CommonSshAddress, type SshAddress, sshKey } from "../machine/ssh-address";
import type { Finding } from "../rules/findings";
import type { AcknowledgementValues, KMSRefreshValues, KMSRolloutValues } from "../rules/args.generated";

/*
 * What the engine hands to the handler of a client activation and what it keeps of one. Outputs never hold `undefined`:
 * what does not exist is left out.
 */

/** A machine of a client group, as the program gives it: in Azure or over SSH. */
export interface Member {
  name: string;
  /** Azure resource ID. */
  azureVmId?: string;
  /** What the machine does not have in common with the others, and its port. May hold secrets. */
  ssh?: SshAddress;
}

/** What names a member in its state: without secrets. */
export type MemberName = Pick<MemberState, "name" | "azureVmId" | "ssh">;

/** The name of a member, without secrets. */
export function memberName({ name, azureVmId, ssh }: Member): MemberName {
  return {
    name,
    ...(azureVmId !== undefined && { azureVmId }),
    ...(ssh !== undefined && { ssh: sshKey(ssh) }),
  };
}

/** Tells members apart: machines of several resource groups may have the same name. */
export const memberKey = ({ azureVmId, ssh, name }: Member | MemberState): string =>
  ssh === undefined ? (azureVmId?.toLowerCase() ?? name) : typeof ssh === "string" ? ssh : sshKey(ssh);

/** Items by the key of their member. */
export const byMember = <Item extends Member | MemberState>(items: readonly Item[]): Map<string, Item> =>
  new Map(items.map((item) => [memberKey(item), item]));

/** What is known of one member of a client group. Facts of a member that did not answer are those of its last answer. */
export interface MemberState {
  /** Name of the virtual machine; `host:port` of a machine over SSH, without the port where it is 22. */
  name: string;
  /** Azure resource ID; none for a machine over SSH and for an instance of a Uniform scale set. */
  azureVmId?: string;
  /** Of a machine over SSH: where it is, and the fingerprint of its host key where one is given. */
  ssh?: string;
  /** The first characters of Azure's own number of the machine, by which one that was made again under the same ID is known. */
  vmId?: string;
  /** Where the member stood at the last update or refresh. */
  status: MemberStatus;
  /** Last five characters of the installed product key. */
  partialProductKey?: string;
  /** KMS host that answered, or that the member is pinned to. */
  kmsHost?: string;
  /** `activeDirectory` for a member that an activation object of its domain activated, which asks no KMS host. */
  activatedBy?: "activeDirectory";
  /** Count that the KMS host answered with. */
  currentCount?: number;
  /** Of a pending member: the first characters of its client machine ID. Machines that share one are counted as one. */
  machineId?: string;
  /** End of the activation, ISO 8601. */
  expiresAt?: string;
  /** When this resource had the member activated, ISO 8601; none for one that was activated before. */
  activatedAt?: string;
  /** When the member last answered, ISO 8601, by its own clock. */
  seenAt?: string;
  /** When a KMS host was last seen to have answered the member within the days before, ISO 8601, by the host's clock. */
  heardAt?: string;
  /** Computer name, where it is not the member's name up to the first dot. */
  computerName?: string;
  /** Operating system as found; none where the catalogue does not know the build. */
  os?: string;
  /** Edition as found. */
  edition?: string;
  /** Build and revision as found, for example `20348.2322`. */
  osBuild?: string;
  /** Code and text of what went wrong. */
  error?: string;
}

/** A member as it is stored: small, since a group may have thousands. A fact that it lacks is the common one. */
export interface StoredMember extends Partial<Omit<MemberState, "name" | "azureVmId">> {
  name: string;
  /** `subscription/resourceGroup` of a virtual machine. */
  scope?: string;
  /** Name of the virtual machine where it is not the member's. */
  vmName?: string;
}

/** Facts that members share, and the members with what they have of their own. */
export interface StoredMembers {
  /** Facts of every member that does not have its own; an empty text or 0 of its own stands for none. */
  common: Omit<StoredMember, "name">;
  members: StoredMember[];
}

/** A KMS host that members are pinned to. */
export interface HostAddress {
  name: string;
  port: number;
}

/** A KMS host that can be asked which machines it has answered. May hold secrets. */
export interface HostConnection extends MachineAddress {
  /** Logical name of the KMSHost. */
  name: string;
}

/** What a group knows of one of its KMS hosts; "" for what is not known. */
export interface GroupHost {
  name: string;
  keyGroup: string;
  os: string;
  /** Office versions that it has a host key for. */
  office: string[];
  /** Whether somebody else manages it, so that it may have other keys. */
  readOnly: boolean;
}

/** The scale set whose instances are the members of a group. */
export interface ScaleSetInputs {
  /** Azure resource ID. */
  id: string;
  /** Number of instances that the program declares; -1 when it declares none. */
  capacity: number;
  /** Whether an autoscaler sets the number of instances. */
  autoscaled: boolean;
  /** Whether the package creates the scale set; the model then has our extension from the start. */
  created: boolean;
}

/** What the engine stores of a scale set. */
export interface ScaleSetOutputs extends ScaleSetInputs {
  uniform: boolean;
  /** Number of our extension in the model; 0 without one. */
  timestamp: number;
}

/** What the engine hands to the handler of a client activation. */
export interface ClientActivationInputs {
  kind: "ClientActivation";
  /** Logical name of the KMSClientGroup, for messages. */
  name: string;
  machines: Member[];
  /** What the machines over SSH have in common, stored once for all of them. Holds secrets. */
  ssh?: CommonSshAddress;
  /** The scale set whose instances are the members, in place of `machines`. */
  scaleSet?: ScaleSetInputs;
  /** Operating system that the members must have; "" as found. */
  os: string;
  /** Edition that the members must have; "" as found. */
  edition: string;
  /** Full name of the Office version, for a group of Office clients; "" for Windows. */
  office: string;
  /** Edition of Office or its single product; "" for Windows. */
  officeProduct: string;
  /** KMS client setup key (GVLK), which is public; "" as found. */
  setupKey: string;
  /** KMS hosts that may serve the group, none for Azure's own KMS. */
  hosts: GroupHost[];
  /**
   * Machines of these hosts as they become known, each as `memberKey` has it without a fingerprint; "" for none. Such a
   * machine is no member.
   */
  hostMachines: string[];
  /** Those of the hosts that a refresh can ask; none for Azure's own KMS and for Office. */
  hostConnections: HostConnection[];
  /** Whether one of them is activated; Azure's own always is. */
  hostsReady: boolean;
  discovery: Discovery;
  /** Names of the hosts that may serve the group. */
  hostNames: string[];
  /** For discovery `fixedHost`: the hosts that members are pinned to; empty for `dns`. */
  hostAddresses: HostAddress[];
  /** For discovery `dns`; "" for the machine's own DNS suffix. */
  lookupDomain: string;
  /** Count from which a KMS host activates the members; 0 where that depends on what is found. */
  threshold: number;
  /** What the program says of the rollout; the rest is computed from the number of machines. */
  rollout: KMSRolloutValues;
  /** What the program says of a refresh. */
  refresh: KMSRefreshValues;
  /** Time for the work on all members; 0 as computed from their number. */
  timeoutMinutes: number;
  /** What happens to members that leave the group. */
  onRemove: OnRemove;
  /** Longest time that members may be off, in days, as the program assumes; 0 where it says nothing. */
  offlineDays: number;
  /** Tags of the run commands. */
  tags: Record<string, string>;
  /** Whether warnings are errors. */
  strict: boolean;
  /** Diagnostics that are accepted. */
  acknowledge: AcknowledgementValues[];
  /** What the preview reported of the group and its hosts that explains failures of members. */
  findings: Finding[];
  /** What the package created machines or a scale set from; left out where it creates none. */
  created?: CreatedMembers;
}

/** What the machines or the scale set of a group were created from. */
export interface CreatedMembers extends FixedArguments {
  /** Path of the arguments. */
  path: "machines.create" | "machines.scaleSet";
  /** What the disks of machines are made by; another choice replaces them. */
  choices: Record<string, string>;
  /** The machines in the order of the members, or the scale set. */
  resources: { name: string; fixed: FixedValues }[];
}

/** Inputs that the outputs keep as they are. */
export type KeptInputs = Omit<
  ClientActivationInputs,
  "kind" | "machines" | "hostMachines" | "scaleSet" | "rollout" | "findings"
>;

/** What the engine stores of a client activation. */
export interface ClientActivationOutputs extends KeptInputs, StoredMembers {
  /** Members over SSH with what they have of their own; the same member as in the inputs, so that its secrets stay secret. */
  machines?: Member[];
  scaleSet?: ScaleSetOutputs;
  /** Count from which a KMS host activates the members that are there. */
  threshold: number;
  /** How many members are read or released at the same time. */
  maxConcurrent: number;
  /** Machines that the KMS host must still count before pending members can be activated. */
  machinesMissing: number;
}
