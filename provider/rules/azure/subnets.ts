import { limits } from "../../catalog/limits";
import { stringAt } from "../azure-network/declared-resource";
import type { Place, Subnet } from "../azure-network/program-network";
import { type Diagnostic, diagnostic, listed, shownValue } from "../diagnostic";
import { type GroupFacts, type HostFacts, isSecret } from "../facts";
import { memoized, type ProgramIndex } from "../program-index";
import { placeOfHost, placesOfGroup } from "../reachability";
import { networkRegionRefusal } from "./names";
import { groupImageDiagnostics, hostImageDiagnostics } from "./own-images";
import { delegatedSubnetRefusal, serviceOfSubnet } from "./subnet-purposes";

/*
 * What Azure refuses of machines that the package creates with subnets and images of the program.
 */

/** Machines that a resource creates in a subnet. */
interface Creation {
  name: string;
  /** `machine.create`, `machines.create` or `machines.scaleSet`. */
  path: string;
  place: Place;
  count: number;
  location?: string;
}

function hostCreations(host: HostFacts, index: ProgramIndex): Creation[] {
  const place = placeOfHost(host, index);
  const { create } = host.args.machine ?? {};
  return create === undefined || place?.path !== "machine.create.subnetId"
    ? []
    : [{ name: host.name, path: "machine.create", place, count: 1, location: create.location }];
}

function groupCreations(group: GroupFacts, index: ProgramIndex): Creation[] {
  const { create, scaleSet } = group.args.machines ?? {};
  return placesOfGroup(group, index).flatMap((place): Creation[] => {
    const at = (path: string, count: number | undefined, location: string | undefined) =>
      place.path === `${path}.subnetId`
        ? [{ name: group.name, path, place, count: count ?? 0, location }]
        : [];
    return [
      ...at("machines.create", create?.count, create?.location),
      ...at("machines.scaleSet", scaleSet?.capacity, scaleSet?.location),
    ];
  });
}

/** What Azure refuses of the subnet and the image of the program with which a host's machine is created. */
export const hostDeclaredDiagnostics = (host: HostFacts, index: ProgramIndex): Diagnostic[] => [
  ...subnetDiagnostics(
    host,
    { "machine.create": host.args.machine?.create },
    hostCreations(host, index),
    index,
  ),
  ...hostImageDiagnostics(host, index),
];

/** What Azure refuses of the subnets and images of the program with which a group's machines are created. */
export function groupDeclaredDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { create, scaleSet } = group.args.machines ?? {};
  const asked = { "machines.create": create, "machines.scaleSet": scaleSet };
  return [
    ...subnetDiagnostics(group, asked, groupCreations(group, index), index),
    ...groupImageDiagnostics(group, index),
  ];
}

const subnetDiagnostics = (
  facts: HostFacts | GroupFacts,
  asked: Record<string, { subnetId?: string } | undefined>,
  creations: readonly Creation[],
  index: ProgramIndex,
): Diagnostic[] =>
  Object.entries(asked).flatMap(([path, create]) => {
    const creation = creations.find((one) => one.path === path);
    const purpose = purposeDiagnostics(facts, `${path}.subnetId`, create?.subnetId, creation?.place.subnet);
    return purpose.length > 0 || creation === undefined
      ? purpose
      : [...regionDiagnostics(facts, creation), ...roomDiagnostics(creation, index)];
  });

/** Some subnets are for a service of Azure alone, by their name or by what they are delegated to. */
function purposeDiagnostics(
  facts: HostFacts | GroupFacts,
  path: string,
  subnetId: string | undefined,
  subnet: Subnet | undefined,
): Diagnostic[] {
  const name = subnet?.azureName ?? subnetId?.split("/").at(-1) ?? "";
  const service = serviceOfSubnet(name);
  const words = subnet?.words ?? `the subnet ${shownValue(name, isSecret(facts, path))}`;
  if (service !== undefined) {
    const values = { subnet: words, service: `the service ${service}`, verdict: "refuses" };
    return [diagnostic("KMS2139", "error", path, values)];
  }
  const [delegation] = subnet?.delegations ?? [];
  const isRefused = delegatedSubnetRefusal(subnet?.delegations ?? []) !== undefined;
  const values = {
    subnet: words,
    service: `the service ${delegation}, to which it is delegated`,
    verdict: isRefused ? "refuses" : "may refuse",
  };
  return delegation === undefined
    ? []
    : [diagnostic("KMS2139", isRefused ? "error" : "warning", path, values)];
}

function regionDiagnostics(facts: HostFacts | GroupFacts, { path, place, location }: Creation): Diagnostic[] {
  const { network } = place.subnet;
  const own = typeof network === "object" ? stringAt(network, "location") : undefined;
  const refusal =
    location === undefined || own === undefined ? undefined : networkRegionRefusal(location, own);
  if (refusal === undefined) {
    return [];
  }
  const given = shownValue(location, isSecret(facts, `${path}.location`));
  return [
    diagnostic("KMS2134", "error", `${path}.location`, {
      given,
      subnet: place.subnet.words,
      allowed: own ?? "",
    }),
  ];
}

/** The first resource of the program whose machines find no room is reported, with all that the program creates there. */
function roomDiagnostics({ name, path, place }: Creation, index: ProgramIndex): Diagnostic[] {
  const { subnet } = place;
  const room = roomIn(subnet);
  const creations = creationsBySubnet("program", index).get(subnet.key) ?? [];
  const needed = creations.reduce((sum, { count }) => sum + count, 0);
  if (room === undefined || needed <= room) {
    return [];
  }
  let taken = 0;
  const first = creations.find(({ count }) => (taken += count) > room);
  return first?.name !== name || first.path !== path
    ? []
    : [
        diagnostic("KMS2133", "error", `${path}.subnetId`, {
          subnet: subnet.words,
          given: listed(subnet.prefixes ?? []),
          room,
          needed,
          reserved: limits.reservedSubnetAddresses,
        }),
      ];
}

/** Addresses of a subnet for machines; undefined where its prefixes are not all known. */
const roomIn = ({ ranges }: Subnet): number | undefined =>
  ranges?.reduce(
    (sum, { from, to }) => sum + Math.max(0, Number(to - from) + 1 - limits.reservedSubnetAddresses),
    0,
  );

const creationsBySubnet = memoized((_program: "program", index) => {
  const creations = [
    ...[...index.hosts()].flatMap((host) => hostCreations(host, index)),
    ...[...index.groups()].flatMap((group) => groupCreations(group, index)),
  ];
  const bySubnet = new Map<string, Creation[]>();
  for (const creation of creations) {
    const { key } = creation.place.subnet;
    bySubnet.set(key, [...(bySubnet.get(key) ?? []), creation]);
  }
  return bySubnet;
});
