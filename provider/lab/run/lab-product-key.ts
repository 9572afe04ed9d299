import { KmsError } from "../../errors/kms-error";
import labKeys from "../windows/lab-keys.json";

/** The invented KMS host key, which the simulated machines take, of a product key group. */
export function labProductKey(keyGroup: string): string {
  const found = labKeys.hostKeys.find((key) => key.keyGroup === keyGroup);
  if (found === undefined) {
    const allowed = labKeys.hostKeys.map((key) => key.keyGroup).join(", ");
    throw new KmsError("KMS7012", { values: { given: keyGroup, allowed } });
  }
  return found.productKey;
}
