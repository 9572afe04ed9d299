import { writeFile } from "node:fs/promises";
import path from "node:path";
import { labErrors } from "../lab-error";
import { errorPage } from "./error-page";

const file = path.resolve(__dirname, "../../../docs/lab-errors.md");

void errorPage(labErrors, file).then((text) => writeFile(file, text));
