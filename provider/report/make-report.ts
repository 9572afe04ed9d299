import { LicenseStatus } from "../catalog/constants";
import { limits } from "../catalog/limits";
import { memberCounts } from "../group/member";
import type { ClientActivationOutputs } from "../group/state";
import type { HostActivationOutputs } from "../host/state";
import { type LedgerDocument, remaining } from "../ledger/document";
import { shownLedger } from "../ledger/shown-ledger";
import {
  type ExportedStack,
  present,
  stackName,
  type Stored,
  storedComponents,
  storedResources,
  storedText,
} from "./exported-stack";
import type {
  FleetReport,
  FleetSummary,
  GroupReport,
  HostReport,
  KeyHostReport,
  KeyReport,
} from "./fleet-report";
import { expiryWeeks, groupReport } from "./group-reports";
import { hostReports } from "./host-reports";

/** What came of reading the ledger of one key. */
export interface LedgerReading {
  keyFingerprint: string;
  url: string;
  /** Absent when there is none, or when it could not be read. */
  document?: LedgerDocument;
  /** Why it could not be read. */
  error?: string;
}

/** What the hosts and client groups of a stack are like at the time `now`. @throws KmsError KMS9001 */
export function fleetReport(
  exported: ExportedStack,
  readings: readonly LedgerReading[],
  now: Date,
): FleetReport {
  const storedHosts = storedComponents<HostActivationOutputs>(exported, "KMSHost", "HostActivation");
  const storedGroups = storedComponents<ClientActivationOutputs>(
    exported,
    "KMSClientGroup",
    "ClientActivation",
  );
  const hosts = hostReports(storedHosts, storedGroups);
  const groups = storedGroups.map(groupReport);
  return {
    version: 1,
    reportedAt: now.toISOString(),
    stack: present({ ...stackName(exported), updatedAt: exported.deployment.manifest?.time }),
    summary: summary(hosts, groups, now),
    hosts,
    keys: keyReports(managedKeys(exported), readings),
    groups,
    expiries: expiryWeeks(groups.flatMap(({ members }) => members)),
  };
}

function summary(hosts: readonly HostReport[], groups: readonly GroupReport[], now: Date): FleetSummary {
  const members = groups.flatMap((group) => group.members);
  const counts = memberCounts(members);
  const hostsLicensed = hosts.filter(isLicensed).length;
  const hostsNotObserved = hosts.filter(isNotObserved).length;
  const expiries = members.flatMap(({ expiresAt }) => (expiresAt === undefined ? [] : Date.parse(expiresAt)));
  const next = expiries
    .filter((expiry) => expiry > now.getTime())
    .reduce((first, expiry) => Math.min(first, expiry), Infinity);
  return {
    hosts: hosts.length,
    hostsLicensed,
    hostsNotObserved,
    members: members.length,
    memberCounts: counts,
    machinesMissing: groups.reduce((most, { machinesMissing }) => Math.max(most, machinesMissing), 0),
    expiriesPassed: expiries.filter((expiry) => expiry <= now.getTime()).length,
    ...(next !== Infinity && { nextExpiry: new Date(next).toISOString() }),
    diagnosticCounts: diagnosticCounts([...hosts, ...groups]),
    allLicensed:
      hostsLicensed + hostsNotObserved === hosts.length && (counts.Licensed ?? 0) === members.length,
  };
}

/** License statuses of all keys of a host. */
const licenseStatuses = ({ licenseStatus, officeStates }: HostReport): string[] => [
  ...(licenseStatus === undefined ? [] : [licenseStatus]),
  ...officeStates.map((state) => state.licenseStatus),
];

/** A host without an activation is not licensed. */
function isLicensed(host: HostReport): boolean {
  const statuses = licenseStatuses(host);
  return statuses.length > 0 && statuses.every((status) => status === LicenseStatus.Licensed);
}

function isNotObserved(host: HostReport): boolean {
  const statuses = licenseStatuses(host);
  return statuses.length > 0 && statuses.every((status) => status === LicenseStatus.NotObserved);
}

function diagnosticCounts(resources: readonly Pick<HostReport, "diagnostics">[]) {
  const counts: FleetSummary["diagnosticCounts"] = {};
  for (const { severity } of resources.flatMap(({ diagnostics }) => diagnostics)) {
    counts[severity] = (counts[severity] ?? 0) + 1;
  }
  return counts;
}

type StoredKey = Stored<HostActivationOutputs>;

/** The KMS host keys on the hosts that the stack manages. */
export const managedKeys = (exported: ExportedStack): StoredKey[] =>
  storedResources<StoredKey>(exported, "HostActivation")
    .map(({ outputs }) => outputs)
    .filter(({ keyFingerprint }) => keyFingerprint !== undefined);

/** One row for each key. */
function keyReports(keys: readonly StoredKey[], readings: readonly LedgerReading[]): KeyReport[] {
  const byFingerprint = new Map<string, StoredKey[]>();
  for (const key of keys) {
    const fingerprint = storedText(key.keyFingerprint) ?? "";
    byFingerprint.set(fingerprint, [...(byFingerprint.get(fingerprint) ?? []), key]);
  }
  return [...byFingerprint].map(([fingerprint, own]) => {
    const reading = readings.find(({ keyFingerprint }) => keyFingerprint === fingerprint);
    return keyReport(own, reading);
  });
}

function keyReport(own: readonly StoredKey[], reading: LedgerReading | undefined): KeyReport {
  const key = {
    keyGroup: storedText(own[0].keyGroup) ?? "",
    partialProductKey: storedText(own[0].keyEnding) ?? "",
    ledger: shownLedger(reading?.url ?? storedText(own[0].ledger) ?? ""),
  };
  return reading?.document === undefined
    ? present({ ...key, source: "stack", ledgerError: unreadBecause(reading), ...stackNumbers(own) })
    : { ...key, source: "ledger", ...ledgerNumbers(reading.document) };
}

/** A ledger that was not asked has no error. */
const unreadBecause = (reading: LedgerReading | undefined) =>
  reading === undefined ? undefined : (reading.error ?? "it has no document of this key");

function ledgerNumbers(document: LedgerDocument) {
  const { hostLimit, hostsSpent, hosts } = remaining(document);
  return {
    hostLimit,
    hostsUsed: hostsSpent,
    hosts: hosts
      .filter(({ activationsSpent }) => activationsSpent > 0)
      .map((host): KeyHostReport => ({
        computerName: host.computerName,
        stack: host.stack,
        retired: host.retired,
        activationsSpent: host.activationsSpent,
        activationsLeft: host.reactivationsLeft,
      })),
  };
}

/**
 * Without the ledger each host that was activated is known to have spent one activation, and nothing is known of other
 * stacks.
 */
function stackNumbers(own: readonly StoredKey[]) {
  const active = own.filter(
    ({ licenseStatus, activatedAt }) =>
      licenseStatus === LicenseStatus.Licensed || storedText(activatedAt) !== undefined,
  );
  return {
    hostLimit: limits.hostsPerKey,
    hostsUsed: active.length,
    hosts: active.map((host): KeyHostReport => ({
      computerName: storedText(host.computerName) ?? "",
      stack: storedText(host.stack) ?? "",
      retired: false,
      activationsSpent: 1,
      activationsLeft: limits.reactivationsPerHost,
    })),
  };
}
