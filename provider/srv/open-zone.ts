import { azureClients } from "../azure/clients";
import { azurePrivateDns, type PrivateZoneAddress } from "./azure-private-dns";
import { type DnsUpdateAddress, rfc2136 } from "./dynamic-update";
import { canonicalName, type SrvZone } from "./zone";

/** Where a zone is. Exactly one member is set. */
export interface ZoneAddress {
  azurePrivateZone?: PrivateZoneAddress;
  rfc2136?: DnsUpdateAddress;
}

/** The driver for a zone. */
export function openSrvZone(address: ZoneAddress): SrvZone {
  const { azurePrivateZone: privateZone, rfc2136: updateZone } = address;
  if (updateZone !== undefined) {
    return rfc2136(updateZone);
  }
  if (privateZone === undefined) {
    throw new TypeError("a zone address names no zone");
  }
  return azurePrivateDns(privateZone, azureClients(process.env).privateDns(privateZone.subscriptionId));
}

/**
 * What makes a zone another one. Servers and key of a zone may change without that: its records are still the same
 * ones, and taking the "old" ones away would take the new ones.
 */
export function zoneIdentity({ azurePrivateZone: zone, rfc2136: updateZone }: ZoneAddress): string {
  return updateZone !== undefined
    ? `rfc2136 ${canonicalName(updateZone.zoneName)}`
    : [zone?.subscriptionId, zone?.resourceGroupName, zone?.zoneName].join("/").toLowerCase();
}

/** The zone's own name. */
export const zoneNameOf = ({ azurePrivateZone, rfc2136: updateZone }: ZoneAddress) =>
  (azurePrivateZone ?? updateZone)?.zoneName ?? "";
