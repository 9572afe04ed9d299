/** One SRV record: one KMS host in the shared record set. */
export interface SrvData {
  /** 0 to 65535; the lowest is asked first. */
  priority: number;
  /** 0 to 65535; share among records of one priority. */
  weight: number;
  /** TCP port of the KMS host, 1 to 65535. */
  port: number;
  /** FQDN of the KMS host. */
  target: string;
}

/** The record set `_vlmcs._tcp` of one zone, shared by KMS hosts of any number of stacks. */
export interface SrvZone {
  /** For messages: the zone's name. */
  readonly name: string;
  /** All records of the set; empty when there is no set. */
  list(): Promise<SrvData[]>;
  /** Puts one record beside the others, in place of one for the same priority, weight and target. */
  add(record: SrvData, ttlSeconds: number): Promise<void>;
  /** Takes one record away and leaves the others; nothing happens when it is not there. */
  remove(record: SrvData): Promise<void>;
}

/** Name of the record set that KMS clients ask for. Source: learn.microsoft.com kms-create-host. */
export const kmsServiceName = "_vlmcs._tcp";

/** DNS names are compared without regard to case and to a final period. */
export const canonicalName = (name: string) => name.toLowerCase().replace(/\.$/, "");

/**
 * Whether two records stand for the same entry of a set. The port is not part of it: Azure Private DNS refuses two
 * entries that differ by port alone. Source: azure-cli #21716.
 */
export function sameEntry(left: SrvData, right: SrvData): boolean {
  return (
    left.priority === right.priority &&
    left.weight === right.weight &&
    canonicalName(left.target) === canonicalName(right.target)
  );
}
