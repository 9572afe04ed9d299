import { limitEntries } from "../../catalog/limits";
import { type CimArguments, numberArgument, textArgument } from "./cim-arguments";
import { hresults, LicensingFailure } from "./hresults";
import { uninstallProductKey } from "./install-product-key";
import { requestActivation } from "./kms-client";
import { confirmationIdFor, installationIdOf } from "./offline-activation";
import { type OfficeProduct, uninstallOfficeKey } from "./office";
import type { InstalledProduct, KmsDiscovery, WindowsMachine } from "./windows-machine";
import type { World } from "./world";

/**
 * Calls a method of the installed SoftwareLicensingProduct.
 * @throws LicensingFailure with the HRESULT that Windows gives
 */
export function callProduct(
  machine: WindowsMachine,
  product: InstalledProduct,
  method: string,
  args: CimArguments,
  world: World,
  now: number,
): void {
  switch (method) {
    case "Activate":
      return activate(machine, product, world, now);
    case "DepositOfflineConfirmationId":
      return depositConfirmationId(machine, product, args);
    case "UninstallProductKey":
      return isOfficeProduct(product) ? uninstallOfficeKey(machine, product) : uninstallProductKey(machine);
    default:
      if (isOfficeProduct(product)) {
        return setDiscovery(product.office.discovery, method, args);
      }
      throw new LicensingFailure(hresults.invalidMethod);
  }
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
      world.activationService.activate(product.partialProductKey, machine.uuid);
      break;
    default:
      break;
  }
  product.licensedUntil = Infinity;
}
