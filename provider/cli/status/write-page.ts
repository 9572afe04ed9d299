import { KmsError } from "../../errors/kms-error";
import { replaceFile } from "../../ledger/file-store";

/** Writes the page whole or not at all. @throws KmsError KMS9013 */
export async function writePage(file: string, page: string): Promise<void> {
  try {
    await replaceFile(file, page, () => true);
  } catch (cause) {
    throw new KmsError("KMS9013", { values: { given: file, reason: (cause as Error).message }, cause });
  }
}
