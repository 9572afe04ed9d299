import Ajv from "ajv";
import { KmsError } from "../../errors/kms-error";
import schema from "./lab-example.schema.json";

/** What a secret configuration value is made of. */
export type SecretSource = { generate: "password" } | { labKey: string };

/** Configuration that the lab sets for an example: the content of its lab.json. */
export interface LabExample {
  config: Record<string, string>;
  secrets: Record<string, SecretSource>;
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
  return { config: content.config ?? {}, secrets: content.secrets ?? {} };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new KmsError("KMS7011", { values: { file, reason: (cause as Error).message }, cause });
  }
}
