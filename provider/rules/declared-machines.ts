import { findNamedImage } from "../catalog/images";
import { type DeclaredResource, type Maybe, notKnown, stringAt } from "./azure-network/declared-resource";
import type { ProgramNetwork } from "./azure-network/program-network";
import { type GroupFacts, type HostFacts, isCreated, isGiven, type SeenMachine } from "./facts";
import { isAutoscaled } from "./declared-scale-sets";
import { valueAt } from "./paths";
import type { ProgramIndex } from "./program-index";

/*
 * What the program says of existing machines that it declares with azure-native: their images and extensions.
 */

/** Fills in what nobody has seen of a host yet: what the image of its machine is. */
export function learnOfHost(host: HostFacts, { network }: ProgramIndex): void {
  const [found] = network.machines(host, "machine.azureVmId");
  host.seen ??= found === undefined ? undefined : imageOf(found.machine);
}

/** Fills in what nobody has seen of the members of a group yet: what their images are, how many, and what they are copies of. */
export function learnOfGroup(group: GroupFacts, { network }: ProgramIndex): void {
  group.instances = declaredInstances(group, network) ?? group.instances;
  group.clones = clonesOf(group, network);
  const seen = membersOf(group, network).flatMap(({ machine }) => imageOf(machine) ?? []);
  if (group.seen === undefined && seen.length > 0) {
    group.seen = [...new Map(seen.map((one) => [JSON.stringify(one), one])).values()];
  }
}

/** The number of instances that the program declares of a scale set, where nobody else sets it. */
function declaredInstances(group: GroupFacts, network: ProgramNetwork): number | undefined {
  const [set] = network.machines(group, "machines.scaleSetId");
  const path = "sku.capacity";
  const capacity = set && valueAt(set.machine.values, path);
  const isOwn = (set?.machine.ignored ?? []).every((one) => one !== "*" && !path.startsWith(one));
  return set !== undefined && typeof capacity === "number" && isOwn && !isAutoscaled(set.machine, network)
    ? capacity
    : undefined;
}

/**
 * The members that are made from one specialized image, or whose disks are copies of one: none of them has been through
 * sysprep since, so that all have one client machine ID.
 * Source: learn.microsoft.com windows-activation-duplicate-client-machine-id, azure/virtual-machines/shared-image-galleries.
 */
function clonesOf(group: GroupFacts, network: ProgramNetwork): GroupFacts["clones"] {
  const sources = new Map<string, number>();
  for (const { machine } of network.machines(group, "machines.azureVmIds")) {
    const source = specializedSource(machine, network);
    if (source !== undefined) {
      sources.set(source, (sources.get(source) ?? 0) + 1);
    }
  }
  const [most] = [...sources].sort(([, one], [, other]) => other - one);
  return most !== undefined && most[1] > 1 ? { source: most[0], count: most[1] } : undefined;
}

function specializedSource(machine: DeclaredResource, { all }: ProgramNetwork): string | undefined {
  const image = "storageProfile.imageReference.id";
  const version = all.referred(machine, image, "compute:GalleryImageVersion");
  const definition =
    typeof version === "object"
      ? all.referred(version, "galleryImageName", "compute:GalleryImage")
      : (definitionIn(machine, image, all) ?? all.referred(machine, image, "compute:GalleryImage"));
  if (typeof definition === "object" && stringAt(definition, "osState") === "Specialized") {
    return `the specialized image "${definition.name}"`;
  }
  const disk = all.referred(machine, "storageProfile.osDisk.managedDisk.id", "compute:Disk");
  const copied = typeof disk === "object" && stringAt(disk, "creationData.createOption") === "Copy";
  const from = copied ? stringAt(disk, "creationData.sourceResourceId") : undefined;
  return from && `a copy of the disk or snapshot ${from.split("/").at(-1)!}`;
}

/** The definition that the ID of a version names. */
function definitionIn(machine: DeclaredResource, path: string, all: ProgramNetwork["all"]) {
  const id = stringAt(machine, path)?.replace(/\/versions\/[^/]+$/i, "");
  const found =
    id && all.referred({ values: { id }, unknown: new Set(), links: [] }, "id", "compute:GalleryImage");
  return typeof found === "object" ? found : undefined;
}

/** The existing members that the program declares. */
export const membersOf = (group: GroupFacts, network: ProgramNetwork) => [
  ...network.machines(group, "machines.azureVmIds"),
  ...network.machines(group, "machines.scaleSetId"),
];

/** Where the inputs of a virtual machine are in those of a scale set. */
export const profileOf = ({ type }: DeclaredResource) =>
  type.endsWith("ScaleSet") ? "virtualMachineProfile." : "";

/** What a machine is made from; undefined for an image that is not the marketplace's, or of a name that is not known. */
export function imageOf(machine: DeclaredResource): SeenMachine | undefined {
  const path = `${profileOf(machine)}storageProfile.imageReference`;
  const text = (name: string) => stringAt(machine, `${path}.${name}`)?.toLowerCase();
  const image = findNamedImage(text("publisher") ?? "", text("sku") ?? "");
  // A version is the build with its revision, and the day: 20348.2322.240307.
  const build = /^(\d{5}\.\d+)\./.exec(text("version") ?? "")?.[1];
  return image && { os: image.os, edition: image.edition, ...(build !== undefined && { osBuild: build }) };
}

/** Extension that joins a machine to a domain. Source: learn.microsoft.com, JsonADDomainExtension. */
const joinExtension = "JsonADDomainExtension";

/**
 * Whether a host is in a domain: as the program assumes, else as it declares an extension for the machine. A machine that
 * the package creates is in none without one; of other machines that is not known.
 */
export function isHostInDomain(host: HostFacts, { network }: ProgramIndex): Maybe<boolean> {
  const { domainJoined } = host.args.assume ?? {};
  if (domainJoined !== undefined || isGiven(host, "assume.domainJoined")) {
    return domainJoined ?? notKnown;
  }
  const [declared] = network.machines(host, "machine.azureVmId");
  if (declared === undefined) {
    return isCreated(host) && joinsOf(network).length === 0 ? false : notKnown;
  }
  return isJoined(declared.machine, network);
}

/** Whether the members of a group are in a domain, as far as the program says the same of all. */
export function areMembersInDomain(group: GroupFacts, { network }: ProgramIndex): Maybe<boolean> {
  const { domainJoined } = group.args.assume ?? {};
  if (domainJoined !== undefined || isGiven(group, "assume.domainJoined")) {
    return domainJoined ?? notKnown;
  }
  const joined = membersOf(group, network).map(({ machine }) => isJoined(machine, network));
  if (joined.length > 0 && joined.every((one) => one === joined[0])) {
    return joined[0];
  }
  return joined.length > 0 || joinsOf(network).length > 0 ? notKnown : undefined;
}

/** Whether an extension of the program joins the machine; an image, or somebody else, may do it as well. */
function isJoined(machine: DeclaredResource, network: ProgramNetwork): Maybe<boolean> {
  if (machine.type.endsWith("ScaleSet")) {
    return notKnown;
  }
  const own = joinsOf(network).some(
    (extension) => network.all.referred(extension, "vmName", "compute:VirtualMachine") === machine,
  );
  return own ? true : notKnown;
}

const joinsOf = ({ all }: ProgramNetwork) =>
  all
    .of("compute:VirtualMachineExtension")
    .filter((extension) => stringAt(extension, "type") === joinExtension);
