import type { RecordPublisher } from "../catalog/constants";
import type { SrvData, ZoneAddress } from "./zone";

/*
 * What the engine hands to the handler of an SRV record and what it keeps of one. Outputs never hold `undefined`: what does
 * not exist is left out.
 */

/** What the engine hands to the handler of an SRV record. */
export interface SrvRecordInputs extends SrvData {
  kind: "SrvRecord";
  /** Logical name of the KMSHost, for messages. */
  name: string;
  /** The secret of its key is secret: stored under the same name, it stays so. */
  zone: ZoneAddress;
  /** Host name of the KMS host; "" where it is not known. */
  computerName: string;
  /** Time to live of what the package writes. */
  ttlSeconds: number;
  /** Who writes the record. One that Windows publishes is waited for, and removed with the resource. */
  publishedBy: RecordPublisher;
  /** IPv4 address for a record of the host's name in the zone. @default - none is written */
  addressRecord?: string;
  /** Whether the host is activated; one that is not invites no clients. */
  ready: boolean;
  /** Whether somebody else manages the host: nothing is written or removed. */
  readOnly: boolean;
  /** Where the ledger has the host's machine, whose owner may be another stack when the record is removed. */
  entry?: MachineEntry;
}

/** What the entry of a machine in a ledger is found by. */
export interface MachineEntry {
  /** URL of the ledger. */
  ledger: string;
  keyFingerprint: string;
  machineId: string;
  /** Stack of the record. */
  stack: string;
}

/** What the engine stores of an SRV record. */
export interface SrvRecordOutputs extends Omit<SrvRecordInputs, "kind"> {
  /** Tells the resource from others that declare the same record. */
  claim?: string;
  /** What differed when the zone was last looked at, in words. */
  drift: string[];
}
