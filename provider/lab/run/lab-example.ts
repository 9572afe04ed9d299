import Ajv from "ajv";
import { KmsError } from "../../errors/kms-error";
import schema from "./lab-example.schema.json";

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
}

/** Machines outside Azure and their DNS zone. */
export interface OnPremisesExample {
  /** Zone that BIND has. */
  zone: string;
  machines: LabMachines[];
}

/** What the lab sets up for an example: the content of its lab.json. */
export interface LabExample {
  config: Record<string, string>;
  secrets: Record<string, SecretSource>;
  onPremises?: OnPremisesExample;
}

const validate = new Ajv({ allErrors: true }).compile<Partial<LabExample>>(schema);

/** Reads the text of a lab.json; `file` is its name in messages. An example without one needs no configuration. */
export function parseLabExample(text: string | undefined, file: string): LabExample {
  const content = text === undefined ? {} : parseJson(text, file);
  if (!validate(content)) {
    const reasons = (validate.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath || "/"} ${message}`,
    );
    throw new KmsError("KMS7011", { values: { file, reason: reasons.join(", ") } });
  }
  const { config = {}, secrets = {}, onPremises } = content;
  return { config, secrets, ...(onPremises && { onPremises }) };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new KmsError("KMS7011", { values: { file, reason: (cause as Error).message }, cause });
  }
}
