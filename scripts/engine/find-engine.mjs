import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

/** What an engine folder must hold to run a Node.js program with dynamic resources. */
const needed = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

const extensions = process.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""];

/** Whether a folder holds a whole engine. */
export const isEngine = (folder) => needed.every((name) => findIn(folder, name) !== undefined);

/**
 * The engine on PATH: the folder of `pulumi`, and the folders of the companions that are on PATH but not beside it.
 * `missing` names those that are nowhere. Undefined when there is no `pulumi`.
 */
export function findOnPath(pathVariable) {
  const folders = (pathVariable ?? "").split(path.delimiter).filter((folder) => folder !== "");
  const dir = folders.find((folder) => findIn(folder, "pulumi") !== undefined);
  if (dir === undefined) {
    return undefined;
  }
  const missing = needed.filter((name) => ![dir, ...folders].some((folder) => findIn(folder, name)));
  return { dir: path.resolve(dir), missing };
}

/** The file that runs a program of that name from that folder. */
export function findIn(folder, name) {
  return extensions.map((extension) => path.join(folder, name + extension)).find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES", "EPERM"].includes(error.code)) {
      return false;
    }
    throw error;
  }
}
