import { parentId } from "../arm/arm-path";
import { type JsonObject, objectAt, objectsIn, textOf } from "../arm/json";
import type { ResourceStore, StoredResource } from "../arm/resource-store";
import { computerNameOf, interfaceIdsOf } from "../compute/machine-index";

/** Where a machine is in the network: its primary interface and what that is in. */
export interface NetworkEndpoint {
  /** Lower-case resource ID, as the fleet names machines. */
  machineId: string;
  computerName: string;
  address: string;
  dnsSuffix: string;
  /** Lower case. */
  networkId: string;
  subnetId: string;
  interfaceSecurityGroupId?: string;
  applicationSecurityGroupIds: string[];
  /** Whether its interface has a public address. */
  publicAddress: boolean;
}

/** The endpoint of a machine; undefined when its interface is gone. */
export function networkEndpoint(store: ResourceStore, vm: StoredResource): NetworkEndpoint | undefined {
  const nic = store.get(interfaceIdsOf(vm)[0] ?? "");
  const properties = objectAt(nic?.body.properties);
  const primary = objectsIn(properties.ipConfigurations)[0];
  const subnetId = textOf(objectAt(primary, "properties", "subnet").id);
  if (subnetId === undefined) {
    return undefined;
  }
  const configuration = objectAt(primary?.properties);
  return {
    machineId: vm.id.toLowerCase(),
    computerName: computerNameOf(vm),
    address: textOf(configuration.privateIPAddress) ?? "",
    dnsSuffix: textOf(objectAt(properties, "dnsSettings").internalDomainNameSuffix) ?? "",
    networkId: (parentId(subnetId) ?? "").toLowerCase(),
    subnetId,
    interfaceSecurityGroupId: textOf(objectAt(properties, "networkSecurityGroup").id),
    applicationSecurityGroupIds: idsIn(configuration.applicationSecurityGroups),
    publicAddress: textOf(objectAt(configuration, "publicIPAddress").id) !== undefined,
  };
}

const idsIn = (list: JsonObject[string]) =>
  objectsIn(list).flatMap(({ id }) => textOf(id)?.toLowerCase() ?? []);

/** Whether two virtual networks are the same, or peered in both directions. */
export function networkReaches(store: ResourceStore, from: string, to: string): boolean {
  return from === to || (peersOf(store, from).includes(to) && peersOf(store, to).includes(from));
}

/** IDs of the peered networks, in lower case. */
export function peersOf(store: ResourceStore, networkId: string): string[] {
  return store
    .childrenOf(networkId, "Microsoft.Network/virtualNetworks/virtualNetworkPeerings")
    .filter(({ body }) => objectAt(body.properties).allowVirtualNetworkAccess !== false)
    .flatMap(({ body }) => textOf(objectAt(body.properties, "remoteVirtualNetwork").id)?.toLowerCase() ?? []);
}
