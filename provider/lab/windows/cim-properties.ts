import {
  type LicensingPlan,
  type LicensingSecrets,
  officeApplicationId,
  type Scalar,
  windowsApplicationId,
} from "pulumi-windows-kms/bin/provider/testing";
import { installationIdOf } from "./activation-service";
import { currentCount } from "./count-cache";
import { licenseStatus, shownLicenseState } from "./licensing-state";
import {
  type InstalledProduct,
  installedProducts,
  isKmsHost,
  requiredCount,
  type WindowsMachine,
} from "./windows-machine";
import type { World } from "./world";

/** One run of the licensing script. */
export interface PlanRun {
  machine: WindowsMachine;
  plan: LicensingPlan;
  secrets: LicensingSecrets;
  world: World;
  now: number;
}

/** The product that the plan is about: of its application, with its activation ID and the ending of its key. */
export function productOf({ machine, plan }: PlanRun): InstalledProduct | undefined {
  const { applicationId, activationId, keyEnding } = plan;
  return installedProducts(machine).find(
    ({ office, license, partialProductKey }) =>
      applicationId === (office === undefined ? windowsApplicationId : officeApplicationId) &&
      (activationId === undefined || activationId === license.activationId) &&
      (keyEnding === undefined || keyEnding === partialProductKey),
  );
}

/** A property of SoftwareLicensingService; null when it is missing. */
export const serviceProperty = ({ machine, now }: PlanRun, name: string) =>
  own(serviceProperties(machine, now), name);

/** A property of the plan's product; null when it or the product is missing. */
export function productProperty(run: PlanRun, name: string): Scalar | null {
  const product = productOf(run);
  return product === undefined ? null : own(productProperties(run.machine, product, run.now), name);
}

/** The licensing script cuts a longer text. */
const readCharacters = 255;

/** Names of properties have no case. */
const own = (properties: CimProperties, name: string): Scalar | null => {
  const known = Object.keys(properties).find((key) => key.toLowerCase() === name.toLowerCase());
  const value = known === undefined ? null : properties[known];
  return typeof value === "string" ? value.slice(0, readCharacters) : value;
};

export type CimProperties = Record<string, Scalar | null>;

/** What the classes give for a number that does not apply: -1 as an unsigned 32-bit number. Source: SoftwareLicensingService reference. */
const notApplicable = 0xffffffff;

/** Properties of the one instance of SoftwareLicensingService. */
export function serviceProperties(machine: WindowsMachine, now: number): CimProperties {
  const { discovery, hostSettings } = machine;
  return {
    Version: `10.0.${machine.spec.osBuild}`,
    ClientMachineID: machine.clientMachineId,
    KeyManagementServiceMachine: discovery.machine || null,
    KeyManagementServicePort: discovery.port,
    KeyManagementServiceLookupDomain: discovery.lookupDomain || null,
    KeyManagementServiceHostCaching: discovery.caching,
    KeyManagementServiceListeningPort: hostSettings.listeningPort,
    KeyManagementServiceLowPriority: hostSettings.lowPriority,
    KeyManagementServiceDnsPublishing: hostSettings.dnsPublishing,
    ...sharedProperties(machine, now),
  };
}

/** Properties of the installed SoftwareLicensingProduct. */
export function productProperties(
  machine: WindowsMachine,
  product: InstalledProduct,
  now: number,
): CimProperties {
  const { license, partialProductKey } = product;
  const state = shownLicenseState(product, now);
  return {
    ID: license.activationId,
    ApplicationID: product.office === undefined ? windowsApplicationId : officeApplicationId,
    Name: license.name,
    Description: license.description,
    PartialProductKey: partialProductKey,
    ProductKeyChannel: license.channel,
    LicenseIsAddon: false,
    LicenseStatus: state.status,
    LicenseStatusReason: Number(state.reason),
    OfflineInstallationId: license.channel === "Volume:GVLK" ? null : installationIdOf(machine, product),
    GracePeriodRemaining: state.minutesLeft,
    VLActivationType: activationType(product, state.status),
    VLActivationTypeEnabled: machine.conditions.activationTypes,
    ...sharedProperties(machine, now),
    ...officeProperties(machine, product, now),
  };
}

/** By what a license was activated: 1 Active Directory, 2 KMS. Source: SoftwareLicensingProduct reference. */
function activationType({ license, byDirectory }: InstalledProduct, status: number): number {
  if (license.channel !== "Volume:GVLK" || status !== licenseStatus.licensed) {
    return 0;
  }
  return byDirectory === true ? 1 : 2;
}

/** What a product of Office has of its own where Windows has it for the whole machine. */
function officeProperties(machine: WindowsMachine, product: InstalledProduct, now: number): CimProperties {
  const { office, license, cachedHost } = product;
  if (office === undefined) {
    return {};
  }
  const host = license.channel === "Volume:CSVLK";
  const counts = host && office.counted.largestThreshold > 0;
  return {
    KeyManagementServiceMachine: office.discovery.machine || null,
    KeyManagementServicePort: office.discovery.port,
    KeyManagementServiceLookupDomain: office.discovery.lookupDomain || null,
    IsKeyManagementServiceMachine: host ? 1 : 0,
    KeyManagementServiceCurrentCount: counts ? currentCount(office.counted, now) : notApplicable,
    RequiredClientCount: requiredCount(machine, product),
    DiscoveredKeyManagementServiceMachineName: cachedHost?.name ?? null,
    DiscoveredKeyManagementServiceMachinePort: cachedHost?.port ?? 0,
  };
}

/** Both classes tell what the machine is as a KMS host and as a KMS client. */
function sharedProperties(machine: WindowsMachine, now: number): CimProperties {
  const host = isKmsHost(machine);
  const asHost = (value: number) => (host ? value : notApplicable);
  const { requests, clientIntervals, hostSettings, counted, product } = machine;
  return {
    IsKeyManagementServiceMachine: host ? 1 : 0,
    KeyManagementServiceCurrentCount: asHost(
      counted.largestThreshold === 0 ? notApplicable : currentCount(counted, now),
    ),
    RequiredClientCount: requiredCount(machine),
    KeyManagementServiceTotalRequests: asHost(requests.total),
    KeyManagementServiceFailedRequests: asHost(requests.failed),
    ...requestsByStatus(requests.byLicenseStatus.map(asHost)),
    VLActivationInterval: host ? hostSettings.activationIntervalMinutes : clientIntervals.activationMinutes,
    VLRenewalInterval: host ? hostSettings.renewalIntervalMinutes : clientIntervals.renewalMinutes,
    DiscoveredKeyManagementServiceMachineName: product?.cachedHost?.name ?? null,
    DiscoveredKeyManagementServiceMachinePort: product?.cachedHost?.port ?? 0,
  };
}

function requestsByStatus(counts: number[]): CimProperties {
  const [unlicensed, licensed, initialGrace, outOfTolerance, nonGenuine, notification] = counts;
  return {
    KeyManagementServiceUnlicensedRequests: unlicensed,
    KeyManagementServiceLicensedRequests: licensed,
    KeyManagementServiceOOBGraceRequests: initialGrace,
    KeyManagementServiceOOTGraceRequests: outOfTolerance,
    KeyManagementServiceNonGenuineGraceRequests: nonGenuine,
    KeyManagementServiceNotificationRequests: notification,
  };
}
