// Writes the validators of the components' arguments from their JSON schemas, as code that needs no compiler at run time.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { writeOrCheck } from "./generated-file.mjs";
import { inRepository } from "./shared/repository.mjs";

const require = createRequire(import.meta.url);
const { default: Ajv } = require("ajv");
const { default: standaloneCode } = require("ajv/dist/standalone");

const provider = inRepository("provider");
const schemaFolder = join(provider, "args", "schema");
const suffix = ".schema.json";

const files = readdirSync(schemaFolder)
  .filter((name) => name.endsWith(suffix))
  .sort();
const schemas = files.map((name) => JSON.parse(readFileSync(join(schemaFolder, name), "utf8")));
const ajv = new Ajv({
  schemas,
  allErrors: true,
  verbose: true,
  strict: true,
  code: { source: true, esm: false, lines: true },
});
const exported = Object.fromEntries(files.map((name, index) => [exportName(name), schemas[index].$id]));

/** `kms-host-args.schema.json` as `kmsHostArgs`. */
function exportName(file) {
  return file.slice(0, -suffix.length).replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

const note = "// Generated from provider/args/schema by scripts/generate-validators.mjs.\n";
const declarations = [
  note,
  'import type { ErrorObject } from "ajv";\n\n',
  "interface GeneratedValidator {\n  (data: unknown): boolean;\n  errors?: ErrorObject[] | null;\n}\n\n",
  ...Object.keys(exported).map((name) => `export declare const ${name}: GeneratedValidator;\n`),
].join("");

writeOrCheck(
  [
    { path: join(provider, "validators.generated.js"), text: `${note}${standaloneCode(ajv, exported)}\n` },
    { path: join(provider, "validators.generated.d.ts"), text: declarations },
  ],
  "node scripts/generate-validators.mjs",
);
