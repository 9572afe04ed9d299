import { hostKeyChannel } from "../machine/licensing-answer";
import type { HostState } from "./observed";
import { becomesActivated, isOfficeKey } from "./plan";

/** How a KMS host key is activated. */
export type HostActivationMode = "online" | "offline" | "none";

/** What a program says of a KMS host, whatever its key. */
export interface HostSettings {
  /** Canonical operating system name of the catalogue. */
  os: string;
  /** Activation ID of the Office version whose host key this is; undefined for the key of Windows. */
  activationId?: string;
  /** How the key is activated: over the Internet, by telephone, or not at all. */
  activation: HostActivationMode;
  /** TCP port that the KMS host listens on. */
  port: number;
  activationIntervalMinutes: number;
  renewalIntervalMinutes: number;
  lowPriority: boolean;
  /** Whether Windows itself publishes the SRV record. */
  dnsPublishing: boolean;
  /** Whether the Windows feature VolumeActivation is installed, where the system has it. */
  installRole: boolean;
  /** Profiles that the inbound rule of Windows Defender Firewall is enabled for. */
  firewallProfiles: string[];
}

/** What a KMS host shall be: what the plan is made from and what drift is measured against. */
export interface DesiredHost extends HostSettings {
  /** Last five characters of the KMS host key. */
  partialProductKey: string;
  /** For `offline`: the installation ID that Microsoft confirmed, once there is a confirmation ID. */
  confirmedInstallationId?: string;
}

/** How the script describes the inbound rule that this desired asks for. */
export function desiredFirewall(desired: DesiredHost): string {
  return `enabled:${desired.port}:${[...desired.firewallProfiles].sort().join(",")}`;
}

/** Each difference between what a KMS host shall be and what it is, in words; empty when there is none. */
export function hostDrift(desired: DesiredHost, state: HostState): string[] {
  const drift: string[] = [];
  const compare: Compare = (what, is, wanted) => {
    if (is !== wanted) {
      drift.push(`${what} is ${is === "" ? "missing" : is}, wanted ${wanted}`);
    }
  };
  compare("ending of the product key", state.partialProductKey, desired.partialProductKey);
  compare("product key channel", state.productKeyChannel, hostKeyChannel);
  if (becomesActivated(desired)) {
    compare("license status", state.licenseStatus, "Licensed");
  }
  if (isOfficeKey(desired)) {
    return drift;
  }
  if (state.licenseStatus === "Licensed" || becomesActivated(desired)) {
    compareSettings(compare, desired, state);
  }
  if (desired.installRole && state.role !== "unsupported") {
    compare("Windows feature VolumeActivation", state.role, "Installed");
  }
  compare("inbound firewall rule", state.firewall, desiredFirewall(desired));
  return drift;
}

type Compare = (what: string, is: string | number, wanted: string | number) => void;

function compareSettings(compare: Compare, desired: DesiredHost, state: HostState): void {
  compare("listening port", state.port, desired.port);
  compare(
    "activation interval in minutes",
    state.activationIntervalMinutes,
    desired.activationIntervalMinutes,
  );
  compare("renewal interval in minutes", state.renewalIntervalMinutes, desired.renewalIntervalMinutes);
  compare("thread priority", priority(state.lowPriority), priority(desired.lowPriority));
  compare("DNS publishing by Windows", onOff(state.dnsPublishing), onOff(desired.dnsPublishing));
}

const priority = (low: boolean) => (low ? "low" : "normal");
const onOff = (on: boolean) => (on ? "on" : "off");
