import path from "node:path";
import { fileURLToPath } from "node:url";

/** Root folder of the repository. */
export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** A path below the root of the repository. */
export const inRepository = (...parts) => path.join(repository, ...parts);

/** Folder for what scripts keep between runs; git ignores it and `npm ci` clears it. */
export const cacheFolder = inRepository("node_modules/.cache/pulumi-windows-kms");
