import { findNamedImage } from "../catalog/images";
import { type DeclaredResource, type Maybe, notKnown, stringAt } from "./azure-network/declared-resource";
import type { ProgramNetwork } from "./azure-network/program-network";
import { type GroupFacts, type HostFacts, isCreated, isGiven, type SeenMachine } from "./facts";
import type { ProgramIndex } from "./program-index";

/*
 * What the program says of existing machines that it declares with azure-native: their images and extensions.
 */

/** Fills in what nobody has seen of a host yet: what the image of its machine is. */
export function learnOfHost(host: HostFacts, { network }: ProgramIndex): void {
  const [found] = network.machines(host, "machine.azureVmId");
  host.seen ??= found === undefined ? undefined : imageOf(found.machine);
}

/** Fills in what nobody has seen of the members of a group yet: what their images are. */
export function learnOfGroup(group: GroupFacts, { network }: ProgramIndex): void {
  const seen = membersOf(group, network).flatMap(({ machine }) => imageOf(machine) ?? []);
  if (group.seen === undefined && seen.length > 0) {
    group.seen = [...new Map(seen.map((one) => [JSON.stringify(one), one])).values()];
  }
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
