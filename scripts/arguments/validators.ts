import Ajv from "ajv";
import standaloneCode from "ajv/dist/standalone";

/**
 * Validators as code that needs no compiler at run time. They report every error, each with the schema that is broken.
 * @param exported name of each validator with the interface that it checks
 */
export function validatorCode(schema: Record<string, unknown>, exported: Record<string, string>): string {
  const ajv = new Ajv({
    schemas: [schema],
    allErrors: true,
    verbose: true,
    strict: true,
    code: { source: true, esm: false, lines: true },
  });
  ajv.addVocabulary(["slips"]);
  const references = Object.entries(exported).map(([name, owner]) => [
    name,
    `arguments.json#/definitions/${owner}`,
  ]);
  return `${standaloneCode(ajv, Object.fromEntries(references) as Record<string, string>)}\n`;
}

export const validatorDeclarations = (names: string[]): string =>
  [
    'import type { ErrorObject } from "ajv";\n',
    "interface GeneratedValidator {\n  (data: unknown): boolean;\n  errors?: ErrorObject[] | null;\n}\n",
    ...names.map((name) => `export declare const ${name}: GeneratedValidator;`),
    "",
  ].join("\n");
