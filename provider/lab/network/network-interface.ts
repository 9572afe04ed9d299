import { createHash, randomUUID } from "node:crypto";
import {
  delegatedSubnetRefusal,
  limits,
  networkRegionRefusal,
  reservedSubnetRefusal,
  serviceOfSubnet,
} from "pulumi-windows-kms/bin/provider/testing";
import { ArmError } from "../arm/arm-error";
import { nameOf, parentId } from "../arm/arm-path";
import type { ArmState, ResourceChange, TypeBehaviour } from "../arm/arm-state";
import { type JsonObject, objectAt, objectsIn, stringsIn, textOf } from "../arm/json";
import { refuse } from "../arm/refuse";
import { interfacesIn, machineWith } from "../compute/machine-index";
import { inRange, ipNumber, ipRange, ipText } from "./ip-prefix";
import { prefixesOf } from "./virtual-network";

/** Azure keeps the last address of a subnet, and those at its start. */
const reservedAtStart = limits.reservedSubnetAddresses - 1;

/** Network interfaces get an address of their subnet, a MAC address and the network's DNS suffix. */
export const networkInterfaceBehaviour: TypeBehaviour = {
  write(change, arm) {
    const { virtualMachine: _, ...properties } = objectAt(change.body.properties);
    const configurations = objectsIn(properties.ipConfigurations);
    if (configurations.length === 0) {
      throw new ArmError(
        400,
        "InvalidRequestFormat",
        "Network interface has no IP configuration.",
        "ipConfigurations",
      );
    }
    configurations.forEach((item) => {
      checkRegion(change, subnetOf(item), arm);
      checkPurpose(change, subnetOf(item), arm);
    });
    const before = objectAt(change.previous?.body.properties);
    checkNetworkStays(configurations, objectsIn(before.ipConfigurations));
    change.body.properties = {
      enableAcceleratedNetworking: false,
      enableIPForwarding: false,
      disableTcpStateTracking: false,
      nicType: "Standard",
      auxiliaryMode: "None",
      auxiliarySku: "None",
      ...properties,
      resourceGuid: before.resourceGuid ?? randomUUID(),
      macAddress: before.macAddress ?? macAddress(change.id),
      ipConfigurations: configurations.map((item, index) => configuration(item, index, change, arm)),
      dnsSettings: dnsSettings(properties, subnetOf(configurations[0]), arm),
      hostedWorkloads: [],
      tapConfigurations: [],
    };
    return undefined;
  },
  read(resource, arm) {
    const machine = machineWith(arm.store, resource.id);
    const properties = objectAt(resource.body.properties);
    return machine === undefined
      ? resource.body
      : {
          ...resource.body,
          properties: { ...properties, primary: true, virtualMachine: { id: machine.id } },
        };
  },
};

/**
 * An interface keeps its virtual network. Source: learn.microsoft.com/azure/virtual-network/virtual-network-network-interface;
 * the code is the lab's own.
 */
function checkNetworkStays([now]: JsonObject[], [before]: JsonObject[]): void {
  const networkOf = (item: JsonObject) => (parentId(subnetOf(item)) ?? "").toLowerCase();
  if (before !== undefined && networkOf(now) !== networkOf(before)) {
    throw new ArmError(
      400,
      "SubnetsNotInSameVnet",
      `Subnet ${subnetOf(now)} is not in the virtual network of the network interface.`,
      "ipConfigurations",
    );
  }
}

const subnetOf = (configuration: JsonObject) => textOf(objectAt(configuration.properties, "subnet").id) ?? "";

/** @throws ArmError 400 for an interface in another region than its network */
function checkRegion(change: ResourceChange, subnet: string, arm: ArmState): void {
  const [own, network] = [change.body, arm.store.get(parentId(subnet) ?? "")?.body].map((body) =>
    textOf(body?.location),
  );
  if (own !== undefined && network !== undefined) {
    refuse(networkRegionRefusal(own, network), "subnet", { subnet, id: change.id });
  }
}

/** @throws ArmError 400 for an interface in a subnet that is kept for a service */
export function checkPurpose({ id }: ResourceChange, subnet: string, arm: ArmState): void {
  const name = nameOf(subnet);
  refuse(reservedSubnetRefusal(name), "subnet", { service: serviceOfSubnet(name) ?? "" });
  const delegations = objectsIn(objectAt(arm.store.get(subnet)?.body.properties).delegations);
  const services = delegations.map(({ properties }) => textOf(objectAt(properties).serviceName) ?? "");
  refuse(delegatedSubnetRefusal(services), "subnet", { id, subnet });
}

