// Writes the compatibility reference and its picture from the catalogue, the error reference from the registry of error
// codes, those of HRESULTs and of permissions from the catalogue, the reference of the public names from their doc
// comments, and the picture of the architecture; with --check it compares them.
import path from "node:path";
import { writeOrCheck } from "../../scripts/shared/generated-file.mjs";
import { runMain } from "../../scripts/shared/script.mjs";
import { architectureSvg } from "./architecture";
import { compatibilityPage } from "./compatibility-page";
import { compatibilitySvg } from "./compatibility-svg";
import { errorsPage } from "./errors-page";
import { hresultsPage } from "./hresults-page";
import { permissionsPage } from "./permissions-page";
import { errorEntries, hresults } from "./product";
import { referencePage } from "./reference-page";

const inDocs = (name: string) => path.resolve(__dirname, "..", name);

void runMain(async () => {
  const files = [
    { path: inDocs("compatibility.md"), text: await compatibilityPage() },
    { path: inDocs("compatibility.svg"), text: compatibilitySvg() },
    { path: inDocs("errors.md"), text: await errorsPage(errorEntries()) },
    { path: inDocs("hresults.md"), text: await hresultsPage(hresults()) },
    { path: inDocs("permissions.md"), text: await permissionsPage() },
    { path: inDocs("reference.md"), text: await referencePage() },
    { path: inDocs("architecture.svg"), text: architectureSvg() },
  ];
  return writeOrCheck(files);
});
