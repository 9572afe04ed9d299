import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import { adminPassword } from "../../provider/lab/cli/admin-password";
import { labProductKey } from "../../provider/lab/windows/product-keys";
import schema from "./lab-example.schema.json";
import { LabRunError } from "./lab-run-error";

/** What a secret configuration value is made of. */
export type SecretSource = { generate: "password" } | { labKey: string };

/** Equal machines outside Azure. */
export interface LabMachines {
  /** Configuration key that gets the list of their SSH servers. */
  config: string;
  /** Computer names. */
  names: string[];
  os: string;
  edition: string;
  /** Active Directory domain. @default - none */
  domain?: string;
  /** Office versions whose Volume License Pack they have. @default - none */
  licensePacks?: string[];
  /** Volume edition of Office that they have, without a key. @default - none */
  office?: { version: string; edition: string };
}

/** Machines outside Azure and their DNS zone. */
export interface OnPremisesExample {
  /** Zone that BIND has. */
  zone: string;
  machines: LabMachines[];
}

/** The package's policy pack, with the configuration that it is to have. */
export interface PolicyPackExample {
  /** Name of a file beside lab.json. @default - the pack's own levels */
  config?: string;
}

/** An update with other configuration than before. */
export interface ExampleStep {
  /** What it does, in a few words. */
  name: string;
  /** Configuration values that it sets. @default - none; then `telephone` sets some */
  config?: Record<string, string>;
  /** Output with installation IDs, whose confirmation IDs become secret values of the same keys. @default - none */
  telephone?: string;
  /** Full name of the KMS host that every member then has. @default - any */
  servedBy?: string;
}

/** What the lab sets up for an example, and what it does with it: the content of its lab.json. */
export interface LabExample {
  config: Record<string, string>;
  secrets: Record<string, SecretSource>;
  onPremises?: OnPremisesExample;
  /** Whether Azurite stands for the storage account of the ledger. @default false */
  sharedLedger?: boolean;
  policyPack?: PolicyPackExample;
  /** How many times all that is not protected is built again. @default 0 */
  rebuild?: number;
  steps?: ExampleStep[];
}

const validate = new Ajv({ allErrors: true }).compile<Partial<LabExample>>(schema);

/** Reads the text of a lab.json; `file` is its name in messages. An example without one needs no configuration. */
export function parseLabExample(text: string | undefined, file: string): LabExample {
  const content = text === undefined ? {} : parseJson(text, file);
  if (!validate(content)) {
    const reasons = (validate.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath || "/"} ${message}`,
    );
    throw new LabRunError("KMS7011", { values: { file, reason: reasons.join(", ") } });
  }
  return { ...content, config: content.config ?? {}, secrets: content.secrets ?? {} };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LabRunError("KMS7011", { values: { file, reason: (cause as Error).message }, cause });
  }
}

/** Folders of the repository whose folders are programs: the examples, and those that only tests run. */
const programFolders = ["examples", "test/fixtures"];

/** Folder of an example, from the root of the repository; refuses a name that is none. */
export function findExample(repository: string, name: string): string {
  const folders = programFolders.filter((folder) => existsSync(path.join(repository, folder)));
  const programs = folders.flatMap((folder) =>
    readdirSync(path.join(repository, folder))
      .filter((entry) => existsSync(path.join(repository, folder, entry, "Pulumi.yaml")))
      .map((entry) => path.join(folder, entry)),
  );
  const found = programs.find((program) => path.basename(program) === name);
  if (found === undefined) {
    const allowed = programs.map((program) => path.basename(program)).join(", ");
    throw new LabRunError("KMS7010", { values: { given: name, allowed } });
  }
  return found;
}

/** The lab's configuration of the example in a folder of the repository. */
export function readLabExample(repository: string, folder: string): LabExample {
  const file = path.join(folder, "lab.json");
  const full = path.join(repository, file);
  return parseLabExample(existsSync(full) ? readFileSync(full, "utf8") : undefined, file);
}

/** Setting of a stack that names its ledger. */
export const ledgerSetting = "windows-kms:ledger";

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
