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
  return `${addingErrors(standaloneCode(ajv, Object.fromEntries(references) as Record<string, string>))}\n`;
}

/**
 * ajv copies all errors so far for each item that has some, which takes minutes for 100,000 items. Here they are added to
 * the same list; each validator makes a new one when it is called.
 */
function addingErrors(code: string): string {
  const copying = /vErrors = vErrors === null \? (\w+)\.errors : vErrors\.concat\(\1\.errors\);/g;
  if (!copying.test(code)) {
    throw new TypeError("ajv adds the errors of items in another way than before");
  }
  return `${code.replace(copying, "vErrors = addErrors(vErrors, $1.errors);")}
function addErrors(errors, others) {
  if (errors === null) {
    return others;
  }
  for (const other of others) {
    errors.push(other);
  }
  return errors;
}`;
}

export const validatorDeclarations = (names: string[]): string =>
  [
    'import type { ErrorObject } from "ajv";\n',
    "interface GeneratedValidator {\n  (data: unknown): boolean;\n  errors?: ErrorObject[] | null;\n}\n",
    ...names.map((name) => `export declare const ${name}: GeneratedValidator;`),
    "",
  ].join("\n");