function configuration(item: JsonObject, index: number, change: ResourceChange, arm: ArmState): JsonObject {
  const given = objectAt(item.properties);
  const name = textOf(item.name) ?? `ipconfig${index + 1}`;
  const subnetId = subnetOf(item);
  if (subnetId === "") {
    throw new ArmError(400, "SubnetMissing", `IP configuration ${name} of ${change.id} names no subnet.`);
  }
  return {
    name,
    id: `${change.id}/ipConfigurations/${name}`,
    properties: {
      privateIPAddressVersion: "IPv4",
      privateIPAllocationMethod: "Dynamic",
      primary: index === 0,
      ...given,
      subnet: { id: subnetId },
      provisioningState: "Succeeded",
      privateIPAddress: address(given, name, subnetId, change, arm),
    },
  };
}

function address(
  given: JsonObject,
  name: string,
  subnetId: string,
  change: ResourceChange,
  arm: ArmState,
): string {
  const subnet = arm.store.get(subnetId)!;
  const ranges = prefixesOf(subnet.body).flatMap((prefix) => ipRange(prefix) ?? []);
  const own = change.id.toLowerCase();
  const isTaken = (address: string) =>
    interfacesIn(arm.store, subnetId, address).some(({ id }) => id.toLowerCase() !== own);
  const wanted = textOf(given.privateIPAddress) ?? previousAddress(change, name, subnetId);
  const wantedNumber = wanted === undefined ? undefined : ipNumber(wanted);
  if (wanted !== undefined) {
    const usable = ranges.some(({ first, last }) =>
      inRange({ first: first + reservedAtStart, last: last - 1 }, wantedNumber ?? -1),
    );
    if (!usable) {
      const reason = `Private static IP address ${wanted} does not belong to the range of subnet ${subnet.name}, or is reserved.`;
      throw new ArmError(400, "PrivateIPAddressNotInSubnet", reason);
    }
    if (isTaken(wanted)) {
      throw new ArmError(
        400,
        "PrivateIPAddressInUse",
        `IP configuration ${name} is using the private IP address ${wanted} which is already allocated.`,
      );
    }
    return wanted;
  }
  for (const { first, last } of ranges) {
    for (let number = first + reservedAtStart; number < last; number++) {
      if (!isTaken(ipText(number))) {
        return ipText(number);
      }
    }
  }
  throw new ArmError(
    400,
    "SubnetIsFull",
    `Subnet ${subnet.name} with address prefix ${prefixesOf(subnet.body).join(", ")} does not have enough capacity for 1 IP addresses.`,
  );
}

/** A dynamic address stays while the interface stays in its subnet. */
function previousAddress(change: ResourceChange, name: string, subnetId: string): string | undefined {
  const before = objectsIn(objectAt(change.previous?.body.properties).ipConfigurations);
  const same = before.find(
    (item) => item.name === name && subnetOf(item).toLowerCase() === subnetId.toLowerCase(),
  );
  return textOf(objectAt(same?.properties).privateIPAddress);
}

/** Azure's own names end in a suffix of the network; with own DNS servers it is `reddog.microsoft.com`. */
function dnsSettings(properties: JsonObject, subnetId: string, arm: ArmState): JsonObject {
  const networkId = parentId(subnetId) ?? "";
  const network = arm.store.get(networkId);
  const ownServers = stringsIn(objectAt(network?.body.properties, "dhcpOptions").dnsServers);
  const hash = createHash("sha256").update(networkId.toLowerCase()).digest("hex").slice(0, 26);
  const suffix = ownServers.length > 0 ? "reddog.microsoft.com" : `${hash}.ax.internal.cloudapp.net`;
  return {
    dnsServers: [],
    ...objectAt(properties.dnsSettings),
    appliedDnsServers: [],
    internalDomainNameSuffix: suffix,
  };
}

/** An address of Microsoft's range for virtual machines, the same for the same interface. */
function macAddress(id: string): string {
  const hash = createHash("sha256")
    .update(`${nameOf(id)}|${id.toLowerCase()}`)
    .digest("hex")
    .toUpperCase();
  return `00-0D-3A-${hash.slice(0, 2)}-${hash.slice(2, 4)}-${hash.slice(4, 6)}`;
}
