import * as network from "@pulumi/azure-native/network";
import { resourceGroupName, vnet } from "./network";
import { location } from "./settings";

/** Forced tunnelling: what leaves this subnet goes to the company's own network first. */
export const table = new network.RouteTable("tunnel", { resourceGroupName, location });
new network.Route("default", {
  resourceGroupName,
  routeTableName: table.name,
  addressPrefix: "0.0.0.0/0",
  nextHopType: "VirtualNetworkGateway",
});
export const behind = new network.Subnet("behind", {
  resourceGroupName,
  virtualNetworkName: vnet.name,
  addressPrefix: "10.20.2.0/24",
  routeTable: { id: table.id },
});
