import { ArmError } from "../arm-error";
import { parentId } from "../arm-path";
import type { ArmState, ResourceChange, TypeBehaviour } from "../arm-state";
import { ipRange } from "../ip-prefix";
import { objectAt, textOf } from "../json";

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
