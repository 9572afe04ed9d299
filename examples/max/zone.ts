import * as privatedns from "@pulumi/azure-native/privatedns";
import { resourceGroupName, vnet } from "./network";

/** Where the Azure machines look for a KMS host. */
export const zone = new privatedns.PrivateZone("corp", {
  resourceGroupName,
  privateZoneName: "corp.example",
  location: "global",
});
export const link = new privatedns.VirtualNetworkLink("corp", {
  resourceGroupName,
  privateZoneName: zone.name,
  location: "global",
  virtualNetwork: { id: vnet.id },
  registrationEnabled: false,
});
