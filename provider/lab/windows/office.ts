import { officeGroup, officeNameOf, ownersOfSetupKey } from "pulumi-windows-kms/bin/provider/testing";
import { emptyCountCache } from "./count-cache";
import { hresults, LicensingFailure } from "./hresults";
import labKeys from "./lab-keys.json";
import type { License } from "./license";
import { labActivationId } from "./product-keys";
import type { OfficeProduct, OfficeSoftware, WindowsMachine } from "./windows-machine";

/** Installs a volume edition of Office; it has no key yet. */
export function installOffice({ office }: WindowsMachine, version: string, edition: string): void {
  const name = officeNameOf(version);
  office.editions.set(name, (office.editions.get(name) ?? new Set()).add(edition));
}

/** Makes the machine know the host key of an Office version. */
export function installLicensePack({ office }: WindowsMachine, version: string): void {
  office.packs.add(officeNameOf(version));
}

/** Whether a key is one of Office's. */
export const isOfficeKey = (productKey: string) =>
  labKeys.officeHostKeys.some((row) => row.productKey === productKey) ||
  ownersOfSetupKey(productKey).some(({ product }) => officeGroup(product) !== undefined);

/**
 * Installs a key of Office; that of Windows and those of other products stay.
 * @throws LicensingFailure when the product of the key is not installed
 */
export function installOfficeKey(
  machine: WindowsMachine,
  productKey: string,
  times: { graceUntil: number; nextAttempt: number },
): void {
  const { version, license } = officeLicense(machine.office, productKey);
  const product: OfficeProduct = {
    license,
    partialProductKey: productKey.slice(-5),
    graceUntil: times.graceUntil,
    office: {
      version,
      counted: emptyCountCache,
      discovery: { machine: "", port: 0, lookupDomain: "", caching: true },
      ...(license.channel === "Volume:GVLK" && { nextAttempt: times.nextAttempt }),
    },
  };
  machine.office.products = [...othersThan(machine, license.activationId), product];
}

/** Leaves a product of Office without a key. */
export function uninstallOfficeKey(machine: WindowsMachine, { license }: OfficeProduct): void {
  machine.office.products = othersThan(machine, license.activationId);
}

const othersThan = ({ office }: WindowsMachine, activationId: string) =>
  office.products.filter(({ license }) => license.activationId !== activationId);

function officeLicense(
  { editions, packs }: OfficeSoftware,
  productKey: string,
): { version: string; license: License } {
  const hostKey = labKeys.officeHostKeys.find((row) => row.productKey === productKey);
  if (hostKey !== undefined) {
    return hostLicense(packs, hostKey.keyGroup);
  }
  const [owner] = ownersOfSetupKey(productKey);
  const installed = owner && editions.get(owner.product);
  if (owner === undefined || installed === undefined) {
    throw new LicensingFailure(hresults.invalidProductKey);
  }
  if (!installed.has(owner.edition)) {
    throw new LicensingFailure(hresults.mismatchedProductSku);
  }
  const { product: version, edition } = owner;
  return {
    version,
    license: { ...named(version, edition, "KMS_Client"), channel: "Volume:GVLK", keyGroup: "" },
  };
}

/** Without its License Pack, a host key of Office is as unknown to Windows as a mistyped one. */
function hostLicense(packs: Set<string>, keyGroup: string): { version: string; license: License } {
  const version = officeNameOf(keyGroup);
  const activationId = officeGroup(keyGroup)?.activationId;
  if (activationId === undefined || !packs.has(version)) {
    throw new LicensingFailure(hresults.invalidProductKey);
  }
  const license = { ...named(version, "KMSHost", "KMS_Host"), activationId, keyGroup };
  return { version, license: { ...license, channel: "Volume:CSVLK" } };
}

const named = (version: string, edition: string, kind: string) => ({
  activationId: labActivationId([version, edition, kind].join("\n")),
  name: `${version}, ${edition}_${kind} edition`,
  description: `${version}, VOLUME_${kind.replace("_", "").toUpperCase()} channel`,
});
