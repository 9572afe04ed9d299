import { RecordPublisher } from "../catalog/constants";
import type { KMSHostZoneValues } from "./args.generated";
import { type Diagnostic, diagnostic } from "./diagnostic";
import {
  computerNameOf,
  type GroupFacts,
  type HostFacts,
  isAbsent,
  isGiven,
  isReadOnly,
  isUnknown,
  zonesOf,
} from "./facts";
import { isNameOf, whyNoFullHostName } from "./names";
import { memoized, type ProgramIndex } from "./program-index";

/**
 * The package writes a record in an Azure private DNS zone or by dynamic update: in one of the two. Windows, which
 * publishes by dynamic update, does not reach an Azure private DNS zone; a host that somebody else manages needs
 * neither.
 */
export const zoneKindDiagnostics = (host: HostFacts): Diagnostic[] =>
  zonesOf(host).flatMap(({ zone, path }) => {
    const inAzure = isGiven(host, `${path}.azurePrivateZoneId`);
    const byUpdate = isGiven(host, `${path}.dynamicUpdate`);
    const windows = zone.publishedBy === RecordPublisher.Windows;
    if (windows && inAzure) {
      const given = zone.zoneName ?? "of this record";
      return [diagnostic("KMS5036", "error", `${path}.publishedBy`, { zone: given })];
    }
    if (inAzure && byUpdate) {
      return [diagnostic("KMS5018", "error", path)];
    }
    const mayBeWritten = ["azurePrivateZoneId", "dynamicUpdate", "publishedBy"].some((name) =>
      isUnknown(host, `${path}.${name}`),
    );
    return inAzure || byUpdate || windows || isReadOnly(host) || mayBeWritten
      ? zoneIdDiagnostics(zone, path)
      : [diagnostic("KMS5010", "error", path, { zone: zone.zoneName ?? "of this record" })];
  });

/** What clients look up in a zone; it belongs to the zone's name nowhere. */
const recordPrefix = /^_?v(lm|ml)cs\._?tcp\./i;

/** The name of the SRV record is no zone of its own. Source: learn.microsoft.com kms-create-host. */
const recordNameDiagnostics = (given: string | undefined, path: string): Diagnostic[] =>
  given !== undefined && recordPrefix.test(given)
    ? [diagnostic("KMS5047", "error", path, { given, zone: given.replace(recordPrefix, "") })]
    : [];

/** A host is found in zones, and not in their records; a zone of one label is one of few, or a slip. */
export const zoneNameDiagnostics = (host: HostFacts): Diagnostic[] =>
  zonesOf(host).flatMap(({ zone, path }) => [
    ...recordNameDiagnostics(zone.zoneName, `${path}.zoneName`),
    ...oneLabelDiagnostics(zone.zoneName, host, path),
  ]);

/**
 * Active Directory may have a domain of one label, Azure has no such zone.
 * Source: learn.microsoft.com deployment-operation-ad-domains (UpdateTopLevelDomainZones).
 */
const oneLabelDiagnostics = (given: string | undefined, host: HostFacts, path: string): Diagnostic[] =>
  given === undefined ||
  given.includes(".") ||
  isReadOnly(host) ||
  isGiven(host, `${path}.azurePrivateZoneId`)
    ? []
    : [diagnostic("KMS5048", "warning", `${path}.zoneName`, { given })];

/** Members look in a zone, and not in its records. */
export const lookupDomainDiagnostics = ({ args }: GroupFacts): Diagnostic[] =>
  recordNameDiagnostics(args.lookupDomain, "lookupDomain");

/** Windows chooses the time to live of the record that it publishes. */
export const publishedTtlDiagnostics = (host: HostFacts): Diagnostic[] =>
  zonesOf(host).flatMap(({ zone, path }) =>
    zone.publishedBy === RecordPublisher.Windows && isGiven(host, `${path}.ttlSeconds`)
      ? [
          diagnostic("KMS2140", "error", `${path}.ttlSeconds`, {
            where: "where Windows publishes: it chooses the time to live",
            otherwise: "",
          }),
        ]
      : [],
  );

/** The ID of an Azure private DNS zone ends with the name of the zone. */
function zoneIdDiagnostics({ zoneName, azurePrivateZoneId }: KMSHostZoneValues, path: string): Diagnostic[] {
  const inId = azurePrivateZoneId?.split("/").at(-1);
  return zoneName === undefined || inId === undefined || inId.toLowerCase() === zoneName.toLowerCase()
    ? []
    : [diagnostic("KMS5017", "error", `${path}.zoneName`, { given: zoneName, zone: inId })];
}

/** The package keeps an address record in Azure private DNS zones only, and only for hosts whose address it can ask. */
export const addressRecordDiagnostics = (host: HostFacts): Diagnostic[] =>
  zonesOf(host).flatMap(({ zone, path }) => {
    if (zone.addressRecord !== true) {
      return [];
    }
    const place = `${path}.addressRecord`;
    if (isAbsent(host, `${path}.azurePrivateZoneId`)) {
      return [diagnostic("KMS5014", "error", place, { given: zone.zoneName ?? "this zone" })];
    }
    return isGiven(host, "machine.ssh") ? [diagnostic("KMS3282", "error", place)] : [];
  });

