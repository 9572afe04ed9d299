import type { LabSrvRecord } from "../windows/network";
import { emptyZone, type OnPremisesZone } from "./on-premises-dns";
import type { MachinePlace } from "./network-places";

/** Addresses of the network outside Azure; a gateway joins it to every virtual network. */
export const onPremisesPrefix = "192.168.0.0/16";

/** Its ID beside those of virtual networks. */
export const onPremisesNetwork = "on-premises";

const machinesPerSubnet = 250;

/** Machines outside Azure and the DNS zones that they see. */
export interface OnPremises {
  /** Gives a new machine its place in the network. */
  add(machine: { machineId: string; computerName: string; dnsSuffix: string }): void;
  places(): MachinePlace[];
  place(machineId: string): MachinePlace | undefined;
  setZone(zone: OnPremisesZone): void;
  zones(): OnPremisesZone[];
  /** The records of `_vlmcs._tcp` in a zone. */
  srvRecords(zoneName: string): LabSrvRecord[];
  /** The address of a full name, in lower case, by a zone's records. */
  addressOf(name: string): string | undefined;
}

/** A network without machines. */
export function createOnPremises(): OnPremises {
  const places = new Map<string, MachinePlace>();
  const zones = new Map<string, OnPremisesZone>();
  return {
    add({ machineId, computerName, dnsSuffix }) {
      const place = {
        machineId,
        computerName,
        dnsSuffix: dnsSuffix.toLowerCase(),
        address: addressNumber(places.size),
        networkId: onPremisesNetwork,
        subnetId: "",
        applicationSecurityGroupIds: [],
        publicAddress: false,
      };
      places.set(machineId, place);
    },
    places: () => [...places.values()],
    place: (machineId) => places.get(machineId),
    setZone: (zone) => void zones.set(zone.zoneName, zone),
    zones: () => [...zones.values()],
    srvRecords: (zoneName) => (zones.get(zoneName) ?? emptyZone(zoneName)).srv,
    addressOf: (name) => [...zones.values()].map(({ addresses }) => addresses.get(name)).find(Boolean),
  };
}

const addressNumber = (index: number) =>
  `192.168.${1 + Math.floor(index / machinesPerSubnet)}.${1 + (index % machinesPerSubnet)}`;
