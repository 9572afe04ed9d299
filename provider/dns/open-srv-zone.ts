import { azureClients } from "../azure/azure-clients";
import { azurePrivateDns, type PrivateZoneAddress } from "./azure-private-dns";
import type { SrvZone } from "./srv-zone";

/** Where a zone is. Exactly one member is set. */
export interface ZoneAddress {
  azurePrivateZone?: PrivateZoneAddress;
}

/** The driver for a zone. */
export function openSrvZone(address: ZoneAddress): SrvZone {
  const zone = address.azurePrivateZone;
  if (zone === undefined) {
    throw new TypeError("a zone address names no zone");
  }
  return azurePrivateDns(zone, azureClients(process.env).privateDns(zone.subscriptionId));
}
