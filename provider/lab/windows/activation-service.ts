import { createHash } from "node:crypto";
import { limits } from "pulumi-windows-kms/bin/provider/testing";
import { hresults, LicensingFailure } from "./hresults";
import type { InstalledProduct, WindowsMachine } from "./windows-machine";

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

/** Digits of an installation ID and of a confirmation ID, as Windows shows them. Invented for the lab, but for their lengths. */
const installationDigits = 63;
const confirmationDigits = 48;

/** The installation ID by which Microsoft's telephone line identifies a machine with this key. */
export const installationIdOf = (machine: WindowsMachine, { partialProductKey }: InstalledProduct) =>
  digits(`installation ${machine.uuid} ${partialProductKey}`, installationDigits);

/** What the telephone line answers. */
export const confirmationIdFor = (installationId: string) =>
  digits(`confirmation ${installationId}`, confirmationDigits);

function digits(seed: string, length: number): string {
  const hash = createHash("sha512").update(seed).digest("hex");
  return BigInt(`0x${hash}`).toString().padStart(length, "0").slice(-length);
}
