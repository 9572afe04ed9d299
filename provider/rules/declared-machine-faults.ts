import { findEdition, findOperatingSystem } from "../catalog/operating-systems";
import { type DeclaredResource, stringAt } from "./azure-network/declared-resource";
import { imageOf, membersOf, profileOf } from "./declared-machines";
import { balancedHostDiagnostics } from "./balanced-hosts";
import { alikeDiagnostics, type Diagnostic, diagnostic, type Fault } from "./diagnostic";
import { declaredExposure } from "./exposure";
import { type GroupFacts, type HostFacts, isReadOnly, isUnknown } from "./facts";
import { lockFault } from "./locks";
import { valueAt } from "./paths";
import type { ProgramIndex } from "./program-index";

/*
 * What the program's own declaration of an existing machine says against activating it by a run command.
 */

interface Member {
  machine: DeclaredResource;
  path: string;
}

/** Of the machine of a host that the program declares. */
export function hostMachineFaults(host: HostFacts, index: ProgramIndex): Diagnostic[] {
  const members = index.network.machines(host, "machine.azureVmId");
  const fleeting = isReadOnly(host)
    ? []
    : members.flatMap(({ machine, path }) => {
        const given = fleetingPart(machine);
        const values = { machine: `the machine "${machine.name}"`, given: given ?? "" };
        return given === undefined ? [] : [diagnostic("KMS2137", "warning", path, values)];
      });
  const locks = createdLockDiagnostics(host, "machine.create", host.args.machine?.create, index);
  return [
    ...fleeting,
    ...machineFaults(host, members, index),
    ...declaredExposure(host, index),
    ...balancedHostDiagnostics(host, index),
    ...locks,
  ];
}

/**
 * What lets a machine lose its disk, and with it the activation. Source: learn.microsoft.com ephemeral-os-disks, spot-vms.
 */
function fleetingPart(machine: DeclaredResource): string | undefined {
  const at = (path: string) => stringAt(machine, path)?.toLowerCase();
  const isSpot = at("priority") === "spot" && at("evictionPolicy") === "delete";
  return at("storageProfile.osDisk.diffDiskSettings.option") === "local"
    ? "an ephemeral operating system disk, which a new deployment or a move to another Azure host empties"
    : isSpot
      ? "the priority Spot, and its eviction deletes it"
      : undefined;
}

/** Of the members of a group that the program declares. */
export function groupMachineFaults(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { create, scaleSet } = group.args.machines ?? {};
  return [
    ...machineFaults(group, membersOf(group, index.network), index),
    ...createdLockDiagnostics(group, "machines.create", create, index),
    ...createdLockDiagnostics(group, "machines.scaleSet", scaleSet, index),
  ];
}

/** A lock over the resource group in which machines are created. */
function createdLockDiagnostics(
  { name, links = [] }: HostFacts | GroupFacts,
  path: string,
  create: { resourceGroupName?: string } | undefined,
  { network }: ProgramIndex,
): Diagnostic[] {
  const place = `${path}.resourceGroupName`;
  const machine: DeclaredResource = {
    key: "",
    type: "azure-native:compute:VirtualMachine",
    name,
    values: { resourceGroupName: create?.resourceGroupName },
    unknown: new Set(),
    links: links.filter((link) => link.path === place).map(({ to }) => ({ path: "resourceGroupName", to })),
  };
  const fault = create === undefined ? undefined : lockFault(machine, network.all);
  const values = { ...fault, machine: "the machines to be created" };
  return fault === undefined ? [] : [diagnostic("KMS2135", "warning", place, values)];
}

function machineFaults(
  facts: HostFacts | GroupFacts,
  members: readonly Member[],
  { network }: ProgramIndex,
): Diagnostic[] {
  const faultsOf = (find: (machine: DeclaredResource) => Fault["values"] | undefined): Fault[] =>
    members.flatMap(({ machine, path }) => {
      const found = find(machine);
      return found === undefined
        ? []
        : [{ path, values: { machine: `the machine "${machine.name}"`, ...found } }];
    });
  return [
    ...alikeDiagnostics("KMS2288", "error", faultsOf(linuxFault)),
    ...alikeDiagnostics("KMS2287", "error", faultsOf(agentFault)),
    ...alikeDiagnostics(
      "KMS2289",
      "warning",
      faultsOf((machine) => imageFault(facts, machine)),
    ),
    ...alikeDiagnostics(
      "KMS2135",
      "warning",
      faultsOf((machine) => lockFault(machine, network.all)),
    ),
  ];
}

function linuxFault(machine: DeclaredResource) {
  const at = (path: string) => valueAt(machine.values, `${profileOf(machine)}${path}`);
  const isLinux =
    at("osProfile.linuxConfiguration") !== undefined ||
    stringAt(machine, `${profileOf(machine)}storageProfile.osDisk.osType`) === "Linux";
  return isLinux ? {} : undefined;
}

/** Source: learn.microsoft.com run-command-managed; hashicorp/terraform#24626. */
function agentFault(machine: DeclaredResource) {
  const settings = ["allowExtensionOperations", "windowsConfiguration.provisionVMAgent"].map(
    (name) => `${profileOf(machine)}osProfile.${name}`,
  );
  const given = settings.find((path) => valueAt(machine.values, path) === false);
  return given === undefined ? undefined : { given: `${given} false` };
}

/** A machine may have been upgraded in place since it was made, which leaves the name of its image as it was. */
function imageFault(facts: HostFacts | GroupFacts, machine: DeclaredResource) {
  const image = imageOf(machine);
  const { os, edition } = facts.args;
  const declared = os === undefined || isUnknown(facts, "os") ? undefined : findOperatingSystem(os);
  if (image?.os === undefined || declared === undefined) {
    return undefined;
  }
  const named = edition === undefined ? undefined : findEdition(declared.name, edition)?.edition.name;
  const isSame = image.os === declared.name && (named === undefined || named === image.edition);
  return isSame
    ? undefined
    : {
        given: `${image.os} ${image.edition ?? ""}`.trim(),
        allowed: `${declared.name}${named === undefined ? "" : ` ${named}`}`,
      };
}
