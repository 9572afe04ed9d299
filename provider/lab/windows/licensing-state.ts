import { limits } from "pulumi-windows-kms/bin/provider/testing";
import { millisecondsPerMinute } from "./clock";
import { currentCount } from "./count-cache";
import { hresults } from "./hresults";
import { type InstalledProduct, isKmsHost, type OfficeProduct, type WindowsMachine } from "./windows-machine";

/** Values of SoftwareLicensingProduct.LicenseStatus. */
export const licenseStatus = { unlicensed: 0, licensed: 1, initialGrace: 2, notification: 5 } as const;

/** Status, reason and time left of a license, as the CIM classes give them. */
export interface LicenseState {
  status: number;
  /** HRESULT of LicenseStatusReason. */
  reason: string;
  /** 0 for a license that does not end, and after the end. */
  minutesLeft: number;
}

/** What Windows shows of a license and decides by: a new activation counts once it has looked at its licenses again. */
export const shownLicenseState = (product: InstalledProduct, now: number): LicenseState =>
  licenseState({ ...product, ...product.unrefreshed }, now);

/** What has become of an installed license by now. */
export function licenseState(
  { licensedUntil, graceUntil }: Pick<InstalledProduct, "licensedUntil" | "graceUntil">,
  now: number,
): LicenseState {
  if (licensedUntil !== undefined && now < licensedUntil) {
    return {
      status: licenseStatus.licensed,
      reason: "0x00000000",
      minutesLeft: minutesUntil(licensedUntil, now),
    };
  }
  if (licensedUntil === undefined && now < graceUntil) {
    return {
      status: licenseStatus.initialGrace,
      reason: hresults.withinGracePeriod,
      minutesLeft: minutesUntil(graceUntil, now),
    };
  }
  return { status: licenseStatus.notification, reason: hresults.gracePeriodExpired, minutesLeft: 0 };
}

function minutesUntil(end: number, now: number): number {
  return end === Infinity ? 0 : Math.ceil((end - now) / millisecondsPerMinute);
}

/** What a person or a test sees of a machine; no product key is in it. */
export interface MachineSnapshot {
  id: string;
  computerName: string;
  running: boolean;
  uuid: string;
  clientMachineId: string;
  /** "" without a product key. */
  partialProductKey: string;
  productKeyChannel: string;
  keyGroup: string;
  licenseStatus: number;
  minutesLeft: number;
  /** Machines that the KMS host counts; undefined on others. */
  currentCount?: number;
  /** Port that Windows publishes of an activated KMS host; undefined on others, and with publishing off. */
  publishedPort?: number;
  /** How often Windows wrote SRV records for it. */
  publications: number;
  /** How often its licensing service was restarted. */
  restarts: number;
  /** Lines `DOMAIN,PRIORITY,WEIGHT` of the zones that Windows publishes to; left out for that of its own domain alone. */
  publishList?: string[];
  /** Fixed KMS host; "" for discovery by DNS. */
  kmsMachine: string;
  /** KMS host of the last success that found it by DNS. */
  discoveredKmsMachine: string;
  /** Licenses of Office with a key; left out on machines without. */
  office?: OfficeSnapshot[];
  /** The licensing script's record of reserved activations, the newest first. */
  reservations: string[];
  /** Names of the pairs of keys in its key store. */
  keyPairs: string[];
  /** Info texts of the newest licensing events, oldest first. */
  events: { id: number; info: string }[];
}

/** What is seen of one license of Office. */
export interface OfficeSnapshot {
  /** Full name of the Office version. */
  version: string;
  partialProductKey: string;
  productKeyChannel: string;
  licenseStatus: number;
  /** Machines that the KMS host counts for this version; undefined on others. */
  currentCount?: number;
  /** Fixed KMS host of this license; "" for that of Windows. */
  kmsMachine: string;
}

/** A machine as it is at this time. */
export function snapshotOf(machine: WindowsMachine, now: number): MachineSnapshot {
  const { spec, product } = machine;
  const state = product === undefined ? undefined : licenseState(product, now);
  const publishes =
    isKmsHost(machine) && state?.status === licenseStatus.licensed && machine.effectiveSettings.dnsPublishing;
  const publishList = machine.registryLists.get("DnsDomainPublishList");
  return {
    id: spec.id,
    computerName: spec.computerName,
    running: machine.running,
    uuid: machine.uuid,
    clientMachineId: machine.clientMachineId,
    partialProductKey: product?.partialProductKey ?? "",
    productKeyChannel: product?.license.channel ?? "",
    keyGroup: product?.license.keyGroup ?? "",
    licenseStatus: state?.status ?? 0,
    minutesLeft: state?.minutesLeft ?? 0,
    ...(isKmsHost(machine) ? { currentCount: currentCount(machine.counted, now) } : {}),
    ...(publishes ? { publishedPort: machine.effectiveSettings.listeningPort || limits.kmsPort } : {}),
    publications: machine.published.times,
    restarts: machine.restarts,
    ...(publishList !== undefined && { publishList: [...publishList] }),
    kmsMachine: machine.discovery.machine,
    discoveredKmsMachine: product?.cachedHost?.name ?? "",
    ...(machine.office.products.length > 0 && {
      office: machine.office.products.map((one) => officeSnapshot(one, now)),
    }),
    reservations: [...machine.reservations],
    keyPairs: [...machine.keyPairs.keys()],
    events: machine.events.map((event) => ({ ...event })),
  };
}

const officeSnapshot = (product: OfficeProduct, now: number): OfficeSnapshot => ({
  version: product.office.version,
  partialProductKey: product.partialProductKey,
  productKeyChannel: product.license.channel,
  licenseStatus: licenseState(product, now).status,
  ...(product.license.channel === "Volume:CSVLK" && {
    currentCount: currentCount(product.office.counted, now),
  }),
  kmsMachine: product.office.discovery.machine,
});
