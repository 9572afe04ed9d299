import type { ArmState } from "../arm/arm-state";
import type { StoredResource } from "../arm/resource-store";
import { interfacesAt, machinesNamed, machineWith } from "../compute/machine-index";
import type { LabNetwork } from "../windows/world";
import { reachesAzureKms, reachesInternet } from "./azure-kms";
import { type DnsView, dnsView } from "./dns-view";
import { networkEndpoint, type NetworkEndpoint, networkReaches } from "./endpoint";
import { onPremisesNetwork } from "./on-premises";
import { securityGroupsAllow } from "./security";

const kmsService = "_vlmcs._tcp";

/** The network of the simulated Azure and what is joined to it, as the machines in it see it. */
export function createLabNetwork({
  store,
  onPremises,
  clock,
}: Pick<ArmState, "store" | "onPremises" | "clock">): LabNetwork {
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

  const dnsOf = ({ networkId }: NetworkEndpoint): DnsView => dnsView(store, networkId, clock.now());

  const resolveName = (from: NetworkEndpoint, name: string): NetworkEndpoint | undefined => {
    const recorded = isOnPremises(from) ? onPremises.addressOf(name) : undefined;
    if (recorded !== undefined) {
      return byAddress(from, recorded);
    }
    const dns = dnsOf(from);
    const zone = dns.zoneOf(name);
    if (zone === undefined) {
      return name.endsWith(`.${from.dnsSuffix}`)
        ? byComputerName(from, name.slice(0, -from.dnsSuffix.length - 1))
        : undefined;
    }
    const address = dns.address(name);
    if (address !== undefined) {
      return byAddress(from, address);
    }
    const label = name.slice(0, -zone.name.length - 1);
    return dns.registersMachines(zone) ? byComputerName(from, label) : undefined;
  };

  /** Until when machines remember, by name, that DNS had no answer. */
  const noAnswers = new Map<string, Map<string, number>>();

  return {
    srvRecords(machineId, domain) {
      const from = endpointOf(machineId);
      if (from !== undefined && isOnPremises(from)) {
        return onPremises.srvRecords(domain.toLowerCase().replace(/\.$/, ""));
      }
      const name = `${kmsService}.${domain.toLowerCase().replace(/\.$/, "")}`;
      if (from === undefined || clock.now() < (noAnswers.get(machineId)?.get(name) ?? 0)) {
        return [];
      }
      const records = dnsOf(from).srvRecords(name);
      if (records.length === 0) {
        const remembered = noAnswers.get(machineId) ?? new Map<string, number>();
        noAnswers.set(machineId, remembered.set(name, clock.now() + negativeCacheMilliseconds));
      }
      return records;
    },
    clearDnsCache: (machineId) => void noAnswers.delete(machineId),
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
    reachesInternet(machineId) {
      const from = endpointOf(machineId);
      return from !== undefined && (isOnPremises(from) || reachesInternet(store, from));
    },
    dnsSuffix: (machineId) => endpointOf(machineId)?.dnsSuffix ?? "",
  };
}

/** Windows' MaxNegativeCacheTtl, 900 seconds where nobody sets it. Source: Microsoft's KB 318803. */
const negativeCacheMilliseconds = 900_000;

const isOnPremises = ({ networkId }: NetworkEndpoint) => networkId === onPremisesNetwork;

/** A machine outside Azure comes in through the gateway of the network that it talks to. */
const seenFromAzure = (from: NetworkEndpoint, to: NetworkEndpoint) =>
  isOnPremises(from) ? { ...from, networkId: to.networkId } : from;
