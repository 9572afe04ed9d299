import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { azureCloud } from "../azure/cloud";
import { parseAzureVmId } from "../azure/resource-ids";
import { azureKmsAddresses, azureKmsOf } from "../catalog/azure-kms";
import { officeNameOf } from "../catalog/key-groups";
import { limits } from "../catalog/limits";
import { findSetupKey } from "../catalog/setup-keys";
import type { SshMachineArgs } from "../component/old-args";
import type { KMSHost } from "../host/kms-host";
import { notObserved } from "../host/lookup";
import { createWindowsMachine } from "../host/windows-machine";
import { sshName } from "../machine/ssh-address";
import { groupThreshold } from "../rules/counts";
import { decideDiscovery } from "../rules/discovery";
import { computerNamePrefixFrom, numberedComputerName } from "../rules/names";
import type { OnRemove } from "./member-work";
import type { AzureKmsRoutesArgs, KMSClientGroupArgs } from "./old-args";
import type { ConvertFrom } from "./plan";
import type { ScaleSetInputs } from "./scale-set-group";
import { type ExtensionSettings, instanceExtension } from "./scale-set-instances";
import { ClientActivation, type StoredMember } from "./state";
import { createWindowsScaleSet } from "./windows-scale-set";

/**
 * Routes that take requests to Azure's own KMS straight to the Internet, past a default route that leads elsewhere:
 * one for each of its addresses, named for it, so that an address that Microsoft adds changes no other route.
 */
export function createAzureKmsRoutes(
  name: string,
  { resourceGroupName, routeTableName }: AzureKmsRoutesArgs,
  parent: pulumi.Resource,
): network.Route[] {
  return azureKmsAddresses(azureKmsOf(azureCloud(process.env))).map(
    (address) =>
      new network.Route(
        `${name}-azkms-${address}`,
        {
          resourceGroupName,
          routeTableName,
          routeName: routeName(name, address),
          addressPrefix: `${address}/32`,
          nextHopType: network.RouteNextHopType.Internet,
        },
        { parent },
      ),
  );
}

/** Azure takes letters, digits, `_`, `.` and `-`, a letter or digit first and no hyphen last, at most 80 characters. */
function routeName(group: string, address: string): string {
  const readable = group.replace(/[^A-Za-z0-9]+/g, "-").slice(0, longestGroupPart);
  return `azkms-${readable}-${address}`;
}

const longestGroupPart = 50;

/** How members find a KMS host, with the names that they find. */
export const discoveryOf = (args: KMSClientGroupArgs) =>
  args.hosts === undefined ? azureKmsByName() : discoveryOfHosts(args, args.hosts);

/** Members of Azure's own KMS are told its name: an image may have been told another host's. */
function azureKmsByName() {
  const { servers } = azureKmsOf(azureCloud(process.env));
  return {
    discovery: "host" as const,
    lookupDomain: "",
    hostNames: servers.map(({ name }) => name),
    hostAddresses: [{ name: servers[0].name, port: limits.kmsPort }],
  };
}

/** As the rules decide it. */
function discoveryOfHosts(args: KMSClientGroupArgs, hosts: KMSHost[]) {
  const zones = pulumi.all(hosts.map(({ zoneNames }) => zoneNames));
  const decided = pulumi
    .all([args.discovery, args.lookupDomain, zones])
    .apply(([discovery, lookupDomain, all]) =>
      decideDiscovery({ discovery: discovery as "dns" | "host" | undefined, lookupDomain }, all),
    );
  const addresses = pulumi.all(
    hosts.map(({ fqdn, port }) => pulumi.all([fqdn, port]).apply(([name, at]) => ({ name, port: at }))),
  );
  return {
    discovery: decided.apply(({ discovery }) => discovery),
    lookupDomain: decided.apply(({ lookupDomain }) => lookupDomain ?? ""),
    hostNames: pulumi.all(hosts.map(({ names }) => names)).apply((names) => names.flat()),
    hostAddresses: pulumi
      .all([decided, addresses])
      .apply(([{ discovery }, all]) => (discovery === "host" ? all : [])),
  };
}

/** What the instances of a scale set are told, once it is known. */
type Settings = { [Name in keyof ExtensionSettings]: pulumi.Input<ExtensionSettings[Name]> };

/** The scale set whose instances are the members, created or taken over; undefined for a group of other machines. */
export function groupScaleSet(
  name: string,
  args: KMSClientGroupArgs,
  settings: Settings,
  opts: pulumi.CustomResourceOptions,
): { [Name in keyof ScaleSetInputs]: pulumi.Input<ScaleSetInputs[Name]> } | undefined {
  const { scaleSet, scaleSetId, os, edition, autoscaled = false } = args;
  if (scaleSet === undefined) {
    return scaleSetId === undefined
      ? undefined
      : { id: scaleSetId, capacity: -1, autoscaled, created: false };
  }
  const byExtension = scaleSet.orchestrationMode === "Uniform" || autoscaled;
  const extension = byExtension
    ? pulumi.output(settings).apply((known) => instanceExtension(known as ExtensionSettings))
    : undefined;
  const spec = { os, edition, args: scaleSet, autoscaled, extension };
  const { id } = createWindowsScaleSet(name, spec, opts);
  return { id, capacity: autoscaled ? -1 : scaleSet.capacity, autoscaled, created: true };
}

/** The outputs of a client group's children. */
export interface GroupChildren {
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
export function createGroupChildren(
  name: string,
  args: KMSClientGroupArgs,
  parent: pulumi.Resource,
): GroupChildren {
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
