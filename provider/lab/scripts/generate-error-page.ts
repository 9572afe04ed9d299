import path from "node:path";
import { writeOrCheck } from "../../../scripts/shared/generated-file.mjs";
import { runMain } from "../../../scripts/shared/script.mjs";
import { labErrors } from "../lab-error";
import { errorPage } from "./error-page";

const file = path.resolve(__dirname, "../../../docs/lab-errors.md");

void runMain(async () => writeOrCheck([{ path: file, text: await errorPage(labErrors, file) }]));
