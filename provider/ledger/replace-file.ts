import { randomUUID } from "node:crypto";
import { open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

const suffix = ".tmp";

/**
 * Puts a text in a file's place, whole or not at all, and on the disk when the promise resolves.
 * @param mayReplace asked in the last moment; false leaves the file as it was
 * @returns whether the text took the file's place
 */
export async function replaceFile(path: string, text: string, mayReplace: () => boolean): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}${suffix}`;
  try {
    await writeNew(temporary, text);
    if (!mayReplace()) {
      return false;
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
    return true;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Removes what killed writers of this file left. Only for who holds the file's lock. */
export async function removeLeftovers(path: string): Promise<void> {
  const left = (await readdir(dirname(path))).filter(
    (name) => name.startsWith(`${basename(path)}.`) && name.endsWith(suffix),
  );
  await Promise.all(left.map((name) => rm(join(dirname(path), name), { force: true })));
}

async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The new name is on the disk only when the folder is; Windows cannot open folders and does it by itself. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") {
    return;
  }
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
