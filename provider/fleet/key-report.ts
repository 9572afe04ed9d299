import { limits } from "../catalog/limits";
import type { HostActivationOutputs } from "../dynamic/host-activation";
import type { LedgerDocument } from "../ledger/ledger-document";
import { remaining } from "../ledger/remaining";
import type { KeyHostReport, KeyReport } from "./fleet-report";
import { plainText } from "./plain-value";

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

type StoredHost = Partial<HostActivationOutputs>;

/** The KMS host keys of a stack's hosts, one row for each. */
export function keyReports(hosts: readonly StoredHost[], readings: readonly LedgerReading[]): KeyReport[] {
  const fingerprints = [...new Set(hosts.map(({ keyFingerprint }) => plainText(keyFingerprint)))];
  return fingerprints.map((fingerprint) => {
    const own = hosts.filter(({ keyFingerprint }) => plainText(keyFingerprint) === fingerprint);
    return keyReport(
      own,
      readings.find(({ keyFingerprint }) => keyFingerprint === fingerprint),
    );
  });
}

function keyReport(own: readonly StoredHost[], reading: LedgerReading | undefined): KeyReport {
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
function stackNumbers(own: readonly StoredHost[]) {
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
