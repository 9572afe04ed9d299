import * as pulumi from "@pulumi/pulumi";
import type { ConvertFrom } from "../activation/client-wish";
import { parseAzureVmId } from "../azure/azure-vm-id";
import { createAzureKmsRoutes } from "./azure-kms-routes";
import { officeNameOf } from "../catalog/office";
import { findSetupKey } from "../catalog/setup-keys";
import { computerNamePrefixFrom, numberedComputerName } from "../vm/computer-name";
import { ClientActivation } from "../dynamic/client-activation";
import type { OnRemove } from "../dynamic/release-members";
import type { StoredMember } from "../dynamic/stored-members";
import { discoveryOf } from "./group-discovery";
import { groupScaleSet } from "./group-scale-set";
import { notObserved } from "../host/host-lookup";
import type { KMSClientGroupArgs } from "./kms-client-group-args";
import type { KMSHost } from "../host/kms-host";
import { sshName } from "../machine/ssh-address";
import { groupThreshold } from "../rules/group-threshold";
import type { SshMachineArgs } from "../args/ssh-args";
import { createWindowsMachine } from "../vm/windows-machine";

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
  const office = pulumi.output(args.office ?? "").apply((version) => version && officeNameOf(version));
  const setupKey = pulumi
    .all([args.productKey, os, office, edition])
    .apply(([given, osName, suite, product]) => given ?? findSetupKey(suite || osName, product)?.key ?? "");
  const settings = {
    office,
    setupKey,
    hostsReady: args.hosts === undefined ? true : hostsReady(args.hosts, office),
    ...discoveryOf(args),
    threshold: args.hosts === undefined ? noThreshold : thresholdFor(os, office),
    convertFrom: pulumi.output(args.convertFrom ?? "").apply((former) => former as ConvertFrom | ""),
  };
  const routes =
    args.azureKmsRoutes === undefined ? [] : createAzureKmsRoutes(name, args.azureKmsRoutes, parent);
  const dependsOn = [...hosts, ...routes];
  const scaleSet = groupScaleSet(name, args, settings, { parent, dependsOn });
  const { members, machinesMissing } = new ClientActivation(
    `${name}-activation`,
    {
      name,
      machines: scaleSet === undefined ? groupMachines(name, args, parent) : [],
      ...(scaleSet && { scaleSet }),
      os,
      edition,
      hosts: hosts.map(({ name, keyGroup, os: hostOs, officeVersions }) => ({
        name,
        keyGroup,
        os: hostOs,
        office: officeVersions,
      })),
      acceptUnlisted: args.acceptUnlisted ?? false,
      ...settings,
      rollout: args.rollout ?? {},
      onRemove: pulumi.output(args.onRemove ?? "leave").apply((what) => what as OnRemove),
    },
    { parent, dependsOn },
  );
  return { members, machinesMissing };
}

const groupMachines = (name: string, args: KMSClientGroupArgs, parent: pulumi.Resource) =>
  args.vms === undefined ? existingMachines(args) : createMachines(name, args, parent);

const thresholdFor = (os: pulumi.Input<string>, office: pulumi.Output<string>) =>
  pulumi
    .all([os, office])
    .apply(([name, suite]) => groupThreshold({ os: name, ...(suite !== "" && { office: suite }) }));

/** Whether one of the hosts is activated for what the group activates, as far as it was looked at. */
function hostsReady(hosts: KMSHost[], office: pulumi.Output<string>): pulumi.Output<boolean> {
  const states = hosts.map(({ licenseStatus, officeKeys }) =>
    pulumi.all([licenseStatus, officeKeys, office]),
  );
  return pulumi
    .all(states)
    .apply((all) =>
      all.some(([windows, keys, wanted]) =>
        wanted === ""
          ? canServe(windows)
          : keys.some((key) => key.office === wanted && canServe(key.licenseStatus)),
      ),
    );
}

const canServe = (licenseStatus: string) => licenseStatus === "Licensed" || licenseStatus === notObserved;

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
    const spec = {
      computerName: prefix.apply((begin) => numberedComputerName(begin, index + 1)),
      computerNameIsDefault: computerNamePrefix === undefined,
      os: args.os,
      edition: args.edition,
      args: vm,
    };
    const machine = createWindowsMachine(`${name}-${index + 1}`, spec, { parent });
    return { name: machine.computerName, azureVmId: machine.vm.id };
  });
}
