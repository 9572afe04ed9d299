import { parentId } from "../arm/arm-path";
import type { ArmState } from "../arm/arm-state";
import { type JsonObject, objectAt, objectsIn, textOf } from "../arm/json";
import type { ResourceStore, StoredResource } from "../arm/resource-store";
import { interfacesAt, machinesNamed, machineWith } from "../compute/machine-index";
import type { LabNetwork, LabSrvRecord } from "../windows/world";
import { reachesAzureKms } from "./azure-kms";
import { networkEndpoint, type NetworkEndpoint, networkReaches } from "./endpoint";
import { onPremisesNetwork } from "./on-premises";
import { linkType, networkOf } from "./private-dns";
import { securityGroupsAllow } from "./security";

const kmsService = "_vlmcs._tcp";

/** The network of the simulated Azure and what is joined to it, as the machines in it see it. */
export function createLabNetwork({ store, onPremises }: Pick<ArmState, "store" | "onPremises">): LabNetwork {
  const endpoints = (machines: readonly StoredResource[]) => [
    ...machines.flatMap((vm) => networkEndpoint(store, vm) ?? []),
    ...onPremises.endpoints(),
  ];
  const endpointOf = (machineId: string) => {
    const vm = store.get(machineId);
    return vm === undefined ? onPremises.endpoint(machineId) : networkEndpoint(store, vm);
  };
  const reaches = (from: NetworkEndpoint, to: NetworkEndpoint) =>
    isOnPremises(from) || isOnPremises(to) || networkReaches(store, from.networkId, to.networkId);
  const byAddress = (from: NetworkEndpoint, address: string) => {
    const machines = interfacesAt(store, address).flatMap(({ id }) => machineWith(store, id) ?? []);
    return endpoints(machines).find((endpoint) => endpoint.address === address && reaches(from, endpoint));
  };
  const byComputerName = (from: NetworkEndpoint, name: string) =>
    endpoints(machinesNamed(store, name)).find(
      (endpoint) => endpoint.networkId === from.networkId && endpoint.computerName.toLowerCase() === name,
    );

  const resolveName = (from: NetworkEndpoint, name: string): NetworkEndpoint | undefined => {
    const recorded = isOnPremises(from) ? onPremises.addressOf(name) : undefined;
    if (recorded !== undefined) {
      return byAddress(from, recorded);
    }
    const zone = linkedZone(store, from.networkId, name);
    if (zone === undefined) {
      return name.endsWith(`.${from.dnsSuffix}`)
        ? byComputerName(from, name.slice(0, -from.dnsSuffix.length - 1))
        : undefined;
    }
    const address = aRecordAddress(store, from.networkId, zone, name);
    if (address !== undefined) {
      return byAddress(from, address);
    }
    const label = name.slice(0, -zone.name.length - 1);
    return registersMachines(store, zone, from.networkId) ? byComputerName(from, label) : undefined;
  };

  return {
    srvRecords(machineId, domain) {
      const from = endpointOf(machineId);
      if (from !== undefined && isOnPremises(from)) {
        return onPremises.srvRecords(domain.toLowerCase().replace(/\.$/, ""));
      }
      const name = `${kmsService}.${domain.toLowerCase().replace(/\.$/, "")}`;
      const zone = from && linkedZone(store, from.networkId, name);
      const set = zone && recordSet(store, zone, "SRV", name);
      return objectsIn(objectAt(set?.body.properties).srvRecords).map(srvRecord);
    },
    resolve(machineId, name) {
      const from = endpointOf(machineId);
      const wanted = name.toLowerCase().replace(/\.$/, "");
      if (from === undefined) {
        return undefined;
      }
      const full = wanted.includes(".") ? wanted : `${wanted}.${from.dnsSuffix}`;
      const found = byAddress(from, wanted) ?? resolveName(from, full);
      return found?.machineId;
    },
    allows(fromMachineId, toMachineId, port) {
      const [from, to] = [endpointOf(fromMachineId), endpointOf(toMachineId)];
      if (from === undefined || to === undefined) {
        return false;
      }
      return (
        from.machineId === to.machineId ||
        (reaches(from, to) && securityGroupsAllow(store, seenFromAzure(from, to), to, port))
      );
    },
    shareSubnet(machineId, otherId) {
      const [one, other] = [endpointOf(machineId), endpointOf(otherId)];
      return (
        one !== undefined &&
        one.networkId === other?.networkId &&
        one.subnetId.toLowerCase() === other.subnetId.toLowerCase()
      );
    },
    reachesAzureKms(machineId, name, port) {
      const from = endpointOf(machineId);
      const wanted = name.toLowerCase().replace(/\.$/, "");
      return from !== undefined && !isOnPremises(from) && reachesAzureKms(store, from, wanted, port);
    },
    dnsSuffix: (machineId) => endpointOf(machineId)?.dnsSuffix ?? "",
  };
}

