import { limits } from "../../catalog/limits";
import { hresults, LicensingFailure } from "./hresults";

/** One KMS host that a key was activated on. */
export interface HostUsage {
  /** SMBIOS UUID. */
  machineId: string;
  activations: number;
}

/** Microsoft's side of host activation. */
export interface ActivationService {
  /** @throws LicensingFailure 0xC004C008 when the key has no activation left for this machine */
  activate(keyEnding: string, machineId: string): void;
  /** Hosts of the key with this ending, in the order in which they were first activated. */
  usage(keyEnding: string): HostUsage[];
}

/** An activation service on which no key has been used. */
export function activationService(): ActivationService {
  const keys = new Map<string, Map<string, number>>();
  return {
    activate(keyEnding, machineId) {
      const hosts = keys.get(keyEnding) ?? new Map<string, number>();
      const spent = hosts.get(machineId);
      if (spent === undefined ? hosts.size >= limits.hostsPerKey : spent >= limits.activationsPerHost) {
        throw new LicensingFailure(hresults.activationLimitExceeded);
      }
      hosts.set(machineId, (spent ?? 0) + 1);
      keys.set(keyEnding, hosts);
    },
    usage: (keyEnding) =>
      [...(keys.get(keyEnding) ?? [])].map(([machineId, activations]) => ({ machineId, activations })),
  };
}
