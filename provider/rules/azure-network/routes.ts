import {
  addressRange,
  type AddressRange,
  coverageOfAll,
  isPrivateRange,
  lastIpv4,
  rangeSize,
} from "./address-ranges";
import {
  type DeclaredResource,
  type DeclaredResources,
  hasUnknown,
  type Maybe,
  notKnown,
  objectsAt,
  stringAt,
} from "./declared-resource";
import { NextHopType } from "../../catalog/constants";

/** One route of a program. */
export interface Route {
  /** Logical name of its resource, or its name in the list of its table. */
  name: string;
  /** How a message names it. */
  words: string;
  /** Undefined where it is not known, and for a service tag. */
  range?: AddressRange;
  nextHop?: string;
  /** Firewall that the next hop address is of, where it is one of the program. */
  firewall: Maybe<DeclaredResource>;
  /** Address of an appliance. */
  nextHopAddress?: string;
  /** Network interface of the program that the next hop address is of, where that drops what is not for its machine. */
  deadEnd?: DeclaredResource;
  /** Whether its prefix is a service tag, for which Azure finds the addresses. */
  isTag: boolean;
}

/** A route table with all its routes that the program declares. */
export interface RouteTable {
  resource: DeclaredResource;
  routes: Route[];
  complete: boolean;
}

/** The route table with its routes: those that stand in it, and those that are resources of their own. */
export function routeTable(table: DeclaredResource, all: DeclaredResources): RouteTable {
  const words = `the route table "${table.name}"`;
  const inline = objectsAt(table, "routes");
  const own = inline.objects.map(({ value, path }) => {
    const name = typeof value.name === "string" ? value.name : path;
    return route(table, value, path, name, words, all);
  });
  const separate = all
    .of("network:Route")
    .map((one) => ({ one, of: all.referred(one, "routeTableName", "network:RouteTable") }));
  const added = separate
    .filter(({ of }) => of === table)
    .map(({ one }) => route(one, one.values, "", one.name, words, all));
  return {
    resource: table,
    routes: [...own, ...added],
    complete: inline.complete && !separate.some(({ of }) => of === notKnown),
  };
}

function route(
  resource: DeclaredResource,
  values: Record<string, unknown>,
  path: string,
  name: string,
  table: string,
  all: DeclaredResources,
): Route {
  const at = (member: string) => (path === "" ? member : `${path}.${member}`);
  const prefix = stringAt(resource, at("addressPrefix"));
  const range = prefix === undefined ? undefined : addressRange(prefix);
  return {
    name,
    words: `the route "${name}" of ${table}`,
    range,
    isTag: prefix !== undefined && range === undefined,
    nextHop: typeof values.nextHopType === "string" ? values.nextHopType : undefined,
    firewall: hasUnknown(resource, at("nextHopIpAddress"))
      ? all.referred(resource, at("nextHopIpAddress"), "network:AzureFirewall")
      : firewallAt(stringAt(resource, at("nextHopIpAddress")), all),
    nextHopAddress: stringAt(resource, at("nextHopIpAddress")),
    deadEnd: deadEndAt(resource, at("nextHopIpAddress"), all),
  };
}

/**
 * A network interface forwards for others only where the program says so. Source: learn.microsoft.com
 * virtual-network-network-interface, enable or disable IP forwarding.
 */
function deadEndAt(
  resource: DeclaredResource,
  path: string,
  all: DeclaredResources,
): DeclaredResource | undefined {
  const address = stringAt(resource, path);
  const linked = all.linked(resource, path, "network:NetworkInterface");
  const found =
    address === undefined
      ? linked
      : all
          .of("network:NetworkInterface")
          .filter((one) =>
            objectsAt(one, "ipConfigurations").objects.some(
              ({ value }) => value.privateIPAddress === address,
            ),
          );
  const drops = (one: DeclaredResource) =>
    one.values.enableIPForwarding !== true && !hasUnknown(one, "enableIPForwarding");
  return found.every(drops) ? found.at(0) : undefined;
}

/** Name that Azure demands for the subnet of a firewall. */
const firewallSubnet = "AzureFirewallSubnet";

/** The program's firewall whose subnet has an address; with several firewalls it is not known which one it is. */
function firewallAt(address: string | undefined, all: DeclaredResources): Maybe<DeclaredResource> {
  const range = address === undefined ? undefined : addressRange(address);
  const firewalls = all.of("network:AzureFirewall");
  if (range === undefined) {
    return undefined;
  }
  const prefixes = firewallSubnetPrefixes(all);
  return firewalls.length === 1 && coverageOfAll(prefixes, [range]) === "all" ? firewalls[0] : notKnown;
}

function firewallSubnetPrefixes(all: DeclaredResources): AddressRange[] {
  const separate = all
    .of("network:Subnet")
    .filter((subnet) => (stringAt(subnet, "subnetName") ?? subnet.name) === firewallSubnet)
    .map((subnet) => stringAt(subnet, "addressPrefix"));
  const inline = all
    .of("network:VirtualNetwork")
    .flatMap((network) => objectsAt(network, "subnets").objects)
    .filter(({ value }) => value.name === firewallSubnet)
    .map(({ value }) => value.addressPrefix);
  return [...separate, ...inline].flatMap((prefix) =>
    typeof prefix === "string" ? (addressRange(prefix) ?? []) : [],
  );
}

