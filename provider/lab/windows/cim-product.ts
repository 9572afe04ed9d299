import { hresults, LicensingFailure } from "./hresults";
import { uninstallProductKey } from "./install-product-key";
import { requestActivation } from "./kms-client";
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
  world: World,
  now: number,
): void {
  switch (method) {
    case "Activate":
      return activate(machine, product, world, now);
    case "UninstallProductKey":
      return uninstallProductKey(machine);
    default:
      throw new LicensingFailure(hresults.invalidMethod);
  }
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
