import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import type { HostActivationMode } from "../activation/host-wish";
import type { OfficeKeyState } from "../activation/office-key-state";
import { osFamily } from "../catalog/os-family";
import { limits } from "../catalog/limits";
import { computerNameFrom } from "../vm/computer-name";
import { defaultEdition } from "../vm/default-edition";
import type { ResourceInputs } from "../dynamic/deep-input";
import { HostActivation, type HostActivationInputs } from "../dynamic/host-activation";
import type { RecordPublisher } from "../dynamic/srv-record";
import { createOfficeKeys } from "./host-office-keys";
import { createRecords } from "./host-records";
import type { KMSHostArgs } from "./kms-host-args";
import { kmsPortRules } from "./kms-port-rules";
import { addressOf, fullNameOf } from "../vm/machine-names";
import { organization } from "../program/organization";
import type { SshMachineArgs } from "../args/ssh-args";
import { createWindowsMachine } from "../vm/windows-machine";

/** The outputs of a KMS host's children. */
export interface HostParts {
  azureVmId: pulumi.Output<string>;
  machineId: pulumi.Output<string>;
  fqdn: pulumi.Output<string>;
  /** All names that clients may find the host under: one for each zone, else its private address or its own name. */
  names: pulumi.Output<string[]>;
  partialProductKey: pulumi.Output<string>;
  licenseStatus: pulumi.Output<string>;
  installationId: pulumi.Output<string>;
  currentCount: pulumi.Output<number>;
  activationTime: pulumi.Output<string>;
  /** One for each Office version of the arguments, in their order. */
  officeKeys: pulumi.Output<OfficeKeyState[]>;
  port: pulumi.Output<number>;
}

/** A machine that shall be a KMS host, created or taken over. */
interface HostMachine {
  /** "" for a machine over SSH. */
  azureVmId: pulumi.Output<string>;
  ssh?: SshMachineArgs;
  /** Undefined for a machine that is taken over: it tells its name itself. */
  computerName?: pulumi.Output<string>;
  /** Undefined for a machine over SSH, whose network is not known here. */
  privateIpAddress?: () => pulumi.Output<string>;
}

/** Declares the children of a KMS host: machine, activation, address and SRV records. */
export function createHostParts(name: string, args: KMSHostArgs, parent: pulumi.Resource): HostParts {
  const machine = args.vm === undefined ? existingMachine(args, parent) : createMachine(name, args, parent);
  const port = pulumi.output(args.port ?? limits.kmsPort);
  const inputs = activationInputs(name, args, machine, port);
  const activation = new HostActivation(`${name}-activation`, inputs, { parent });
  const officeKeys = createOfficeKeys(name, args, { activation, inputs }, parent);
  const computerName = machine.computerName ?? activation.computerName;
  const recorded = { ...machine, name, computerName, port, publishedBy: publisherOf(args), activation };
  const published = (args.srvRecords ?? []).map((record, index) =>
    createRecords(recorded, record, index, parent),
  );
  const own = machine.privateIpAddress?.() ?? fullNameOf(activation, args.ssh);
  const names = published.length > 0 ? published : [own];
  return {
    azureVmId: machine.azureVmId,
    machineId: activation.machineId,
    fqdn: names[0],
    names: pulumi.all(names),
    partialProductKey: activation.partialProductKey,
    licenseStatus: activation.licenseStatus,
    installationId: activation.installationId,
    currentCount: activation.currentCount,
    activationTime: activation.activationTime,
    officeKeys,
    port,
  };
}

function createMachine(name: string, args: KMSHostArgs, parent: pulumi.Resource): HostMachine {
  const vmArgs = args.vm!;
  const { resourceGroupName, location, tags } = vmArgs;
  const securityRules = kmsPortRules(args.clientPrefixes ?? [], args.port ?? limits.kmsPort);
  const nsg = new network.NetworkSecurityGroup(
    `${name}-nsg`,
    { resourceGroupName, location, tags, securityRules },
    { parent },
  );
  const edition = args.edition ?? pulumi.output(args.os).apply(defaultEdition);
  const spec = {
    computerName: args.computerName ?? computerNameFrom(name),
    computerNameIsDefault: args.computerName === undefined,
    os: args.os,
    edition,
    args: vmArgs,
    networkSecurityGroupId: nsg.id,
  };
  const { vm, computerName, privateIpAddress } = createWindowsMachine(name, spec, { parent });
  return { azureVmId: vm.id, computerName, privateIpAddress: () => privateIpAddress };
}

function existingMachine(args: KMSHostArgs, parent: pulumi.Resource): HostMachine {
  if (args.ssh !== undefined) {
    return { azureVmId: pulumi.output(""), ssh: args.ssh };
  }
  const azureVmId = pulumi.output(args.azureVmId!);
  return { azureVmId, privateIpAddress: () => addressOf(azureVmId, parent) };
}

const publisherOf = ({ dnsPublishing }: KMSHostArgs) =>
  pulumi.output(dnsPublishing ?? "package").apply((publisher) => publisher as RecordPublisher);

function activationInputs(
  name: string,
  args: KMSHostArgs,
  machine: HostMachine,
  port: pulumi.Output<number>,
): ResourceInputs<HostActivationInputs> {
  return {
    name,
    azureVmId: machine.azureVmId,
    ...(machine.ssh && { ssh: machine.ssh }),
    os: args.os,
    keyGroup: args.keyGroup,
    productKey: args.productKey,
    activation: pulumi.output(args.activation ?? "online").apply((mode) => mode as HostActivationMode),
    confirmationId: pulumi.output(args.confirmationId ?? "").apply((id) => id.replace(/-/g, "")),
    port,
    activationIntervalMinutes: args.activationIntervalMinutes ?? limits.activationIntervalMinutes,
    renewalIntervalMinutes: args.renewalIntervalMinutes ?? limits.renewalIntervalMinutes,
    lowPriority: args.lowPriority ?? false,
    dnsPublishing: publisherOf(args).apply(
      (publisher) => publisher === "host" || (args.srvRecords ?? []).length === 0,
    ),
    installRole: pulumi.output(args.os).apply((os) => osFamily(os) === "server"),
    firewallProfiles: args.firewallProfiles ?? ["Domain", "Private", "Public"],
    keepMachine: args.vm === undefined,
    ledger: args.ledger ?? "",
    stack: `${organization()}/${pulumi.getProject()}/${pulumi.getStack()}`,
    activationsSpent: args.activationsSpent ?? null,
    hostLimitException: args.hostLimitException ?? null,
    adopt: args.adopt ?? false,
    deadlineMinutes: args.deadlineMinutes ?? 60,
  };
}
