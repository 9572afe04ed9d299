// Writes the compatibility reference, its picture and the error reference from the catalogue and the error registry.
import { catalogue } from "./docs/catalogue.mjs";
import { compatibilityPage } from "./docs/compatibility-page.mjs";
import { compatibilitySvg } from "./docs/compatibility-svg.mjs";
import { errorsPage } from "./docs/errors-page.mjs";
import { writeOrCheck } from "./generated-file.mjs";
import { inRepository } from "./shared/repository.mjs";

writeOrCheck(
  [
    { path: inRepository("docs/compatibility.md"), text: await compatibilityPage(catalogue) },
    { path: inRepository("docs/compatibility.svg"), text: compatibilitySvg(catalogue) },
    { path: inRepository("docs/errors.md"), text: await errorsPage(catalogue.errorEntries()) },
  ],
  "node scripts/generate-docs.mjs",
);
