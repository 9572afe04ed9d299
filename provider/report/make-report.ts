import { limits } from "../catalog/limits";
import type { MemberStatus } from "../group/member";
import type { ClientActivationOutputs } from "../group/state";
import type { HostActivationOutputs } from "../host/state";
import { type LedgerDocument, remaining } from "../ledger/document";
import {
  type ExportedStack,
  isHidden,
  plainNumber,
  plainText,
  plainTexts,
  stackName,
  type StoredResource,
  storedResources,
} from "./exported-stack";
import type {
  FleetReport,
  FleetSummary,
  GroupReport,
  HostReport,
  KeyHostReport,
  KeyReport,
  MemberReport,
  ThresholdReport,
} from "./fleet-report";
import { byAttention, countByStatus, expiryWeeks, statusOrder } from "./members";

/** A client group, as the stack knows it. */
export function groupReport(outputs: Partial<ClientActivationOutputs>): GroupReport {
  const stored = Array.isArray(outputs.members) ? outputs.members : [];
  const members = byAttention(stored.map((member) => memberReport(member)));
  return {
    name: plainText(outputs.name),
    os: plainText(outputs.os),
    edition: plainText(outputs.edition),
    hosts: plainTexts(outputs.hostNames),
    threshold: plainNumber(outputs.threshold),
    machinesMissing: plainNumber(outputs.machinesMissing),
    membersByStatus: countByStatus(members),
    membersHidden: isHidden(outputs.members),
    members,
  };
}

function memberReport(stored: unknown): MemberReport {
  const member = (stored ?? {}) as Record<string, unknown>;
  return {
    name: plainText(member.name),
    place: plainText(member.vm) || sshHost(plainText(member.ssh)),
    status: statusOf(member.status),
    key: plainText(member.key),
    host: plainText(member.host),
    count: plainNumber(member.count),
    expiry: dateText(plainText(member.expiry)),
    error: plainText(member.error),
  };
}

/** What an unfinished update left without a status was not come to. */
const statusOf = (status: unknown): MemberStatus =>
  statusOrder.find((known) => known === status) ?? "NotStarted";

/** The stored key of an address begins with `host:port`; the fingerprint after it says nothing to people. */
const sshHost = (stored: string) => stored.split(" ", 1)[0];
const dateText = (text: string) => (Number.isNaN(Date.parse(text)) ? "" : text);

type StoredHost = StoredResource<Partial<HostActivationOutputs>>;
type StoredGroup = StoredResource<Partial<ClientActivationOutputs>>;

/** The KMS hosts of a stack, as the stack knows them. */
export function hostReports(hosts: readonly StoredHost[], groups: readonly StoredGroup[]): HostReport[] {
  return hosts.map((host) => {
    const count = Math.max(plainNumber(host.outputs.currentCount), countAnswered(host, hosts, groups));
    return { ...ownReport(host.outputs), count, ...thresholds(count) };
  });
}

function ownReport(outputs: Partial<HostActivationOutputs>) {
  return {
    name: plainText(outputs.name),
    machine: plainText(outputs.computerName),
    domain: plainText(outputs.domain),
    place: placeOf(outputs),
    os: plainText(outputs.os),
    keyGroup: plainText(outputs.keyGroup),
    keyEnding: plainText(outputs.keyEnding),
    status: plainText(outputs.licenseStatus),
    activatedAt: plainText(outputs.activationTime),
    drift: plainTexts(outputs.drift),
  };
}

const thresholds = (count: number) => ({
  servers: thresholdReport(limits.serverThreshold, count),
  windowsClients: thresholdReport(limits.clientThreshold, count),
});

const thresholdReport = (threshold: number, count: number): ThresholdReport => ({
  threshold,
  missing: Math.max(0, threshold - count),
});

/** The address over SSH is kept secret as a whole, so that there is no place to show. */
function placeOf({ azureVmId, ssh }: Partial<HostActivationOutputs>): string {
  const id = plainText(azureVmId);
  if (id === "") {
    return isHidden(ssh) ? "" : plainText((ssh as { host?: unknown } | undefined)?.host);
  }
  const parts = id.split("/");
  return parts.length > 8 ? `${parts[4]}/${parts[8]}` : id;
}

/**
 * A host is looked at before its clients ask it, so that the counts it answered them with are newer until the next
 * refresh. They tell the host by name only: of several machines of one name nothing is known.
 */
function countAnswered(
  host: StoredHost,
  hosts: readonly StoredHost[],
  groups: readonly StoredGroup[],
): number {
  const machine = machineName(plainText(host.outputs.computerName));
  const namesakes = hosts.filter(({ outputs }) => machineName(plainText(outputs.computerName)) === machine);
  if (machine === "" || namesakes.length > 1) {
    return 0;
  }
  return groups
    .filter(({ modified, outputs }) => modified >= host.modified && Array.isArray(outputs.members))
    .flatMap(({ outputs }) => outputs.members!)
    .filter((member) => machineName(plainText(member.host)) === machine)
    .reduce((highest, member) => Math.max(highest, plainNumber(member.count)), 0);
}

