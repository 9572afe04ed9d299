import { type Limit, limitEntries } from "pulumi-windows-kms/bin/provider/testing";
import { confirmationIdFor, installationIdOf } from "./activation-service";
import { type CimArguments, declaredArguments } from "./cim-declarations";
import { hresults, LicensingFailure } from "./hresults";
import { installProductKey, uninstallProductKey } from "./installation";
import { requestActivation } from "./kms-client";
import { publishRecord, refreshLicenses } from "./kms-host-service";
import { licenseStatus, shownLicenseState } from "./licensing-state";
import { uninstallOfficeKey } from "./office";
import {
  type InstalledProduct,
  installedProducts,
  isHostProduct,
  type KmsDiscovery,
  type KmsHostSettings,
  type OfficeProduct,
  type WindowsMachine,
} from "./windows-machine";
import type { World } from "./world";

type ServiceMethod = (machine: WindowsMachine, args: CimArguments, now: number) => void;

/** Methods of SoftwareLicensingService that the lab's Windows has. */
const methods: Record<string, ServiceMethod> = {
  InstallProductKey: (machine, args, now) =>
    installProductKey(machine, textArgument(args, "ProductKey"), now),
  RefreshLicenseStatus: (machine) => refreshLicenses(machine),
  ClearProductKeyFromRegistry: () => undefined,

  SetKeyManagementServiceMachine(machine, args) {
    machine.discovery.machine = textArgument(args, "MachineName");
  },
  ClearKeyManagementServiceMachine(machine) {
    machine.discovery.machine = "";
  },
  SetKeyManagementServicePort(machine, args) {
    machine.discovery.port = numberArgument(args, "PortNumber", limitEntries.kmsPort);
  },
  ClearKeyManagementServicePort(machine) {
    machine.discovery.port = 0;
  },
  SetKeyManagementServiceLookupDomain(machine, args) {
    machine.discovery.lookupDomain = textArgument(args, "LookupDomain");
  },
  ClearKeyManagementServiceLookupDomain(machine) {
    machine.discovery.lookupDomain = "";
  },
  DisableKeyManagementServiceHostCaching(machine, args) {
    machine.discovery.caching = !booleanArgument(args, "DisableCaching");
  },

  SetKeyManagementServiceListeningPort: setting((args) => ({
    listeningPort: numberArgument(args, "PortNumber", limitEntries.kmsPort),
  })),
  ClearKeyManagementServiceListeningPort: setting(() => ({ listeningPort: 0 })),
  SetVLActivationInterval: hostSetting((args) => ({
    activationIntervalMinutes: numberArgument(
      args,
      "ActivationInterval",
      limitEntries.activationIntervalMinutes,
    ),
  })),
  SetVLRenewalInterval: hostSetting((args) => ({
    renewalIntervalMinutes: numberArgument(args, "RenewalInterval", limitEntries.renewalIntervalMinutes),
  })),
  EnableKeyManagementServiceLowPriority: setting((args) => ({
    lowPriority: booleanArgument(args, "EnableLowPriority"),
  })),
  DisableKeyManagementServiceDnsPublishing: setting((args) => ({
    dnsPublishing: !booleanArgument(args, "DisablePublishing"),
  })),
};

/** It is stored, and counts from the next start of the service on. Source: Microsoft's slmgr. */
function setting(read: (args: CimArguments) => Partial<KmsHostSettings>): ServiceMethod {
  return (machine, args) => {
    machine.hostSettings = { ...machine.hostSettings, ...read(args) };
  };
}

/**
 * The intervals are refused on a machine that is no activated KMS host, of Windows or of an Office version.
 * Source: SoftwareLicensingService reference.
 */
function hostSetting(read: (args: CimArguments) => Partial<KmsHostSettings>): ServiceMethod {
  return (machine, args, now) => {
    const hostProducts = installedProducts(machine).filter(isHostProduct);
    if (hostProducts.length === 0) {
      throw new LicensingFailure(hresults.kmsNotEnabled);
    }
    if (!hostProducts.some((product) => shownLicenseState(product, now).status === licenseStatus.licensed)) {
      throw new LicensingFailure(hresults.kmsNotActivated);
    }
    setting(read)(machine, args, now);
  };
}

/**
 * Calls a method of SoftwareLicensingService.
 * @throws LicensingFailure with the HRESULT that Windows gives
 */
export function callService(machine: WindowsMachine, method: string, args: CimArguments, now: number): void {
  const call = declaredArguments("SoftwareLicensingService", method, args);
  if (!Object.hasOwn(methods, call.method)) {
    throw new LicensingFailure(hresults.invalidMethod);
  }
  methods[call.method](machine, call.args, now);
}

