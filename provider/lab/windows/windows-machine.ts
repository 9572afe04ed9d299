import { limits } from "pulumi-windows-kms/bin/provider/testing";
import { type CountCache, emptyCountCache } from "./count-cache";
import { healthy, type MachineConditions } from "./conditions";
import { builtInRules, type FirewallRules } from "./firewall";
import type { KeyChannel, License, MachineSystem } from "./license";

/** Channels of keys that images come with and nobody publishes: of a KMS client that of the multi-session edition alone. */
export type ImageChannel = Exclude<KeyChannel, "Volume:CSVLK" | "Volume:MAK">;

/** A machine as it leaves its image. */
export interface MachineSpec extends MachineSystem {
  /** Resource ID, lower case. */
  id: string;
  computerName: string;
  /** Whether Windows features of servers can be installed. */
  serverFeatures: boolean;
  /** KMS client setup key that the image came with. */
  setupKey?: string;
  /** Channel of an image without a setup key. @default - no product key is installed */
  channel?: ImageChannel;
  /** AD domain. @default "" */
  domain?: string;
  /** SMBIOS UUID, lower case. @default - a random one */
  uuid?: string;
  /** Client machine ID; machines cloned without sysprep share one. @default - a random one */
  clientMachineId?: string;
  /** Firewall profile of the network. @default "Public" */
  networkProfile?: "Domain" | "Private" | "Public";
  /** What it is besides healthy from the beginning. @default - nothing */
  conditions?: Partial<MachineConditions>;
  /** How far the machine's own clock is ahead of the lab's. @default 0 */
  clockSkewMinutes?: number;
}

/** The license in use: the one with a partial product key. */
export interface InstalledProduct {
  license: License;
  partialProductKey: string;
  /** End of the initial grace period. */
  graceUntil: number;
  /** End of the activation; undefined before the first, Infinity for a license that needs no renewal. */
  licensedUntil?: number;
  /** What belongs to a product of Office alone; undefined for Windows. */
  office?: OfficeState;
  /** KMS host of the last successful activation that found it by DNS. */
  cachedHost?: KmsAddress;
  /** Whether Active Directory activated it. */
  byDirectory?: boolean;
  /** The end of the activation as Windows still has it, until it looks at its licenses again. */
  unrefreshed?: { licensedUntil?: number };
}

export interface KmsAddress {
  name: string;
  port: number;
}

/** How a KMS client finds its host. */
export interface KmsDiscovery {
  /** Fixed KMS host; "" for discovery by DNS. */
  machine: string;
  /** Port of the fixed KMS host; 0 for the default. */
  port: number;
  /** Domain whose SRV records are asked for; "" for the DNS suffix. */
  lookupDomain: string;
  /** Whether the KMS host of the last success is tried first. */
  caching: boolean;
}

/** What Windows keeps for each product of Office, apart from its own. */
export interface OfficeState {
  /** Full name of the Office version. */
  version: string;
  /** Client machine IDs that asked for this version, on a KMS host. */
  counted: CountCache;
  /** KMS host of this product alone; Windows' own settings are used where it says nothing. */
  discovery: KmsDiscovery;
  nextAttempt?: number;
}

/** A product of Office with a key. */
export type OfficeProduct = InstalledProduct & { office: OfficeState };

/** Office on a machine. */
export interface OfficeSoftware {
  /** Volume editions that are installed: full name of the version -> editions and single products. */
  editions: Map<string, Set<string>>;
  /** Versions whose Volume License Pack is installed, by their full name. */
  packs: Set<string>;
  products: OfficeProduct[];
}

/** Settings that a KMS host serves with. */
export interface KmsHostSettings {
  /** 0 for the default. */
  listeningPort: number;
  activationIntervalMinutes: number;
  renewalIntervalMinutes: number;
  lowPriority: boolean;
  dnsPublishing: boolean;
}

/** Requests that a KMS host received since it became one. */
export interface RequestCounters {
  total: number;
  failed: number;
  /** By LicenseStatus of the client, 0 to 6. */
  byLicenseStatus: number[];
}

export interface LicensingEvent {
  id: 12288 | 12289;
  /** The comma-separated Info text. */
  info: string;
}

/** One event 12290 of a KMS host: a request that it answered. */
export interface ClientRecord {
  time: number;
  /** HRESULT that the client was answered with. */
  result: string;
  name: string;
  clientMachineId: string;
}

