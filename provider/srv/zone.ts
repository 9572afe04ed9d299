import { parsePrivateZoneId } from "../azure/resource-ids";
import type { TsigAlgorithm } from "../catalog/constants";

/** A key that signs updates. */
export interface TsigKeyAddress {
  /** Name of the key as the server knows it. */
  keyName: string;
  /** @default "hmac-sha256" */
  algorithm?: TsigAlgorithm;
  /** Base64; secret. */
  secret: string;
}

/** Where a zone is. Without one of the last two nobody but Windows or another program writes to it. */
export interface ZoneAddress {
  zoneName: string;
  /** Azure resource ID of a private DNS zone; it names the subscription that everything is written to. */
  azurePrivateZoneId?: string;
  /** Servers that take dynamic updates, asked in this order, each an address or a name, with a port when it is not 53. */
  dynamicUpdate?: { servers: string[]; tsig?: TsigKeyAddress };
}

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
  /** The same with the time to live that they have in common. */
  read(): Promise<SrvSet>;
  /**
   * Puts one record beside the others, in place of one for the same priority, weight and target. The time to live is the
   * set's (RFC 2181, section 5.2): while it holds records of others, theirs stays.
   * @param isOurs whether a record is of the same owner @default no other one is
   */
  add(record: SrvData, ttlSeconds: number, isOurs?: (record: SrvData) => boolean): Promise<void>;
  /** Removes one record and leaves the others; nothing happens when it is not there. */
  remove(record: SrvData): Promise<void>;
  /** Address records of hosts in the zone; undefined where the hosts or their administrators keep them. */
  readonly addresses?: AddressRecords;
}

/** A record set. */
export interface SrvSet {
  records: SrvData[];
  /** Undefined when there is no set. */
  ttlSeconds?: number;
}

/** The time to live for a set with a record of ours: that of others where they have records in it. */
export function settledTtl(
  { records, ttlSeconds }: SrvSet,
  record: SrvData,
  ours: number,
  isOurs: (record: SrvData) => boolean = () => false,
): number {
  const hasOthers = records.some((other) => !sameEntry(other, record) && !isOurs(other));
  return hasOthers && ttlSeconds !== undefined ? ttlSeconds : ours;
}

/** The IPv4 address records of a zone. The set of a host name may have addresses of others. */
export interface AddressRecords {
  /** Addresses of this host name; empty when there is no set. */
  list(hostName: string): Promise<string[]>;
  /** Puts one address beside those that are there. */
  add(hostName: string, address: string, ttlSeconds: number): Promise<void>;
  /** Removes one address and leaves the others; nothing happens when it is not there. */
  remove(hostName: string, address: string): Promise<void>;
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

/**
 * What makes a zone another one. Servers and key of a zone may change without that: its records are still the same
 * ones, and removing the "old" ones would remove the new ones.
 */
export function zoneIdentity({ zoneName, azurePrivateZoneId }: ZoneAddress): string {
  if (azurePrivateZoneId === undefined) {
    return canonicalName(zoneName);
  }
  const { subscriptionId, resourceGroupName, zoneName: name } = parsePrivateZoneId(azurePrivateZoneId);
  return [subscriptionId, resourceGroupName, name].join("/").toLowerCase();
}
