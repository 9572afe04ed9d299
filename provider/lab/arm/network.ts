import type { ArmState } from "./arm-state";
import { reachesAzureKms } from "./azure-kms-way";
import { objectAt, objectsIn, textOf, type JsonObject } from "./json";
import { interfacesAt, machinesNamed, machineWith } from "./machine-index";
import type { LabNetwork, LabSrvRecord } from "../windows/network";
import { aRecordAddress, linkedZone, recordSet, registersMachines } from "./network-names";
import { machinePlace, networkReaches, type MachinePlace } from "./network-places";
import { securityGroupsAllow } from "./network-security";
import { onPremisesNetwork } from "./on-premises";
import type { StoredResource } from "./resource-store";

const kmsService = "_vlmcs._tcp";

/** The network of the simulated Azure and what is joined to it, as the machines in it see it. */
export function createLabNetwork({ store, onPremises }: Pick<ArmState, "store" | "onPremises">): LabNetwork {
  const places = (machines: readonly StoredResource[]) => [
    ...machines.flatMap((vm) => machinePlace(store, vm) ?? []),
    ...onPremises.places(),
  ];
  const placeOf = (machineId: string) => {
    const vm = store.get(machineId);
    return vm === undefined ? onPremises.place(machineId) : machinePlace(store, vm);
  };
  const reaches = (from: MachinePlace, to: MachinePlace) =>
    isOnPremises(from) || isOnPremises(to) || networkReaches(store, from.networkId, to.networkId);
  const byAddress = (from: MachinePlace, address: string) => {
    const machines = interfacesAt(store, address).flatMap(({ id }) => machineWith(store, id) ?? []);
    return places(machines).find((place) => place.address === address && reaches(from, place));
  };
  const byComputerName = (from: MachinePlace, name: string) =>
    places(machinesNamed(store, name)).find(
      (place) => place.networkId === from.networkId && place.computerName.toLowerCase() === name,
    );

  const resolveName = (from: MachinePlace, name: string): MachinePlace | undefined => {
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
      const from = placeOf(machineId);
      if (from !== undefined && isOnPremises(from)) {
        return onPremises.srvRecords(domain.toLowerCase().replace(/\.$/, ""));
      }
      const name = `${kmsService}.${domain.toLowerCase().replace(/\.$/, "")}`;
      const zone = from && linkedZone(store, from.networkId, name);
      const set = zone && recordSet(store, zone, "SRV", name);
      return objectsIn(objectAt(set?.body.properties).srvRecords).map(srvRecord);
    },
    resolve(machineId, name) {
      const from = placeOf(machineId);
      const wanted = name.toLowerCase().replace(/\.$/, "");
      if (from === undefined) {
        return undefined;
      }
      const full = wanted.includes(".") ? wanted : `${wanted}.${from.dnsSuffix}`;
      const found = byAddress(from, wanted) ?? resolveName(from, full);
      return found?.machineId;
    },
    allows(fromMachineId, toMachineId, port) {
      const [from, to] = [placeOf(fromMachineId), placeOf(toMachineId)];
      if (from === undefined || to === undefined) {
        return false;
      }
      return (
        from.machineId === to.machineId ||
        (reaches(from, to) && securityGroupsAllow(store, seenFromAzure(from, to), to, port))
      );
    },
    reachesAzureKms(machineId, name, port) {
      const from = placeOf(machineId);
      const wanted = name.toLowerCase().replace(/\.$/, "");
      return from !== undefined && !isOnPremises(from) && reachesAzureKms(store, from, wanted, port);
    },
    dnsSuffix: (machineId) => placeOf(machineId)?.dnsSuffix ?? "",
  };
}

const isOnPremises = ({ networkId }: MachinePlace) => networkId === onPremisesNetwork;

/** A machine outside Azure comes in through the gateway of the network that it talks to. */
const seenFromAzure = (from: MachinePlace, to: MachinePlace) =>
  isOnPremises(from) ? { ...from, networkId: to.networkId } : from;

function srvRecord({ priority, weight, port, target }: JsonObject): LabSrvRecord {
  return {
    priority: Number(priority ?? 0),
    weight: Number(weight ?? 0),
    port: Number(port ?? 0),
    target: (textOf(target) ?? "").replace(/\.$/, ""),
  };
}
