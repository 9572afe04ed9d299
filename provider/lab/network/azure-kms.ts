import { azureKmsOf, limits } from "pulumi-windows-kms/bin/provider/testing";
import { type JsonObject, objectAt, textOf } from "../arm/json";
import type { ResourceStore } from "../arm/resource-store";
import { inRange, ipNumber, ipRange } from "./ip-prefix";
import type { NetworkEndpoint } from "./endpoint";
import { securityGroupsLetOut } from "./security";
import { routeType } from "./virtual-network";

/** The lab is the public cloud. */
const servers = azureKmsOf("public").servers;

/** Where Azure sends what no route of the table fits. Source: learn.microsoft.com virtual-networks-udr-overview. */
const systemHop = "internet";

/**
 * Whether a machine reaches Azure's own KMS under this name, from an address of Azure's: each address that the name may
 * stand for must be routed to the Internet and let out, and the machine must have a way there.
 */
export function reachesAzureKms(
  store: ResourceStore,
  from: NetworkEndpoint,
  name: string,
  port: number,
): boolean {
  const server = servers.find((known) => known.name === name);
  if (server === undefined || port !== limits.kmsPort) {
    return false;
  }
  const subnet = objectAt(store.get(from.subnetId)?.body.properties);
  const routes = routesOf(store, subnet);
  const exempt = !routes.some(isDefaultRoute);
  return (
    (from.publicAddress || hasOutboundAccess(subnet)) &&
    server.addresses.every(
      (address) =>
        nextHop(routes, address) === systemHop && securityGroupsLetOut(store, from, address, port, exempt),
    )
  );
}

/** Port of Microsoft's activation service. Source: learn.microsoft.com/troubleshoot, activation endpoints. */
const httpsPort = 443;

/** Stands for any address outside Azure, of a prefix for documentation. */
const outsideAddress = "203.0.113.1";

/** Whether a machine has a way out to the Internet: a route, a method, and security groups that let it out. */
export function reachesInternet(store: ResourceStore, from: NetworkEndpoint): boolean {
  const subnet = objectAt(store.get(from.subnetId)?.body.properties);
  const hop = nextHop(routesOf(store, subnet), outsideAddress);
  // What stands behind an appliance or a gateway is not in the lab: it is taken to let everything out.
  const isForwarded = hop === "virtualappliance" || hop === "virtualnetworkgateway";
  const isDirect = hop === systemHop && (from.publicAddress || hasOutboundAccess(subnet));
  return (isForwarded || isDirect) && securityGroupsLetOut(store, from, outsideAddress, httpsPort, false);
}

/** A NAT gateway, or the default outbound access that a private subnet lacks. */
const hasOutboundAccess = (subnet: JsonObject) =>
  objectAt(subnet.natGateway).id !== undefined || subnet.defaultOutboundAccess !== false;

const wholeInternet = ipRange("0.0.0.0/0")!;

const isDefaultRoute = ({ first, last }: Route) =>
  first === wholeInternet.first && last === wholeInternet.last;

interface Route {
  first: number;
  last: number;
  hop: string;
}

function routesOf(store: ResourceStore, subnet: JsonObject): Route[] {
  const tableId = textOf(objectAt(subnet.routeTable).id);
  const routes = tableId === undefined ? [] : store.childrenOf(tableId, routeType);
  return routes.flatMap(({ body }) => {
    const { addressPrefix, nextHopType } = objectAt(body.properties);
    const range = ipRange(textOf(addressPrefix) ?? "");
    return range === undefined ? [] : [{ ...range, hop: (textOf(nextHopType) ?? "").toLowerCase() }];
  });
}

/** The hop of the longest prefix that the address is in. */
function nextHop(routes: Route[], address: string): string {
  const number = ipNumber(address)!;
  const fitting = routes.filter((route) => inRange(route, number));
  const [longest] = fitting.sort((a, b) => a.last - a.first - (b.last - b.first));
  return longest?.hop ?? systemHop;
}
