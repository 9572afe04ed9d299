import { type CimArguments, textArgument } from "./cim-arguments";
import { hresults, LicensingFailure } from "./hresults";
import { uninstallProductKey } from "./install-product-key";
import { requestActivation } from "./kms-client";
import { confirmationIdFor, installationIdOf } from "./offline-activation";
import type { InstalledProduct, WindowsMachine } from "./windows-machine";
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
      return uninstallProductKey(machine);
    default:
      throw new LicensingFailure(hresults.invalidMethod);
  }
}

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
