import * as pulumi from "@pulumi/pulumi";
import type { ConvertFrom } from "../activation/client-wish";
import type { RolloutSettings } from "../activation/rollout-settings";
import type { ResourceInputs } from "./deep-input";
import { delegate } from "./delegate";
import type { Member } from "./group-member";
import type { HostAddress } from "./group-wish";
import type { OnRemove } from "./release-members";
import type { StoredMember, StoredMembers } from "./stored-members";

/** What the engine hands to the handler of a client activation. */
export interface ClientActivationInputs {
  kind: "ClientActivation";
  /** Logical name of the KMSClientGroup, for messages. */
  name: string;
  machines: Member[];
  os: string;
  edition: string;
  /** KMS hosts that may serve the group; none for Azure's own KMS. */
  hosts: { name: string; keyGroup: string; os: string }[];
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
  os: string;
  edition: string;
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
