import { RecordPublisher } from "../catalog/constants";
import { type DeclaredResource, stringAt } from "./azure-network/declared-resource";
import {
  aliasDiagnostics,
  linkKinds,
  networkWords,
  recordSetDiagnostics,
  zoneAt,
  zoneKinds,
} from "./declared-zones";
import { type Diagnostic, diagnostic } from "./diagnostic";
import { type HostFacts, isReadOnly, zonesOf } from "./facts";
import { readOnlyLockDiagnostics } from "./locks";
import { memoized, type ProgramIndex } from "./program-index";

/*
 * What Azure refuses of the program's private zones: record sets with two owners, links that exclude each other, and records under a lock.
 */

/** What keeps a host's records out of the zones that the program declares, or the zones from being made. */
export const zoneFaultDiagnostics = (host: HostFacts, index: ProgramIndex): Diagnostic[] => [
  ...recordSetDiagnostics(host, index),
  ...aliasDiagnostics(host, index),
  ...linkDiagnostics(host, index),
  ...lockDiagnostics(host, index),
];

/** Links of the program of which Azure refuses one, each reported for the first host that one of their zones is for. */
function linkDiagnostics(host: HostFacts, index: ProgramIndex): Diagnostic[] {
  return zonesOf(host).flatMap(({ path }) =>
    refusedLinks("program", index)
      .filter(({ at }) => at?.host === host.name && at.path === path)
      .map(({ values }) => diagnostic("KMS2294", "error", path, values)),
  );
}

/** A read-only lock over a zone keeps the records out. */
const lockDiagnostics = (host: HostFacts, index: ProgramIndex): Diagnostic[] =>
  isReadOnly(host)
    ? []
    : zonesOf(host).flatMap(({ zone, path }) => {
        const id = zone.azurePrivateZoneId?.split("/");
        const declared = zoneAt(host, path, index) ?? (id === undefined ? undefined : zoneOfId(id));
        if (declared === undefined || zone.publishedBy === RecordPublisher.Windows) {
          return [];
        }
        const values = {
          resource: `the private DNS zone ${zone.zoneName ?? ""}`.trimEnd(),
          parts: "records",
        };
        return readOnlyLockDiagnostics(declared, path, values, index.network.all);
      });

/** A zone of another stack, as far as its ID tells. */
const zoneOfId = (id: readonly string[]): DeclaredResource => ({
  key: "",
  type: "azure-native:privatedns:PrivateZone",
  name: "",
  values: { resourceGroupName: id[4], privateZoneName: id.at(-1) },
  unknown: new Set(),
  links: [],
});

interface ZoneLink {
  link: DeclaredResource;
  zone: DeclaredResource;
  network: DeclaredResource;
}

/** What Azure refuses of two links of one virtual network. */
const refusedLinks = memoized((_program: "program", index) => {
  const { all } = index.network;
  const links = all.of(...linkKinds).flatMap((link): ZoneLink[] => {
    const zone = all.referred(link, "privateZoneName", ...zoneKinds);
    const network = all.referred(link, "virtualNetwork.id", "network:VirtualNetwork");
    return typeof zone === "object" && typeof network === "object" ? [{ link, zone, network }] : [];
  });
  const hosts = [...index.hosts()].flatMap((host) =>
    zonesOf(host).map(({ path }) => ({ host: host.name, path, zone: zoneAt(host, path, index) })),
  );
  return links.flatMap((one, place) =>
    links.slice(place + 1).flatMap((other) => {
      const refusal = one.network === other.network ? refusalOfBoth(one, other) : undefined;
      const at = hosts.find(({ zone }) => zone === one.zone || zone === other.zone);
      const given = `the links "${one.link.name}" and "${other.link.name}"`;
      return refusal === undefined
        ? []
        : [{ at, values: { given, network: networkWords(one.network), ...refusal } }];
    }),
  );
});

/** Source: azureRules.linkTwice, azureRules.linkRegistration. */
function refusalOfBoth(one: ZoneLink, other: ZoneLink): { reason: string; remedy: string } | undefined {
  const names = [one, other].map(({ zone }) => stringAt(zone, "privateZoneName")?.toLowerCase());
  if (one.zone === other.zone || (names[0] !== undefined && names[0] === names[1])) {
    return {
      reason: one.zone === other.zone ? `to the zone "${one.zone.name}" twice` : "to two zones of one name",
      remedy: "Keep one of the two links.",
    };
  }
  return [one, other].every(({ link }) => link.values.registrationEnabled === true)
    ? {
        reason: "to two zones with registrationEnabled true",
        remedy:
          "Let a virtual network register its machines in one zone, and set registrationEnabled of the other link to false.",
      }
    : undefined;
}