const machineName = (name: string) => name.toLowerCase().split(".", 1)[0];

/** What came of reading the ledger of one key. */
export interface LedgerReading {
  keyFingerprint: string;
  /** As the user gave it, or the default. */
  url: string;
  /** Absent when there is none, or when it could not be read. */
  document?: LedgerDocument;
  /** Why it could not be read. */
  error?: string;
}

type StoredKeyHost = Partial<HostActivationOutputs>;

/** The KMS host keys of a stack's hosts, one row for each. */
export function keyReports(hosts: readonly StoredKeyHost[], readings: readonly LedgerReading[]): KeyReport[] {
  const fingerprints = [...new Set(hosts.map(({ keyFingerprint }) => plainText(keyFingerprint)))];
  return fingerprints.map((fingerprint) => {
    const own = hosts.filter(({ keyFingerprint }) => plainText(keyFingerprint) === fingerprint);
    return keyReport(
      own,
      readings.find(({ keyFingerprint }) => keyFingerprint === fingerprint),
    );
  });
}

function keyReport(own: readonly StoredKeyHost[], reading: LedgerReading | undefined): KeyReport {
  const key = {
    keyGroup: plainText(own[0].keyGroup),
    keyEnding: plainText(own[0].keyEnding),
    ledger: reading?.url ?? plainText(own[0].ledger),
  };
  if (reading?.document !== undefined) {
    return { ...key, source: "ledger", ledgerError: "", ...ledgerNumbers(reading.document) };
  }
  return { ...key, source: "stack", ledgerError: missingBecause(reading), ...stackNumbers(own) };
}

function ledgerNumbers(document: LedgerDocument) {
  const { hostLimit, hostsSpent, hosts } = remaining(document);
  return {
    hostLimit,
    hostsUsed: hostsSpent,
    hosts: hosts
      .filter(({ activationsSpent }) => activationsSpent > 0)
      .map((host): KeyHostReport => ({
        machine: host.computerName,
        stack: host.stack,
        retired: host.retired,
        activationsSpent: host.activationsSpent,
        activationsLeft: host.reactivationsLeft,
      })),
  };
}

/** Without the ledger each host that was activated is known to have spent one activation, and nothing is known of other stacks. */
function stackNumbers(own: readonly StoredKeyHost[]) {
  const active = own.filter(
    (host) => host.licenseStatus === "Licensed" || plainText(host.activationTime) !== "",
  );
  return {
    hostLimit: limits.hostsPerKey,
    hostsUsed: active.length,
    hosts: active.map((host): KeyHostReport => ({
      machine: plainText(host.computerName),
      stack: plainText(host.stack),
      retired: false,
      activationsSpent: 1,
      activationsLeft: limits.reactivationsPerHost,
    })),
  };
}

/** A ledger that was not asked has no error. */
const missingBecause = (reading: LedgerReading | undefined) =>
  reading === undefined ? "" : (reading.error ?? "it has no document of this key");

/** What the hosts and client groups of a stack are like at the time `now`. @throws KmsError KMS9001 */
export function fleetReport(
  exported: ExportedStack,
  readings: readonly LedgerReading[],
  now: Date,
): FleetReport {
  const storedHosts = storedResources<Partial<HostActivationOutputs>>(exported, "HostActivation");
  const storedGroups = storedResources<Partial<ClientActivationOutputs>>(exported, "ClientActivation");
  const hosts = hostReports(storedHosts, storedGroups);
  const groups = storedGroups.map(({ outputs }) => groupReport(outputs));
  return {
    version: 1,
    at: now.toISOString(),
    stack: { ...stackName(exported), updatedAt: exported.deployment.manifest?.time ?? "" },
    summary: summary(hosts, groups, now),
    hosts,
    keys: keyReports(
      storedHosts.map(({ outputs }) => outputs),
      readings,
    ),
    groups,
    expiries: expiryWeeks(groups.flatMap(({ members }) => members)),
  };
}

function summary(hosts: readonly HostReport[], groups: readonly GroupReport[], now: Date): FleetSummary {
  const members = groups.flatMap((group) => group.members);
  const membersByStatus = countByStatus(members);
  const hostsLicensed = hosts.filter(({ status }) => status === "Licensed").length;
  const expiries = members.flatMap(({ expiry }) => (expiry === "" ? [] : [Date.parse(expiry)]));
  const next = expiries
    .filter((expiry) => expiry > now.getTime())
    .reduce((first, expiry) => Math.min(first, expiry), Infinity);
  return {
    hosts: hosts.length,
    hostsLicensed,
    members: members.length,
    membersByStatus,
    machinesMissing: groups.reduce((most, { machinesMissing }) => Math.max(most, machinesMissing), 0),
    expiryPassed: expiries.filter((expiry) => expiry <= now.getTime()).length,
    nextExpiry: next === Infinity ? "" : new Date(next).toISOString(),
    allLicensed: hostsLicensed === hosts.length && (membersByStatus.Licensed ?? 0) === members.length,
  };
}
