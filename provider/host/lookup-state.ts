import * as pulumi from "@pulumi/pulumi";
import { delegate } from "../engine/delegate";
import type { ResourceInputs } from "../engine/inputs";
import type { SshAddress } from "../machine/ssh-address";
import type { OfficeKeyState } from "./observed";

/** What the engine hands to the handler of a host that is only looked at. */
export interface HostLookupInputs {
  kind: "HostLookup";
  /** Logical name of the KMSHost, for messages. */
  name: string;
  /** Azure resource ID; "" for a machine over SSH. */
  azureVmId: string;
  /** Holds secrets. */
  ssh?: SshAddress;
  keyGroup: string;
  os: string;
  /** Port that the program expects; 0 for any. */
  declaredPort: number;
  /** Full names of the Office versions that it is said to have a host key for. */
  officeVersions: string[];
}

/** What was seen of the host when it was last looked at. */
export interface HostLookupOutputs {
  name: string;
  azureVmId: string;
  /** The same member as in the inputs, so that the engine keeps its secrets encrypted. */
  ssh?: SshAddress;
  keyGroup: string;
  os: string;
  declaredPort: number;
  officeVersions: string[];
  /** SMBIOS UUID. */
  machineId: string;
  computerName: string;
  /** AD domain, or "" in a workgroup. */
  domain: string;
  partialProductKey: string;
  licenseStatus: string;
  currentCount: number;
  officeKeys: OfficeKeyState[];
  port: number;
  /** What a refresh found that keeps it from being the declared host, in words. */
  drift: string[];
}

/** A KMS host that is looked at, and never changed. */
export class HostLookup extends pulumi.dynamic.Resource {
  declare readonly machineId: pulumi.Output<string>;
  declare readonly computerName: pulumi.Output<string>;
  declare readonly domain: pulumi.Output<string>;
  declare readonly partialProductKey: pulumi.Output<string>;
  declare readonly licenseStatus: pulumi.Output<string>;
  declare readonly currentCount: pulumi.Output<number>;
  declare readonly officeKeys: pulumi.Output<OfficeKeyState[]>;
  declare readonly port: pulumi.Output<number>;

  constructor(name: string, inputs: ResourceInputs<HostLookupInputs>, opts?: pulumi.CustomResourceOptions) {
    const outputs = {
      machineId: undefined,
      computerName: undefined,
      domain: undefined,
      partialProductKey: undefined,
      licenseStatus: undefined,
      currentCount: undefined,
      officeKeys: undefined,
      port: undefined,
    };
    super(delegate, name, { ...outputs, ...inputs, kind: "HostLookup" }, opts, "kms", "HostLookup");
  }
}