/**
 * Calls a method of the installed SoftwareLicensingProduct.
 * @throws LicensingFailure with the HRESULT that Windows gives
 */
export function callProduct(
  machine: WindowsMachine,
  product: InstalledProduct,
  methodName: string,
  given: CimArguments,
  world: World,
  now: number,
): void {
  const { method, args } = declaredArguments("SoftwareLicensingProduct", methodName, given);
  switch (method) {
    case "Activate":
      return activated(machine, product, now, () => activate(machine, product, world, now));
    case "DepositOfflineConfirmationId":
      return activated(machine, product, now, () => depositConfirmationId(machine, product, args));
    case "UninstallProductKey":
      return isOfficeProduct(product) ? uninstallOfficeKey(machine, product) : uninstallProductKey(machine);
    default:
      if (isOfficeProduct(product)) {
        return setDiscovery(product.office.discovery, method, args);
      }
      throw new LicensingFailure(hresults.invalidMethod);
  }
}

/** Windows shows an activation, and grants the rights of it, once it has looked at its licenses again. */
function activated(machine: WindowsMachine, product: InstalledProduct, now: number, act: () => void): void {
  const { licensedUntil } = product;
  act();
  product.unrefreshed ??= { licensedUntil };
  publishRecord(machine, now);
}

/** How a product of Office finds its KMS host; Windows' own is in the service. */
function setDiscovery(discovery: KmsDiscovery, method: string, args: CimArguments): void {
  switch (method) {
    case "SetKeyManagementServiceMachine":
      discovery.machine = textArgument(args, "MachineName");
      break;
    case "ClearKeyManagementServiceMachine":
      discovery.machine = "";
      break;
    case "SetKeyManagementServicePort":
      discovery.port = numberArgument(args, "PortNumber", limitEntries.kmsPort);
      break;
    case "ClearKeyManagementServicePort":
      discovery.port = 0;
      break;
    case "SetKeyManagementServiceLookupDomain":
      discovery.lookupDomain = textArgument(args, "LookupDomain");
      break;
    case "ClearKeyManagementServiceLookupDomain":
      discovery.lookupDomain = "";
      break;
    default:
      throw new LicensingFailure(hresults.invalidMethod);
  }
}

const isOfficeProduct = (product: InstalledProduct): product is OfficeProduct => product.office !== undefined;

/** What Microsoft's telephone line gives for an installation ID; the activation is spent there. */
function depositConfirmationId(machine: WindowsMachine, product: InstalledProduct, args: CimArguments): void {
  const installationId = textArgument(args, "InstallationId");
  if (
    installationId !== installationIdOf(machine, product) ||
    textArgument(args, "ConfirmationId") !== confirmationIdFor(installationId)
  ) {
    throw new LicensingFailure(hresults.invalidOfflineConfirmation);
  }
  product.licensedUntil = Infinity;
}

function activate(machine: WindowsMachine, product: InstalledProduct, world: World, now: number): void {
  switch (product.license.channel) {
    case "Volume:GVLK":
      return requestActivation(machine, product, world, now);
    case "Volume:CSVLK":
      if (!world.network.reachesInternet(machine.spec.id)) {
        throw new LicensingFailure(hresults.cannotConnect);
      }
      world.activationService.activate(product.partialProductKey, machine.uuid);
      break;
    default:
      break;
  }
  product.licensedUntil = Infinity;
}

/** A CIM argument as text. @throws LicensingFailure when it is missing or no text */
export function textArgument(args: CimArguments, name: string): string {
  const value = args[name];
  if (typeof value !== "string") {
    throw new LicensingFailure(hresults.invalidMethodParameters);
  }
  return value;
}

/** A CIM argument as a whole number in the range of its limit. @throws LicensingFailure when it is missing or outside */
export function numberArgument(
  args: CimArguments,
  name: string,
  { minimum = 0, maximum = Infinity }: Limit,
): number {
  const value = args[name];
  if (typeof value !== "number") {
    throw new LicensingFailure(hresults.invalidMethodParameters);
  }
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw new LicensingFailure(hresults.invalidArgument);
  }
  return value;
}

/** A CIM argument as a truth value. @throws LicensingFailure when it is missing or something else */
function booleanArgument(args: CimArguments, name: string): boolean {
  const value = args[name];
  if (typeof value !== "boolean") {
    throw new LicensingFailure(hresults.invalidMethodParameters);
  }
  return value;
}