/** Whether zones take the updates that are sent to them. */
export const signedUpdateDiagnostics = (host: HostFacts): Diagnostic[] => [
  ...secureZoneDiagnostics(host),
  ...unsignedPublishingDiagnostics(host),
];

/** Zones of Active Directory refuse updates that Kerberos has not signed, as a rule. Source: RFC 3645. */
const secureZoneDiagnostics = (host: HostFacts): Diagnostic[] =>
  zonesOf(host).flatMap(({ zone, path }) =>
    isGiven(host, `${path}.dynamicUpdate`) &&
    isAbsent(host, `${path}.dynamicUpdate.tsig`) &&
    zone.publishedBy !== RecordPublisher.Windows &&
    !isReadOnly(host)
      ? [diagnostic("KMS5041", "info", `${path}.dynamicUpdate`)]
      : [],
  );

/**
 * Windows signs its updates of DNS as a member of a domain alone.
 * Source: learn.microsoft.com event-12293-error-0x800723-set-kms-host.
 */
const unsignedPublishingDiagnostics = (host: HostFacts): Diagnostic[] =>
  host.args.assume?.domainJoined !== false || isReadOnly(host)
    ? []
    : zonesOf(host).flatMap(({ zone, path }) =>
        zone.publishedBy === RecordPublisher.Windows
          ? [diagnostic("KMS5046", "warning", `${path}.publishedBy`, { zone: zone.zoneName ?? "the zone" })]
          : [],
      );

/** An SRV record points to the full name of its host, which has one in a zone. */
export const srvRecordDiagnostics = (host: HostFacts): Diagnostic[] =>
  zonesOf(host).flatMap(({ zone, path }, place) => [
    ...targetDiagnostics(zone, host, `${path}.target`),
    ...twiceInZone(zone, place, host, path),
  ]);

/** No record of another host in the zone is the same. */
export const sameRecordDiagnostics = (host: HostFacts, index: ProgramIndex): Diagnostic[] =>
  zonesOf(host).flatMap(({ zone, path }) => takenByOther(zone, host, index, path));

function targetDiagnostics({ target }: KMSHostZoneValues, host: HostFacts, path: string): Diagnostic[] {
  if (target === undefined) {
    return [];
  }
  const reason = whyNoFullHostName(target);
  if (reason !== undefined) {
    return [diagnostic("KMS5012", "error", path, { given: target, reason })];
  }
  const computerName = computerNameOf(host);
  return computerName === undefined || isNameOf(target, computerName)
    ? []
    : [diagnostic("KMS5013", "error", path, { given: target, allowed: computerName })];
}

/** A host has one record in a zone: of two, with one priority or not, one is left over from an earlier setting. */
function twiceInZone(
  { zoneName }: KMSHostZoneValues,
  place: number,
  host: HostFacts,
  path: string,
): Diagnostic[] {
  const first = zonesOf(host).findIndex(
    ({ zone }) => zoneName !== undefined && zone.zoneName?.toLowerCase() === zoneName.toLowerCase(),
  );
  return zoneName === undefined || first === place
    ? []
    : [
        diagnostic("KMS5011", "error", path, {
          given: host.name,
          zone: zoneName,
          hint: `: zones[${first}] is the same zone`,
        }),
      ];
}

/** Two hosts with one name, priority and weight in a zone would share one record. */
function takenByOther(
  zone: KMSHostZoneValues,
  host: HostFacts,
  index: ProgramIndex,
  path: string,
): Diagnostic[] {
  const entry = entryOf(zone, host, path);
  const first = entry === undefined ? undefined : firstHosts("hosts", index).get(entry);
  return first === undefined || first === host.name
    ? []
    : [
        diagnostic("KMS5011", "error", path, {
          given: targetOf(zone, host)!,
          zone: zone.zoneName!,
          hint: `: the KMSHost ${first} has it`,
        }),
      ];
}

/** The first host of the program for each entry of a record set. */
const firstHosts = memoized((_all: "hosts", index): Map<string, string> => {
  const first = new Map<string, string>();
  for (const host of index.hosts()) {
    for (const { zone, path } of zonesOf(host)) {
      const entry = entryOf(zone, host, path);
      if (entry !== undefined && !first.has(entry)) {
        first.set(entry, host.name);
      }
    }
  }
  return first;
});

function targetOf({ target, zoneName }: KMSHostZoneValues, host: HostFacts): string | undefined {
  const computerName = computerNameOf(host);
  return target ?? (computerName && zoneName && `${computerName}.${zoneName}`);
}

/** What tells the entries of record sets apart; undefined as long as a part is not known. */
function entryOf(zone: KMSHostZoneValues, host: HostFacts, path: string): string | undefined {
  const target = targetOf(zone, host);
  const isOpen = ["target", "priority", "weight"].some((name) => isUnknown(host, `${path}.${name}`));
  return target === undefined || zone.zoneName === undefined || isOpen
    ? undefined
    : [zone.zoneName, zone.priority ?? 0, zone.weight ?? 0, target.replace(/\.$/, "")]
        .join(" ")
        .toLowerCase();
}
