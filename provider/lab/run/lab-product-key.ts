import { KmsError } from "../../errors/kms-error";
import labKeys from "../windows/lab-keys.json";

const hostKeys = [...labKeys.hostKeys, ...labKeys.officeHostKeys];

/** Product key groups that the lab has a KMS host key of, those of Windows and of Office. */
export const labKeyGroups: readonly string[] = hostKeys.map(({ keyGroup }) => keyGroup);

/** The invented KMS host key, which the simulated machines take, of a product key group. */
export function labProductKey(keyGroup: string): string {
  const found = hostKeys.find((key) => key.keyGroup === keyGroup);
  if (found === undefined) {
    throw new KmsError("KMS7012", { values: { given: keyGroup, allowed: labKeyGroups.join(", ") } });
  }
  return found.productKey;
}
