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
export interface HostWish extends HostSettings {
  /** Last five characters of the KMS host key. */
  partialProductKey: string;
  /** For `offline`: the installation ID that Microsoft confirmed, once there is a confirmation ID. */
  confirmedInstallationId?: string;
}