/** Where a route leads. */
export interface NextHop {
  /** One of Azure's next hop types. */
  type: string;
  /** Undefined where one of Azure's system routes decides. */
  route?: Route;
}

/**
 * Decides as Azure does: the longest prefix that has all these addresses, and of two equal ones that of the program. What
 * may be decided by a route that is not known, or that takes a part of the addresses, is left open.
 * Source: learn.microsoft.com virtual-networks-udr-overview.
 * @param own address space of the virtual network, where the addresses are in it; without it they are in the Internet
 */
export function nextHopOf(
  { routes, complete }: RouteTable,
  addresses: readonly AddressRange[],
  own?: readonly AddressRange[],
): NextHop | undefined {
  if (!complete || addresses.length === 0) {
    return undefined;
  }
  let best: Route | undefined;
  for (const one of routes) {
    if (one.range === undefined) {
      if (!one.isTag || own === undefined) {
        return undefined;
      }
      continue;
    }
    const covers = coverageOfAll([one.range], addresses);
    if (covers === "some") {
      return undefined;
    }
    if (covers === "all" && (best?.range === undefined || rangeSize(one.range) < rangeSize(best.range))) {
      best = one;
    }
  }
  if (best === undefined) {
    return { type: own === undefined ? NextHopType.Internet : NextHopType.VnetLocal };
  }
  if (own !== undefined && !isAtLeastAsLong(best.range!, own)) {
    return { type: NextHopType.VnetLocal };
  }
  return best.nextHop === undefined ? undefined : { type: best.nextHop, route: best };
}

/** Whether a route of the program goes before the virtual network's own, whose prefixes are at most as wide. */
const isAtLeastAsLong = (range: AddressRange, own: readonly AddressRange[]) =>
  own.length > 0 && own.every((space) => rangeSize(range) <= rangeSize(space));

/**
 * Where the Internet as a whole is. Left open where parts of it are behind an appliance or a gateway, and for a table that
 * is not all known.
 */
export function defaultHop({ routes, complete }: RouteTable): NextHop | undefined {
  const main = routes.find(({ range }) => range?.family === 4 && range.from === 0n && range.to === lastIpv4);
  const others = routes.filter((one) => one !== main);
  const elsewhere = others.some(
    ({ range, isTag, nextHop }) =>
      nextHop !== NextHopType.Internet && (range === undefined || isTag || !isPrivateRange(range)),
  );
  if (!complete || elsewhere || (main !== undefined && main.nextHop === undefined)) {
    return undefined;
  }
  return main === undefined ? { type: NextHopType.Internet } : { type: main.nextHop!, route: main };
}

/**
 * The default route of a VPN gateway with a default site, which leads all of its network to an office.
 * Source: learn.microsoft.com vpn-gateway/site-to-site-tunneling.
 */
function defaultSiteRoute(network: DeclaredResource, all: DeclaredResources): Route | undefined {
  const gateway = all
    .of("network:VirtualNetworkGateway")
    .find(
      (one) =>
        one.values.gatewayDefaultSite !== undefined &&
        objectsAt(one, "ipConfigurations").objects.some(({ path }) =>
          isSubnetOf(one, `${path}.subnet.id`, network, all),
        ),
    );
  return (
    gateway && {
      name: gateway.name,
      words: `the default site of the virtual network gateway "${gateway.name}"`,
      nextHop: NextHopType.VirtualNetworkGateway,
      firewall: undefined,
      isTag: false,
    }
  );
}

function isSubnetOf(
  from: DeclaredResource,
  path: string,
  network: DeclaredResource,
  all: DeclaredResources,
): boolean {
  const subnet = all.referred(from, path, "network:Subnet");
  const id = stringAt(from, path)?.split("/").slice(0, -2).join("/");
  const found =
    typeof subnet === "object"
      ? all.referred(subnet, "virtualNetworkName", "network:VirtualNetwork")
      : id && all.referred({ values: { id }, unknown: new Set(), links: [] }, "id", "network:VirtualNetwork");
  return found === network;
}

/**
 * The default route that a hub of Azure Virtual WAN gives to a network: with enableInternetSecurity it leads to the hub's
 * firewall, before Azure's own way to the Internet. Source: learn.microsoft.com virtual-wan/how-to-virtual-hub-routing.
 */
export function hubRoute(network: DeclaredResource, all: DeclaredResources): Route | undefined {
  const connection = all
    .of("network:HubVirtualNetworkConnection")
    .find(
      (one) =>
        one.values.enableInternetSecurity === true &&
        all.referred(one, "remoteVirtualNetwork.id", "network:VirtualNetwork") === network,
    );
  if (connection === undefined) {
    return defaultSiteRoute(network, all);
  }
  const firewalls = all
    .of("network:AzureFirewall")
    .filter((one) => one.values.virtualHub !== undefined || hasUnknown(one, "virtualHub"));
  return {
    name: connection.name,
    words: `the hub connection "${connection.name}"`,
    nextHop: NextHopType.VirtualAppliance,
    firewall: firewalls.length === 1 ? firewalls[0] : notKnown,
    isTag: false,
  };
}

/** A next hop that the network's hub or gateway decides where no route of the program does. */
export const withHub = (hop: NextHop | undefined, hub: Route | undefined): NextHop | undefined =>
  hub !== undefined && hop?.type === NextHopType.Internet && hop.route === undefined
    ? { type: hub.nextHop!, route: hub }
    : hop;