const isOnPremises = ({ networkId }: NetworkEndpoint) => networkId === onPremisesNetwork;

/** A machine outside Azure comes in through the gateway of the network that it talks to. */
const seenFromAzure = (from: NetworkEndpoint, to: NetworkEndpoint) =>
  isOnPremises(from) ? { ...from, networkId: to.networkId } : from;

function srvRecord({ priority, weight, port, target }: JsonObject): LabSrvRecord {
  return {
    priority: Number(priority ?? 0),
    weight: Number(weight ?? 0),
    port: Number(port ?? 0),
    target: (textOf(target) ?? "").replace(/\.$/, ""),
  };
}

/** A chain of CNAME records is followed this far. */
const longestChain = 8;

/** The private zone that answers for a name in a virtual network: of the linked ones the longest that fits. */
export function linkedZone(
  store: ResourceStore,
  networkId: string,
  name: string,
): StoredResource | undefined {
  const zones = linksOf(store, networkId).flatMap(({ id }) => store.get(parentId(id)!) ?? []);
  const fitting = zones.filter((zone) => isIn(name, zone));
  return fitting.sort((a, b) => b.name.length - a.name.length)[0];
}

const linksOf = (store: ResourceStore, networkId: string) =>
  store.ofType(linkType).filter(({ body }) => networkOf(body) === networkId);

const isIn = (name: string, zone: StoredResource) =>
  name === zone.name.toLowerCase() || name.endsWith(`.${zone.name.toLowerCase()}`);

/** Whether the zone takes the names of the network's machines by itself. */
export function registersMachines(store: ResourceStore, zone: StoredResource, networkId: string): boolean {
  const link = linksOf(store, networkId).find(
    ({ id }) => parentId(id)!.toLowerCase() === zone.id.toLowerCase(),
  );
  return objectAt(link?.body.properties).registrationEnabled === true;
}

/** The record set of a full name in a zone, or the wildcard that stands for it. */
export function recordSet(
  store: ResourceStore,
  zone: StoredResource,
  type: string,
  name: string,
): StoredResource | undefined {
  const relative = name === zone.name.toLowerCase() ? "@" : name.slice(0, -zone.name.length - 1);
  const exact = store.get(`${zone.id}/${type}/${relative}`);
  const wildcard =
    relative === "@" ? undefined : store.get(`${zone.id}/${type}/*${relative.replace(/^[^.]*/, "")}`);
  return exact ?? wildcard;
}

/** The first address of a full name, through CNAME records in zones that the network is linked to. */
export function aRecordAddress(
  store: ResourceStore,
  networkId: string,
  zone: StoredResource,
  name: string,
  steps = longestChain,
): string | undefined {
  const addresses = objectsIn(objectAt(recordSet(store, zone, "A", name)?.body.properties).aRecords);
  if (addresses[0] !== undefined) {
    return textOf(addresses[0].ipv4Address);
  }
  const alias = recordSet(store, zone, "CNAME", name);
  const target = textOf(objectAt(alias?.body.properties, "cnameRecord").cname)
    ?.toLowerCase()
    .replace(/\.$/, "");
  const next = target === undefined ? undefined : linkedZone(store, networkId, target);
  return next === undefined || steps === 0
    ? undefined
    : aRecordAddress(store, networkId, next, target!, steps - 1);
}
