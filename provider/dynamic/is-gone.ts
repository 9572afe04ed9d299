import { KmsError } from "../errors/kms-error";

/** Code of the error for a machine that does not exist any more. */
const machineGone = "KMS3001";

/** Whether the error says that the machine does not exist any more. */
export function isGone(error: unknown): boolean {
  return error instanceof KmsError && error.code === machineGone;
}
