// Writes the compatibility reference, its picture and the error reference from the catalogue and the error registry, and
// the reference of the public names from their doc comments.
import { architectureSvg } from "./docs/architecture-svg.mjs";
import { catalogue } from "./docs/catalogue.mjs";
import { compatibilityPage } from "./docs/compatibility-page.mjs";
import { compatibilitySvg } from "./docs/compatibility-svg.mjs";
import { errorsPage } from "./docs/errors-page.mjs";
import { referencePage } from "./docs/reference-page.mjs";
import { writeOrCheck } from "./generated-file.mjs";
import { runMain } from "./shared/main.mjs";
import { inRepository } from "./shared/repository.mjs";

await runMain(async () => {
  const files = [
    { path: inRepository("docs/compatibility.md"), text: await compatibilityPage(catalogue) },
    { path: inRepository("docs/compatibility.svg"), text: compatibilitySvg(catalogue) },
    {
      path: inRepository("docs/errors.md"),
      text: await errorsPage(catalogue.errorEntries(), catalogue.formatError),
    },
    { path: inRepository("docs/architecture.svg"), text: architectureSvg() },
    { path: inRepository("docs/reference.md"), text: await referencePage() },
  ];
  writeOrCheck(files, "node scripts/generate-docs.mjs");
  return process.exitCode;
});
