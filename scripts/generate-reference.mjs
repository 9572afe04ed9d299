// Writes the reference of the public names from their doc comments.
import { referencePage } from "./docs/reference-page.mjs";
import { writeOrCheck } from "./generated-file.mjs";
import { inRepository } from "./shared/repository.mjs";
import { runMain } from "./shared/script.mjs";

await runMain(async () => {
  const files = [{ path: inRepository("docs/reference.md"), text: await referencePage() }];
  writeOrCheck(files, "npm run generate");
});
