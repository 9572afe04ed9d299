import { KmsError } from "../../errors/kms-error";

const blobServer = "azurite/dist/src/blob/main.js";

/** The script of Azurite's blob server. @throws KmsError KMS7080 when it is not installed */
export function findAzurite(resolve: (module: string) => string = require.resolve): string {
  try {
    return resolve(blobServer);
  } catch (cause) {
    throw new KmsError("KMS7080", { cause });
  }
}
