import { existsSync } from "node:fs";
import path from "node:path";

/** Where servers are; the PATH of a user may lack it. */
const serverFolders = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"];

/** BIND's server program on this machine, if it has one. */
export function findNamed(searchPath = process.env.PATH ?? ""): string | undefined {
  return [...searchPath.split(path.delimiter).filter(Boolean), ...serverFolders]
    .map((folder) => path.join(folder, "named"))
    .find((place) => existsSync(place));
}
