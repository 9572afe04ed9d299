import * as pulumi from "@pulumi/pulumi";
import type { MemberState } from "../activation/client-outcome";
import type { ResourceInputs } from "./deep-input";
import { delegate } from "./delegate";

/** What the engine hands to the handler of a client activation. */
export interface ClientActivationInputs {
  kind: "ClientActivation";
  /** Logical name of the KMSClientGroup, for messages. */
  name: string;
  machines: { name: string; azureVmId: string }[];
  os: string;
  edition: string;
  /** KMS hosts that may serve the group: logical name and product key group. */
  hosts: { name: string; keyGroup: string }[];
  /** Whether a pair that Microsoft's table does not list is tried all the same. */
  acceptUnlisted: boolean;
  /** KMS client setup key (GVLK); public. */
  setupKey: string;
  discovery: "dns" | "host";
  /** Names of the hosts that may serve the group. */
  hostNames: string[];
  /** For discovery `host`: the name that members are pinned to. */
  hostName: string;
  hostPort: number;
  /** For discovery `dns`; "" for the machine's own DNS suffix. */
  lookupDomain: string;
  /** Count that a KMS host must have reached before it activates members. */
  threshold: number;
  maxConcurrent: number;
  deadlineMinutes: number;
}

/** What the engine stores of a client activation. */
export interface ClientActivationOutputs {
  name: string;
  os: string;
  edition: string;
  setupKey: string;
  discovery: "dns" | "host";
  hostNames: string[];
  hostName: string;
  hostPort: number;
  lookupDomain: string;
  threshold: number;
  maxConcurrent: number;
  members: MemberState[];
  /** Machines that the KMS host must still hear from before pending members can be activated. */
  machinesMissing: number;
}

/** KMS client setup key, discovery and activation of all members of one group. */
export class ClientActivation extends pulumi.dynamic.Resource {
  declare readonly members: pulumi.Output<MemberState[]>;
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
