// Writes what is derived from the interfaces of arguments: JSON schema, validators, plain types, and what components
// know of arguments at run time.
import { require as requireTypeScript } from "tsx/cjs/api";
import { writeOrCheck } from "./generated-file.mjs";
import { inRepository } from "./shared/repository.mjs";

const { generatedFiles } = requireTypeScript("./arguments/generate.ts", import.meta.url);

writeOrCheck(generatedFiles(inRepository("provider")), "node scripts/generate-arguments.mjs");
