import { KmsError } from "../../errors/kms-error";
import type { LabControl } from "../arm/lab-control";

/** Microsoft's telephone line. */
export type Telephone = Pick<LabControl, "confirmInstallation">;

/**
 * What the telephone line answers to the installation IDs in a stack output, by their keys.
 * @throws KmsError KMS7086 when the output is none of installation IDs
 */
export async function confirmationIds(
  telephone: Telephone,
  output: string,
  outputs: Record<string, unknown>,
): Promise<Record<string, string>> {
  const found = outputs[output];
  const entries = typeof found === "object" && found !== null ? Object.entries(found) : [];
  const ids = entries.filter((entry): entry is [string, string] => /^[0-9]+$/.test(String(entry[1])));
  if (ids.length === 0 || ids.length < entries.length) {
    throw new KmsError("KMS7086", { values: { given: output } });
  }
  const answers: Record<string, string> = {};
  for (const [key, installationId] of ids) {
    answers[key] = await telephone.confirmInstallation(installationId);
  }
  return answers;
}
