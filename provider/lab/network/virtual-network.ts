import { ArmError } from "../arm/arm-error";
import { nameOf, parentId } from "../arm/arm-path";
import type { ArmState, ResourceChange, TypeBehaviour } from "../arm/arm-state";
import { type JsonObject, objectAt, stringsIn, textOf } from "../arm/json";
import { covers, ipRange, type IpRange, overlaps } from "./ip-prefix";

/** Subnets lie in their virtual network and do not overlap. */
export const subnetBehaviour: TypeBehaviour = {
  write(change, arm) {
    const ranges = rangesOf(change);
    checkInside(change, arm, ranges);
    for (const sibling of arm.store.childrenOf(
      parentId(change.id)!,
      "Microsoft.Network/virtualNetworks/subnets",
    )) {
      const taken = prefixesOf(sibling.body).flatMap((prefix) => ipRange(prefix) ?? []);
      if (sibling.name.toLowerCase() !== change.name.toLowerCase() && anyOverlap(ranges, taken)) {
        throw new ArmError(
          400,
          "NetcfgSubnetRangesOverlap",
          `Subnet '${change.name}' is not valid because its IP address range overlaps with that of an existing subnet in virtual network '${nameOf(parentId(change.id)!)}'.`,
        );
      }
    }
    const { delegations = [], privateEndpointNetworkPolicies = "Disabled" } = objectAt(
      change.body.properties,
    );
    change.body.properties = {
      privateLinkServiceNetworkPolicies: "Enabled",
      ...(arm.conditions.privateSubnets && { defaultOutboundAccess: false }),
      ...objectAt(change.body.properties),
      delegations,
      privateEndpointNetworkPolicies,
    };
    return undefined;
  },
};

/** The address prefixes of a subnet, whichever of the two properties holds them. */
export function prefixesOf(body: JsonObject): string[] {
  const { addressPrefix, addressPrefixes } = objectAt(body.properties);
  const single = textOf(addressPrefix);
  return single === undefined ? stringsIn(addressPrefixes) : [single];
}

const anyOverlap = (some: IpRange[], others: IpRange[]) =>
  some.some((one) => others.some((other) => overlaps(one, other)));

function rangesOf(change: ResourceChange): IpRange[] {
  const prefixes = prefixesOf(change.body);
  const ranges = prefixes.flatMap((prefix) => (prefix.includes("/") ? (ipRange(prefix) ?? []) : []));
  if (prefixes.length === 0 || ranges.length < prefixes.length) {
    throw new ArmError(
      400,
      "InvalidAddressPrefixFormat",
      `Address prefix '${prefixes.join(", ")}' of resource ${change.id} is not formatted correctly. It should follow CIDR notation, for example 10.0.0.0/24.`,
    );
  }
  return ranges;
}

function checkInside(change: ResourceChange, arm: ArmState, ranges: IpRange[]): void {
  const network = arm.store.get(parentId(change.id)!);
  const space = stringsIn(objectAt(network?.body.properties, "addressSpace").addressPrefixes);
  const spaces = space.flatMap((prefix) => ipRange(prefix) ?? []);
  if (!ranges.every((range) => spaces.some((whole) => covers(whole, range)))) {
    throw new ArmError(
      400,
      "NetcfgInvalidSubnet",
      `Subnet '${change.name}' is not valid because its IP address range is outside the IP address range of virtual network '${network?.name}'.`,
    );
  }
}

export const routeType = "Microsoft.Network/routeTables/routes";

/** Next hop types of Azure. Source: learn.microsoft.com virtual-networks-udr-overview. */
const nextHopTypes = ["VirtualNetworkGateway", "VnetLocal", "Internet", "VirtualAppliance", "None"];

/** Whole routes, and each prefix once in a table, as Microsoft.Network checks them. */
export const routeBehaviour: TypeBehaviour = {
  write(change, arm) {
    const { addressPrefix, nextHopType, nextHopIpAddress } = objectAt(change.body.properties);
    const prefix = textOf(addressPrefix) ?? "";
    if (ipRange(prefix) === undefined && !/^[A-Za-z][\w.]*$/.test(prefix)) {
      refuse("InvalidAddressPrefixFormat", change, `has an invalid AddressPrefix '${prefix}'.`);
    }
    if (!nextHopTypes.includes(textOf(nextHopType) ?? "")) {
      refuse("InvalidRequestFormat", change, `has an invalid NextHopType '${textOf(nextHopType)}'.`);
    }
    if ((nextHopType === "VirtualAppliance") !== (textOf(nextHopIpAddress) !== undefined)) {
      refuse("InvalidNextHopIpAddress", change, "must have NextHopIpAddress exactly with VirtualAppliance.");
    }
    checkPrefixFree(change, prefix, arm);
    return undefined;
  },
};

function refuse(code: string, { name }: ResourceChange, reason: string): never {
  throw new ArmError(400, code, `Route ${name} ${reason}`);
}

function checkPrefixFree(change: ResourceChange, prefix: string, arm: ArmState): void {
  const other = arm.store
    .childrenOf(parentId(change.id)!, routeType)
    .filter(({ name }) => name.toLowerCase() !== change.name.toLowerCase())
    .find(({ body }) => objectAt(body.properties).addressPrefix === prefix);
  if (other !== undefined) {
    refuse(
      "RouteConflict",
      change,
      `conflicts with Route: ${other.name}. Routes cannot have the same AddressPrefix.`,
    );
  }
}
