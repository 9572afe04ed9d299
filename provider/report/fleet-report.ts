import type { MemberState, MemberStatus } from "../group/member";

/**
 * Hosts, client groups and keys of a stack, as `pulumi-windows-kms status --json` prints them. Members are only ever
 * added within a version. Times are ISO 8601, UTC; "" where there is none.
 */
export interface FleetReport {
  version: 1;
  /** When the report was made. */
  at: string;
  stack: {
    name: string;
    project: string;
    /** When the stack was last written. */
    updatedAt: string;
  };
  summary: FleetSummary;
  hosts: HostReport[];
  keys: KeyReport[];
  groups: GroupReport[];
  /** Members by the week that their activation ends in, without renewal; weeks without any are left out. */
  expiries: ExpiryWeek[];
}

/** The fleet in a few numbers. */
export interface FleetSummary {
  hosts: number;
  hostsLicensed: number;
  members: number;
  membersByStatus: StatusCounts;
  /** The most machines that a group's KMS host must still hear from. */
  machinesMissing: number;
  /** Members whose recorded activation has ended: nobody has looked since. */
  expiryPassed: number;
  /** The first end of an activation that is still to come. */
  nextExpiry: string;
  /** Whether every KMS host and every member is `Licensed`. */
  allLicensed: boolean;
}

/** Members by where they stand; statuses that none has are left out. */
export type StatusCounts = Partial<Record<MemberStatus, number>>;

/** One KMS host. */
export interface HostReport {
  /** Logical name of the KMSHost. */
  name: string;
  /** Computer name. */
  machine: string;
  /** AD domain. */
  domain: string;
  /** `resourceGroup/name` of the virtual machine, or the host that SSH reaches. */
  place: string;
  os: string;
  keyGroup: string;
  /** Last five characters of the KMS host key. */
  keyEnding: string;
  /** License status of the KMS host, `AwaitingConfirmation` for one that waits for its confirmation ID. */
  status: string;
  /** Machines that the host has counted in 30 days, as far as the stack knows. */
  count: number;
  /** Count from which servers are activated, and how many machines are missing from it. */
  servers: ThresholdReport;
  /** Count from which Windows clients are activated, and how many machines are missing from it. */
  windowsClients: ThresholdReport;
  activatedAt: string;
  /** What differed from the program at the last refresh, in words. */
  drift: string[];
}

/** A count that a KMS host must reach. */
export interface ThresholdReport {
  threshold: number;
  /** 0 when it is reached. */
  missing: number;
}

/** One KMS host key of the stack. */
export interface KeyReport {
  keyGroup: string;
  /** Last five characters. */
  keyEnding: string;
  /** URL of its ledger. */
  ledger: string;
  /** Where the numbers are from: the ledger knows all stacks, the stack only its own hosts. */
  source: "ledger" | "stack";
  /** Why the ledger could not be read; "" when it was, or was not asked. */
  ledgerError: string;
  hostLimit: number;
  hostsUsed: number;
  hosts: KeyHostReport[];
}

/** A KMS host that takes one of a key's places. */
export interface KeyHostReport {
  machine: string;
  stack: string;
  retired: boolean;
  activationsSpent: number;
  activationsLeft: number;
}

/** One client group. */
export interface GroupReport {
  /** Logical name of the KMSClientGroup. */
  name: string;
  os: string;
  edition: string;
  /** Names of the KMS hosts that may serve it. */
  hosts: string[];
  threshold: number;
  machinesMissing: number;
  membersByStatus: StatusCounts;
  /** Whether the program keeps the members secret, so that they are not listed. */
  membersHidden: boolean;
  /** Those that need attention first. */
  members: MemberReport[];
}

/** One member of a client group. */
export interface MemberReport extends Omit<MemberState, "azureVmId" | "ssh"> {
  /** `resourceGroup/name` of the virtual machine, or the host that SSH reaches. */
  place: string;
}

/** Members whose activation ends in the same week. */
export interface ExpiryWeek {
  /** Its Monday, `YYYY-MM-DD`. */
  week: string;
  members: number;
}