/** State of one simulated Windows machine. */
export interface WindowsMachine {
  spec: MachineSpec;
  readonly uuid: string;
  readonly clientMachineId: string;
  /** When it started from its image. */
  readonly firstBoot: number;
  running: boolean;
  product?: InstalledProduct;
  readonly office: OfficeSoftware;
  discovery: KmsDiscovery;
  /** Settings that are stored. */
  hostSettings: KmsHostSettings;
  /** Settings that the licensing service works with: those that were stored when it last started. */
  effectiveSettings: KmsHostSettings;
  /** How often the licensing service was restarted since the machine started from its image. */
  restarts: number;
  /** The licensing script's mark that the service waits for a restart. */
  restartPending: string;
  /** The host key that Windows goes on answering with until it looks at its licenses again. */
  formerHost?: InstalledProduct;
  /** How often Windows wrote SRV records, and with which port it last did. */
  published: { times: number; port: number };
  conditions: MachineConditions;
  requests: RequestCounters;
  counted: CountCache;
  /** Intervals that the last KMS host answered with; Windows' own before that. */
  clientIntervals: { activationMinutes: number; renewalMinutes: number };
  /** When Windows asks for activation by itself; undefined when it never does. */
  nextAttempt?: number;
  installedFeatures: Set<string>;
  /** Lists of strings below the registry key SoftwareProtectionPlatform, by name. */
  registryLists: Map<string, string[]>;
  /** The licensing script's own record of reserved activations, the newest first: lines "RESERVATION STATE". */
  reservations: string[];
  /** Pairs of keys in its key store, by name, each as a number that its next one will not have. */
  readonly keyPairs: Map<string, number>;
  /** How many pairs of keys were made on it. */
  keyPairsMade: number;
  /** Whether a licensing script is at work. */
  scriptRunning: boolean;
  firewall: FirewallRules;
  events: LicensingEvent[];
  /** Requests that it received as a KMS host, the oldest first. */
  clientLog: ClientRecord[];
  /** Size of that log. */
  maximumLogBytes: number;
}

/** Windows' own intervals. */
export const defaultIntervals = {
  activationMinutes: limits.activationIntervalMinutes,
  renewalMinutes: limits.renewalIntervalMinutes,
};

/**
 * Size at which the log of requests drops its oldest records.
 * Source: the output of Get-EventLog in learn.microsoft.com, Remove-EventLog.
 */
const maximumLogBytes = 20_480 * 1024;

/** A machine as it first boots, without a product key. */
export function newMachine(
  spec: MachineSpec,
  ids: { uuid: string; clientMachineId: string },
  firstBoot: number,
): WindowsMachine {
  return {
    spec,
    ...ids,
    firstBoot,
    running: true,
    office: noOffice(),
    discovery: { machine: "", port: 0, lookupDomain: "", caching: true },
    hostSettings: defaultHostSettings(),
    effectiveSettings: defaultHostSettings(),
    restarts: 0,
    restartPending: "",
    published: { times: 0, port: 0 },
    conditions: {
      ...healthy(),
      ...(spec.clockSkewMinutes !== undefined && { clockSkewMinutes: spec.clockSkewMinutes }),
      ...spec.conditions,
    },
    requests: noRequests(),
    counted: emptyCountCache,
    clientIntervals: { ...defaultIntervals },
    installedFeatures: new Set(),
    registryLists: new Map(),
    reservations: [],
    keyPairs: new Map(),
    keyPairsMade: 0,
    scriptRunning: false,
    firewall: builtInRules(spec.productType),
    events: [],
    clientLog: [],
    maximumLogBytes,
  };
}

const noOffice = (): OfficeSoftware => ({ editions: new Map(), packs: new Set(), products: [] });

export const noRequests = (): RequestCounters => ({
  total: 0,
  failed: 0,
  byLicenseStatus: [0, 0, 0, 0, 0, 0, 0],
});

function defaultHostSettings(): KmsHostSettings {
  return {
    listeningPort: 0,
    activationIntervalMinutes: defaultIntervals.activationMinutes,
    renewalIntervalMinutes: defaultIntervals.renewalMinutes,
    lowPriority: false,
    dnsPublishing: true,
  };
}

/** Whether a product has a KMS host key. */
export const isHostProduct = ({ license }: InstalledProduct) => license.channel === "Volume:CSVLK";

/** Whether the installed product key makes this machine a KMS host, activated or not. */
export const isKmsHost = (machine: WindowsMachine) =>
  machine.product !== undefined && isHostProduct(machine.product);

/** Count that the KMS host must answer with, for Windows or for a product of Office. */
export function requiredCount(machine: WindowsMachine, product?: InstalledProduct): number {
  if (product?.office !== undefined) {
    return limits.officeThreshold;
  }
  return machine.spec.productType === 1 ? limits.clientThreshold : limits.serverThreshold;
}

/** The licenses with a key: that of Windows first. */
export const installedProducts = ({ product, office }: WindowsMachine): InstalledProduct[] => [
  ...(product === undefined ? [] : [product]),
  ...office.products,
];

/** How a license finds its KMS host: Office has a fixed host or a lookup domain of its own, or those of Windows. */
export const discoveryOf = (machine: WindowsMachine, product: InstalledProduct): KmsDiscovery => {
  const own = product.office?.discovery;
  return own === undefined || (own.machine === "" && own.lookupDomain === "") ? machine.discovery : own;
};
