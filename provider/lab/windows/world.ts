import type { ActivationService } from "./activation-service";
import type { WindowsMachine } from "./windows-machine";

/** What a machine deals with outside of itself. */
export interface World {
  network: LabNetwork;
  activationService: ActivationService;
  /** At least 0 and less than 1. */
  random: () => number;
  /** A machine of the fleet, running or not. */
  machine: (id: string) => WindowsMachine | undefined;
}

/** An SRV record of a KMS host, as a DNS server answers it. */
export interface LabSrvRecord {
  priority: number;
  weight: number;
  port: number;
  target: string;
}

/** What the machines need to know of the network they are in; the simulated Azure answers it. */
export interface LabNetwork {
  /** SRV records of `_vlmcs._tcp` in that DNS domain, as seen from this machine, which remembers that there were none. */
  srvRecords(machineId: string, domain: string): LabSrvRecord[];
  clearDnsCache(machineId: string): void;
  /** The machine behind a DNS name or an IP address; undefined if there is none. */
  resolve(machineId: string, name: string): string | undefined;
  /** Whether network security groups and routing let a TCP connection pass. */
  allows(fromMachineId: string, toMachineId: string, port: number): boolean;
  /** Whether two machines are in one subnet. */
  shareSubnet(machineId: string, otherId: string): boolean;
  /** Whether Azure's own KMS answers this machine under a name and port. */
  reachesAzureKms(machineId: string, name: string, port: number): boolean;
  /** Whether the machine has a way out to the Internet, as the activation of a KMS host key needs. */
  reachesInternet(machineId: string): boolean;
  /** Default DNS suffix of a machine, "" for none. */
  dnsSuffix(machineId: string): string;
}
