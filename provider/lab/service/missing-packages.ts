import { KmsError } from "../../errors/kms-error";

/** Optional dependencies of the package: only the lab uses them, and they are large. */
const neededPackages = ["@azure/arm-network"];

/** @throws KmsError KMS7065 when the package was installed without what only the lab needs */
export function refuseMissingPackages(resolve: (name: string) => string = require.resolve): void {
  const missing = neededPackages.filter((name) => !canResolve(name, resolve));
  if (missing.length > 0) {
    throw new KmsError("KMS7065", { values: { missing: missing.join(", ") } });
  }
}

function canResolve(name: string, resolve: (name: string) => string): boolean {
  try {
    return resolve(name) !== "";
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") {
      throw error;
    }
    return false;
  }
}
