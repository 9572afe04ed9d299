import { createHash } from "node:crypto";
import { findEdition, ownersOfSetupKey } from "pulumi-windows-kms/bin/provider/testing";
import { LabError } from "../lab-error";
import { hresults, LicensingFailure } from "./hresults";
import labKeys from "./lab-keys.json";
import {
  type KeyChannel,
  lacksUpdateForKey,
  type License,
  type MachineSystem,
  mayHost,
  type SystemEdition,
  systemEdition,
} from "./license";
import type { ImageChannel } from "./windows-machine";

/**
 * What a product key makes of this system. Windows in the lab knows Microsoft's setup keys and the lab's invented keys.
 * @throws LicensingFailure when this system does not take this key
 */
export function licenseFor(productKey: string, system: MachineSystem): License {
  const hostKey = labKeys.hostKeys.find((row) => row.productKey === productKey);
  if (hostKey !== undefined) {
    return hostLicense(hostKey.keyGroup, system);
  }
  if (labKeys.multipleActivationKeys.some((row) => row.productKey === productKey)) {
    return license(knownEdition(system), "Volume:MAK", "VOLUME_MAK");
  }
  return clientLicense(productKey, system);
}

const imageKinds: Record<ImageChannel, string> = {
  Retail: "RETAIL",
  "Retail:TB:Eval": "TIMEBASED_EVAL",
  "Volume:GVLK": "VOLUME_KMSCLIENT",
};

/** A license that came with an image, by a key that nobody publishes. */
export const imageLicense = (channel: ImageChannel, system: MachineSystem): License =>
  license(knownEdition(system), channel, imageKinds[channel]);

/**
 * The system that a setup key makes of a multi-session edition: that of the key's edition, from which there is no way back.
 * Undefined where the key leaves the edition as it is.
 * Source: learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/troubleshoot-activation-problems, its note.
 */
export function changedEdition(productKey: string, system: MachineSystem): MachineSystem | undefined {
  const is = systemEdition(system);
  const owner = ownersOfSetupKey(productKey).find(({ product }) => product === is?.os.name);
  if (is?.edition.multiSession !== true || owner === undefined || owner.edition === is.edition.name) {
    return undefined;
  }
  const [editionId] = findEdition(is.os.name, owner.edition)?.edition.editionIds ?? [];
  return editionId === undefined ? undefined : { ...system, editionId, productType: 1 };
}

/** A host key newer than the host's updates is as unknown to Windows as a mistyped one. */
function hostLicense(keyGroup: string, system: MachineSystem): License {
  const edition = knownEdition(system);
  if (!mayHost(keyGroup, edition)) {
    throw new LicensingFailure(hresults.productSkuNotInstalled);
  }
  if (lacksUpdateForKey(keyGroup, system)) {
    throw new LicensingFailure(hresults.invalidProductKey);
  }
  return license(edition, "Volume:CSVLK", "VOLUME_KMS", keyGroup);
}

function clientLicense(productKey: string, system: MachineSystem): License {
  const is = knownEdition(system);
  const owners = ownersOfSetupKey(productKey).filter(({ product }) => product === is.os.name);
  if (owners.length === 0) {
    throw new LicensingFailure(hresults.invalidProductKey);
  }
  if (!owners.some(({ edition }) => edition === is.edition.name)) {
    throw new LicensingFailure(hresults.mismatchedProductSku);
  }
  if (is.evaluation) {
    throw new LicensingFailure(hresults.productSkuNotInstalled);
  }
  return license(is, "Volume:GVLK", "VOLUME_KMSCLIENT");
}

function knownEdition(system: MachineSystem): SystemEdition {
  const edition = systemEdition(system);
  if (edition === undefined) {
    throw new LicensingFailure(hresults.productSkuNotInstalled);
  }
  return edition;
}

function license(is: SystemEdition, channel: KeyChannel, kind: string, keyGroup = ""): License {
  return {
    activationId: labActivationId([is.os.id, is.edition.name, channel, keyGroup].join("\n")),
    name: `${is.os.name}, ${is.edition.name}`,
    description: `Windows(R) Operating System, ${kind} channel`,
    channel,
    keyGroup,
  };
}

/** Stands for Microsoft's activation ID of a license, which the catalogue does not have. */
export function labActivationId(of: string): string {
  const digest = createHash("sha256").update(of).digest("hex");
  const cut = (start: number, end: number) => digest.slice(start, end);
  return `${cut(0, 8)}-${cut(8, 12)}-4${cut(13, 16)}-8${cut(17, 20)}-${cut(20, 32)}`;
}

const hostKeys = [...labKeys.hostKeys, ...labKeys.officeHostKeys];

/** Product key groups that the lab has a KMS host key of, those of Windows and of Office. */
export const labKeyGroups: readonly string[] = hostKeys.map(({ keyGroup }) => keyGroup);

/** The invented KMS host key, which the simulated machines take, of a product key group. */
export function labProductKey(keyGroup: string): string {
  const found = hostKeys.find((key) => key.keyGroup === keyGroup);
  if (found === undefined) {
    throw new LabError("KMS7012", { values: { given: keyGroup, allowed: labKeyGroups.join(", ") } });
  }
  return found.productKey;
}
