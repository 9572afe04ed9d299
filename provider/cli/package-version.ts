import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** The version in the package.json of the package that a folder belongs to, whether it is compiled or not. */
export function packageVersion(from = __dirname): string {
  let folder = path.dirname(from);
  while (!existsSync(path.join(folder, "package.json"))) {
    folder = path.dirname(folder);
  }
  return (JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as { version: string }).version;
}
