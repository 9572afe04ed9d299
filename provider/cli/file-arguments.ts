import { accessSync, constants, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { InvalidArgumentError } from "commander";

/** A file that can be written to, as an absolute path. */
export function writableFile(given: string): string {
  const file = path.resolve(given);
  const folder = path.dirname(file);
  if (given === "" || statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InvalidArgumentError("It must name a file.");
  }
  if (!isFolder(folder)) {
    throw new InvalidArgumentError(`There is no folder ${folder}.`);
  }
  const existing = statSync(file, { throwIfNoEntry: false }) === undefined ? folder : file;
  try {
    accessSync(existing, constants.W_OK);
  } catch (cause) {
    throw Object.assign(new InvalidArgumentError(`${existing} may not be written to.`), { cause });
  }
  return file;
}

/** A folder that is there, as an absolute path. */
export function existingFolder(given: string): string {
  const folder = path.resolve(given);
  if (given === "" || !isFolder(folder)) {
    throw new InvalidArgumentError(`There is no folder ${folder}.`);
  }
  return folder;
}

/** A file to read, as an absolute path; `-` is standard input. */
export function readableFile(given: string): string {
  if (given === "-") {
    return given;
  }
  const file = path.resolve(given);
  if (given === "" || statSync(file, { throwIfNoEntry: false })?.isDirectory() !== false) {
    throw new InvalidArgumentError(`There is no file ${file}; - stands for standard input.`);
  }
  return file;
}

/** The document of a ledger, as an absolute path; `-` is standard input. */
export function ledgerFile(given: string): string {
  if (isUrl(given)) {
    throw new InvalidArgumentError(
      "It is the URL of a ledger, and a file is needed: the document of one key. That of a ledger in Azure Storage is read from standard input: `az storage blob download ... |`, and - in place of the URL.",
    );
  }
  if (isFolder(given)) {
    throw new InvalidArgumentError(folderOfLedgers(given));
  }
  return readableFile(given);
}

/** Says which documents of ledgers a folder has, where one of them has to be named. */
export function folderOfLedgers(folder: string): string {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const named = files.map((name) => path.join(folder, name)).join(", ");
  const found = files.length === 0 ? "It has none." : `It has ${named}.`;
  return `It is a folder; name the document of one key in it. ${found}`;
}

export const isUrl = (given: string) => /^[a-z]+:\/\//.test(given);

export const isFolder = (folder: string) =>
  statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
