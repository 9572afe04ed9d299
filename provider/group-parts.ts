import * as pulumi from "@pulumi/pulumi";
import type { ConvertFrom } from "./activation/client-wish";
import { parseAzureVmId } from "./azure/azure-vm-id";
import { createAzureKmsRoutes } from "./azure-kms-routes";
import { thresholdOf } from "./catalog/threshold";
import { findSetupKey } from "./catalog/setup-keys";
import { computerNamePrefixFrom, numberedComputerName } from "./computer-name";
import { ClientActivation } from "./dynamic/client-activation";
import type { OnRemove } from "./dynamic/release-members";
import type { StoredMember } from "./dynamic/stored-members";
import { discoveryOf } from "./group-discovery";
import type { KMSClientGroupArgs } from "./kms-client-group-args";
import { sshName } from "./machine/ssh-address";
import type { SshMachineArgs } from "./ssh-args";
import { createWindowsMachine } from "./windows-machine";

/** The outputs of a client group's children. */
export interface GroupParts {
  members: pulumi.Output<StoredMember[]>;
  machinesMissing: pulumi.Output<number>;
}

/** A machine that shall be a KMS client, created or taken over. */
interface GroupMachine {
  name: pulumi.Output<string>;
  /** "" for a machine over SSH. */
  azureVmId: pulumi.Output<string>;
  ssh?: SshMachineArgs;
}

/** Azure's own KMS activates the first machine that asks. Source: learn.microsoft.com activation-error-0xc004f038. */
const noThreshold = 1;

/** Declares the children of a client group: its machines, its routes to Azure's own KMS, and one activation for all of them. */
export function createGroupParts(
  name: string,
  args: KMSClientGroupArgs,
  parent: pulumi.Resource,
): GroupParts {
  const { os, edition, hosts = [] } = args;
  const machines = args.vms === undefined ? existingMachines(args) : createMachines(name, args, parent);
  const setupKey = pulumi
    .all([args.productKey, os, edition])
    .apply(([given, osName, editionName]) => given ?? findSetupKey(osName, editionName)?.key ?? "");
  const routes =
    args.azureKmsRoutes === undefined ? [] : createAzureKmsRoutes(name, args.azureKmsRoutes, parent);
  const { members, machinesMissing } = new ClientActivation(
    `${name}-activation`,
    {
      name,
      machines,
      os,
      edition,
      hosts: hosts.map(({ name, keyGroup, os: hostOs }) => ({ name, keyGroup, os: hostOs })),
      hostsReady: pulumi
        .all(hosts.map(({ licenseStatus }) => licenseStatus))
        .apply((all) => hosts.length === 0 || all.includes("Licensed")),
      acceptUnlisted: args.acceptUnlisted ?? false,
      setupKey,
      ...discoveryOf(args),
      threshold: args.hosts === undefined ? noThreshold : pulumi.output(os).apply(thresholdOf),
      rollout: args.rollout ?? {},
      onRemove: pulumi.output(args.onRemove ?? "leave").apply((what) => what as OnRemove),
      convertFrom: pulumi.output(args.convertFrom ?? "").apply((former) => former as ConvertFrom | ""),
    },
    { parent, dependsOn: [...hosts, ...routes] },
  );
  return { members, machinesMissing };
}

/** One entry for each ID, so that one that is not known yet leaves the others known. */
function existingMachines(
  args: KMSClientGroupArgs,
): GroupMachine[] | pulumi.Output<pulumi.Unwrap<GroupMachine>[]> {
  if (args.ssh !== undefined) {
    return args.ssh.map(sshMachine);
  }
  const ids = args.azureVmIds!;
  const entry = (id: pulumi.Input<string>): GroupMachine => {
    const azureVmId = pulumi.output(id);
    return { azureVmId, name: azureVmId.apply((known) => parseAzureVmId(known).vmName) };
  };
  return Array.isArray(ids)
    ? ids.map(entry)
    : pulumi.output(ids).apply((known) => pulumi.all(known.map(entry)));
}

const sshMachine = (ssh: SshMachineArgs): GroupMachine => ({
  name: pulumi.all([ssh.host, ssh.port]).apply(([host, port]) => sshName({ host, port })),
  azureVmId: pulumi.output(""),
  ssh,
});

function createMachines(name: string, args: KMSClientGroupArgs, parent: pulumi.Resource): GroupMachine[] {
  const { count, computerNamePrefix, ...vm } = args.vms!;
  const prefix = pulumi.output(computerNamePrefix ?? computerNamePrefixFrom(name));
  return Array.from({ length: count }, (_, index) => {
    const computerName = prefix.apply((begin) => numberedComputerName(begin, index + 1));
    const spec = { computerName, os: args.os, edition: args.edition, args: vm };
    return {
      name: computerName,
      azureVmId: createWindowsMachine(`${name}-${index + 1}`, spec, { parent }).vm.id,
    };
  });
}
