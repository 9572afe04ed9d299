import { adminPassword } from "./admin-password";
import type { LabExample, SecretSource } from "./lab-example";
import { labProductKey } from "./lab-product-key";

/** Configuration of a stack, by key. */
export interface ConfigValues {
  plain: Record<string, string>;
  secret: Record<string, string>;
}

/** The configuration that an example gets: what its lab.json asks for, and what the lab found out for it. */
export function configValues({ config, secrets }: LabExample, found?: ConfigValues): ConfigValues {
  const made = Object.entries(secrets).map(([key, source]) => [key, secretValue(source)]);
  return {
    plain: { ...found?.plain, ...config },
    secret: { ...found?.secret, ...(Object.fromEntries(made) as Record<string, string>) },
  };
}

function secretValue(source: SecretSource): string {
  return "labKey" in source ? labProductKey(source.labKey) : adminPassword();
}
