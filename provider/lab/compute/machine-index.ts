import { type JsonObject, objectAt, objectsIn, textOf } from "../arm/json";
import type { ResourceIndex, ResourceStore, StoredResource } from "../arm/resource-store";

/** Resource types around virtual machine scale sets. */
export const scaleSetType = "Microsoft.Compute/virtualMachineScaleSets";
export const scaleSetExtensionType = `${scaleSetType}/extensions`;
/** Instances of a scale set with orchestration mode Uniform; those of Flexible sets are virtual machines. */
export const uniformInstanceType = `${scaleSetType}/virtualMachines`;
export const uniformInterfaceType = `${uniformInstanceType}/networkInterfaces`;
export const machineType = "Microsoft.Compute/virtualMachines";

export const networkInterfaceType = "Microsoft.Network/networkInterfaces";

const machineTypes = [machineType, uniformInstanceType];

const byInterface: ResourceIndex = { types: machineTypes, keysOf: interfaceIdsOf };
const byComputerName: ResourceIndex = { types: machineTypes, keysOf: (vm) => [computerNameOf(vm)] };
const interfaceTypes = [networkInterfaceType, uniformInterfaceType];
const byAddress: ResourceIndex = {
  types: interfaceTypes,
  keysOf: ({ body }) => addressesOf(body).map(({ address }) => address),
};
const bySubnetAddress: ResourceIndex = {
  types: interfaceTypes,
  keysOf: ({ body }) => addressesOf(body).map(({ subnetId, address }) => `${subnetId} ${address}`),
};

/** The machine that has a network interface. */
export const machineWith = (store: ResourceStore, interfaceId: string): StoredResource | undefined =>
  store.find(byInterface, interfaceId)[0];

/** The machines with a computer name; those of different networks may have the same. */
export const machinesNamed = (store: ResourceStore, computerName: string): StoredResource[] =>
  store.find(byComputerName, computerName);

/** The network interfaces with an address; those of different networks may have the same. */
export const interfacesAt = (store: ResourceStore, address: string): StoredResource[] =>
  store.find(byAddress, address);

/** The network interfaces that have an address of a subnet, none or one. */
export const interfacesIn = (store: ResourceStore, subnetId: string, address: string): StoredResource[] =>
  store.find(bySubnetAddress, `${subnetId} ${address}`);

/** IDs of the network interfaces of a machine, the primary first. */
export function interfaceIdsOf(vm: StoredResource): string[] {
  const interfaces = objectsIn(objectAt(vm.body.properties, "networkProfile").networkInterfaces);
  const primaryFirst = [...interfaces].sort((a, b) => rank(a) - rank(b));
  return primaryFirst.flatMap(({ id }) => textOf(id) ?? []);
}

const rank = (item: JsonObject) => (objectAt(item.properties).primary === true ? 0 : 1);

/** What Windows calls a machine. */
export const computerNameOf = (vm: StoredResource): string =>
  textOf(objectAt(vm.body.properties, "osProfile").computerName) ?? vm.name;

function addressesOf(body: JsonObject): { subnetId: string; address: string }[] {
  return objectsIn(objectAt(body.properties).ipConfigurations).flatMap((item) => {
    const { privateIPAddress, subnet } = objectAt(item.properties);
    const [address, subnetId] = [textOf(privateIPAddress), textOf(objectAt(subnet).id)];
    return address === undefined || subnetId === undefined ? [] : { subnetId, address };
  });
}
