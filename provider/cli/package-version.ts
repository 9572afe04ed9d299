import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** The version in the package's package.json, which lies above this file, compiled or not. */
export function packageVersion(): string {
  let folder = path.dirname(__dirname);
  while (!existsSync(path.join(folder, "package.json"))) {
    folder = path.dirname(folder);
  }
  return (JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as { version: string }).version;
}
