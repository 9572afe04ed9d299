import type { MemberCounts } from "../group/member";
import type { MemberState } from "../group/state";
import type { Diagnostic, Severity } from "../rules/diagnostic";

/*
 * Hosts, client groups and keys of a stack, as `pulumi-windows-kms status --json` prints them. What the classes have as an
 * output has the same name here. What does not exist is left out. Times are ISO 8601, UTC.
 */

/** What a stack says of its fleet. Members are only ever added within a version. */
export interface FleetReport {
  version: 1;
  /** When the report was made. */
  reportedAt: string;
  /** Name and project are left out for a stack that was never updated. */
  stack: {
    name?: string;
    project?: string;
    /** When the stack was last written. */
    updatedAt?: string;
  };
  summary: FleetSummary;
  hosts: HostReport[];
  keys: KeyReport[];
  groups: GroupReport[];
  /** Members by the week in which their activation expires unless it is renewed; weeks without any are left out. */
  expiries: ExpiryWeek[];
}

/** The fleet in a few numbers. */
export interface FleetSummary {
  hosts: number;
  /** Hosts whose keys, of Windows and of Office, are all activated. */
  hostsLicensed: number;
  /** Read-only hosts that are known by their name alone. */
  hostsNotObserved: number;
  members: number;
  memberCounts: MemberCounts;
  /** The most machines that a group's KMS host must still count. */
  machinesMissing: number;
  /** Members whose recorded activation has expired: nobody has looked since. */
  expiriesPassed: number;
  /** The first expiry of an activation that is still to come. */
  nextExpiry?: string;
  /** Diagnostics of all hosts and groups by severity; a severity that none has is left out. */
  diagnosticCounts: Partial<Record<Severity, number>>;
  /** Whether every member and every KMS host that somebody has looked at is `Licensed`. */
  allLicensed: boolean;
}

/** One KMS host. */
export interface HostReport {
  /** Logical name of the KMSHost. */
  name: string;
  /** Whether somebody else manages the host. */
  readOnly: boolean;
  computerName?: string;
  /** AD domain. */
  domain?: string;
  /** Name that clients reach the host under. */
  fqdn?: string;
  azureVmId?: string;
  /** `host` or `host:port` of a machine over SSH. */
  ssh?: string;
  /** Operating system as found, before that as declared. */
  os?: string;
  edition?: string;
  /** Product key group of the key of Windows. */
  keyGroup?: string;
  /** Last five characters of the installed KMS host key of Windows. */
  partialProductKey?: string;
  /**
   * License status of the key of Windows, `AwaitingConfirmation` for one that waits for its confirmation ID, `NotObserved`
   * for a read-only host known by its name alone. Left out for a host with keys of Office alone, and for one that has not
   * been activated yet.
   */
  licenseStatus?: string;
  /** Machines that the host has counted in 30 days, as far as the stack knows. */
  currentCount?: number;
  /** Count from which servers are activated; left out where `currentCount` is. */
  servers?: ThresholdReport;
  /** Count from which Windows clients are activated; left out where `currentCount` is. */
  windowsClients?: ThresholdReport;
  activatedAt?: string;
  /** What is known of the host keys of Office. */
  officeStates: OfficeReport[];
  /** What differed from the program at the last refresh, in words. */
  drift: string[];
  diagnostics: Diagnostic[];
}

/** The host key of one Office version on a KMS host. */
export interface OfficeReport {
  /** Full name of the Office version. */
  office: string;
  partialProductKey?: string;
  licenseStatus: string;
  currentCount?: number;
  /** Count from which clients of Office are activated; left out where `currentCount` is. */
  clients?: ThresholdReport;
  activatedAt?: string;
}

/** A count that a KMS host must reach. */
export interface ThresholdReport {
  threshold: number;
  /** How many machines it is short of; 0 when it is reached. */
  missing: number;
}

/** One KMS host key of the stack. */
export interface KeyReport {
  keyGroup: string;
  /** Last five characters. */
  partialProductKey: string;
  /** URL of its ledger without the query; the storage account that it names stands beside it in words. */
  ledger: string;
  /** Where the numbers are from: the ledger knows all stacks, the stack only its own hosts. */
  source: "ledger" | "stack";
  /** Why the ledger could not be read; left out when it was, or was not asked. */
  ledgerError?: string;
  hostLimit: number;
  hostsUsed: number;
  hosts: KeyHostReport[];
}

/** A KMS host that counts against the hosts of a key. */
export interface KeyHostReport {
  computerName: string;
  stack: string;
  retired: boolean;
  activationsSpent: number;
  activationsLeft: number;
}

/** One client group. */
export interface GroupReport {
  /** Logical name of the KMSClientGroup. */
  name: string;
  /** Operating system that the program declares. */
  os?: string;
  edition?: string;
  /** Full name of the Office version of a group of Office clients. */
  office?: string;
  /** Names of the KMS hosts that may serve it. */
  hostNames: string[];
  /** Count from which a KMS host activates the members; left out where that is not known. */
  threshold?: number;
  /** Machines that a KMS host must still count before pending members are activated. */
  machinesMissing: number;
  memberCounts: MemberCounts;
  /** Whether the program keeps the members secret, so that they are not listed. */
  membersHidden: boolean;
  /** Those that need attention first. */
  members: MemberReport[];
  diagnostics: Diagnostic[];
}

/** One member of a client group, as the group's output `members` has it. `ssh` has no fingerprint here. */
export type MemberReport = MemberState;

/** Members whose activation expires in the same week. */
export interface ExpiryWeek {
  /** Its Monday, `YYYY-MM-DD`. */
  week: string;
  members: number;
}
