import { KmsError } from "../../errors/kms-error";
import type { LicensingExtension } from "../../machine/licensing-extension";
import type { RunOptions } from "../../machine/machine";
import type { ScaleSet, ScaleSetAccess, ScaleSetInstance } from "../../machine/scale-set";

/**
 * Puts the extension into the model and brings it to the instances. Where the upgrade policy leaves that to the owner
 * of the set, only those get it that had the latest model before: the others wait for some other change.
 */
export async function applyExtension(
  access: ScaleSetAccess,
  set: ScaleSet,
  extension: LicensingExtension,
  options: RunOptions,
): Promise<void> {
  await changeModel(access, set, options, () =>
    access.putExtension(extension, new Date().toISOString(), options),
  );
}

/** Takes our extension out of the model and off the instances. */
export const withdrawExtension = (access: ScaleSetAccess, set: ScaleSet, options: RunOptions) =>
  changeModel(access, set, options, () => access.removeExtension(options));

/** @throws KmsError KMS3022 when the model has another extension of the same kind */
export function checkModel(id: string, { otherScript }: ScaleSet): void {
  if (otherScript !== undefined) {
    throw new KmsError("KMS3022", { values: { given: id, name: otherScript } });
  }
}

async function changeModel(
  access: ScaleSetAccess,
  set: ScaleSet,
  options: RunOptions,
  change: () => Promise<void>,
): Promise<void> {
  const byHand = set.upgradedByHand && set.uniform;
  const current = byHand ? (await access.instances(set, options)).filter(isCurrent) : [];
  await change();
  if (current.length > 0) {
    await access.upgrade(
      current.map(({ instanceId }) => instanceId),
      options,
    );
  }
}

const isCurrent = ({ latestModelApplied }: ScaleSetInstance) => latestModelApplied === true;
