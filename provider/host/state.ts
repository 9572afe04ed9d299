import * as pulumi from "@pulumi/pulumi";
import { delegate } from "../engine/delegate";
import type { ResourceInputs } from "../engine/inputs";
import type { HostLimitException, SpentElsewhere } from "../ledger/document";
import type { SshAddress } from "../machine/ssh-address";
import type { HostSettings } from "./settings";

/** What the engine hands to the handler of a host activation. */
export interface HostActivationInputs extends HostSettings {
  kind: "HostActivation";
  /** Logical name of the KMSHost, for messages. */
  name: string;
  /** Azure resource ID; "" for a machine over SSH. */
  azureVmId: string;
  /** Holds secrets. */
  ssh?: SshAddress;
  keyGroup: string;
  /** The KMS host key; secret. */
  productKey: string;
  /** Confirmation ID of Microsoft's telephone line, "" for none; secret. */
  confirmationId: string;
  /** URL of the ledger; "" for the default. */
  ledger: string;
  /** Stack that the ledger knows the host by, `organization/project/stack`. */
  stack: string;
  /** What was spent of the key outside the ledger; null for nothing. */
  activationsSpent: SpentElsewhere | null;
  /** More hosts than usual, as Microsoft granted them; null for none. */
  hostLimitException: HostLimitException | null;
  /** Whether a host of another stack is taken over. */
  adopt: boolean;
  /** Whether the machine stays when the resource is deleted; it is then made a KMS client again. */
  keepMachine: boolean;
  deadlineMinutes: number;
}

/** What the engine stores of a host activation: never the key itself. */
export interface HostActivationOutputs extends HostSettings {
  name: string;
  azureVmId: string;
  /** The same member as in the inputs, so that the engine keeps its secrets encrypted. */
  ssh?: SshAddress;
  keyGroup: string;
  keyFingerprint: string;
  keyEnding: string;
  keepMachine: boolean;
  ledger: string;
  stack: string;
  /** SMBIOS UUID. */
  machineId: string;
  computerName: string;
  /** AD domain, or "" in a workgroup. */
  domain: string;
  osBuild: string;
  editionId: string;
  partialProductKey: string;
  licenseStatus: string;
  /** What Microsoft's telephone line is told; "" unless activation is `offline`. */
  installationId: string;
  /** Whether a confirmation ID was deposited. */
  confirmed: boolean;
  currentCount: number;
  /** When this resource activated the host, by the machine's clock, ISO 8601; "" when it already was activated. */
  activationTime: string;
  /** What differed from the desired when the machine was last looked at, in words. */
  drift: string[];
}

/** One KMS host key installed and activated on one machine. */
export class HostActivation extends pulumi.dynamic.Resource {
  declare readonly machineId: pulumi.Output<string>;
  declare readonly computerName: pulumi.Output<string>;
  declare readonly domain: pulumi.Output<string>;
  declare readonly osBuild: pulumi.Output<string>;
  declare readonly editionId: pulumi.Output<string>;
  declare readonly partialProductKey: pulumi.Output<string>;
  declare readonly licenseStatus: pulumi.Output<string>;
  declare readonly installationId: pulumi.Output<string>;
  declare readonly currentCount: pulumi.Output<number>;
  declare readonly activationTime: pulumi.Output<string>;
  declare readonly port: pulumi.Output<number>;

  constructor(
    name: string,
    inputs: ResourceInputs<HostActivationInputs>,
    opts?: pulumi.CustomResourceOptions,
  ) {
    const outputs = {
      machineId: undefined,
      computerName: undefined,
      domain: undefined,
      osBuild: undefined,
      editionId: undefined,
      partialProductKey: undefined,
      licenseStatus: undefined,
      installationId: undefined,
      currentCount: undefined,
      activationTime: undefined,
    };
    const props = {
      ...outputs,
      ...inputs,
      productKey: pulumi.secret(inputs.productKey),
      confirmationId: pulumi.secret(inputs.confirmationId),
      kind: "HostActivation",
    };
    super(delegate, name, props, opts, "kms", "HostActivation");
  }
}
