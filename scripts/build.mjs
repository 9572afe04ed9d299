import { createHash } from "node:crypto";
import { chmod, cp, mkdir, readFile, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { existsSync, lstatSync } from "node:fs";
import path from "node:path";
import { ensureInstalled } from "./install.mjs";
import { withLock } from "./shared/lock.mjs";
import { cacheFolder, inRepository, repository } from "./shared/repository.mjs";
import { npm, runNode } from "./shared/run.mjs";
import { codeOf, elapsed, runIfMain, say, ScriptError } from "./shared/script.mjs";

const bin = inRepository("bin");
const stampFile = path.join(bin, ".sources");

/** Packages of their own below provider/, in the order in which they are built on the product. */
const workspacePackages = ["provider/lab", "provider/policy"];

/** Compiles provider/ into bin/ and the packages below it, unless they were made of just these sources. */
export async function build() {
  await linkPackage();
  if (await isBuilt()) {
    return;
  }
  await withLock(path.join(cacheFolder, "build.lock"), "building", async () => {
    if (!(await isBuilt())) {
      await compile();
    }
  });
}

/**
 * Programs and the engine's provider process load the package by its name. npm makes this link for the examples'
 * dependency on it; where npm has not (an older install), it is made here.
 */
async function linkPackage() {
  const link = inRepository("node_modules/pulumi-windows-kms");
  if (lstatSync(link, { throwIfNoEntry: false }) === undefined) {
    await symlink(process.platform === "win32" ? repository : "..", link, "junction").catch((error) => {
      if (codeOf(error) !== "EEXIST") {
        throw error;
      }
    });
  }
}

/** The new bin/ is made aside and takes the old one's place when it is whole. */
async function compile() {
  const startedAt = Date.now();
  const stamp = await sourcesHash();
  const fresh = path.join(cacheFolder, `bin-${process.pid}`);
  try {
    const tsc = inRepository("node_modules/typescript/bin/tsc");
    const { code } = await runNode(tsc, ["-p", inRepository("tsconfig.json"), "--outDir", fresh]);
    if (code !== 0) {
      throw new ScriptError(
        "the TypeScript compiler found errors; they are listed above. Correct them and run the command again",
      );
    }
    for (const file of (await sourceFiles()).filter(isProduct).filter(isCopied)) {
      const target = path.join(fresh, file);
      await mkdir(path.dirname(target), { recursive: true });
      await cp(inRepository(file), target);
    }
    await compactData(path.join(fresh, "provider"));
    await keepReachableTypes(path.join(fresh, "provider"), ["index.d.ts", "testing.d.ts"]);
    await chmod(path.join(fresh, "provider/cli/main.js"), 0o755);
    await rm(stampFile, { force: true });
    await replaceFolder(bin, fresh);
    for (const folder of workspacePackages) {
      await buildWorkspacePackage(folder);
    }
    await writeFile(stampFile, stamp);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  say(`built in ${elapsed(startedAt)}`);
}

/**
 * Writes the catalogue's data, which is laid out for people in the sources, without blanks: a part of the package's size.
 * @param {string} folder
 */
async function compactData(folder) {
  for (const file of await readdir(folder, { recursive: true })) {
    if (file.endsWith(".json")) {
      const target = path.join(folder, file);
      await writeFile(target, JSON.stringify(JSON.parse(await readFile(target, "utf8"))));
    }
  }
}

/**
 * Removes the declaration files that nobody who imports these entries needs: most of them, and a tenth of the
 * package's size.
 * @param {string} folder
 * @param {string[]} entries
 */
async function keepReachableTypes(folder, entries) {
  /** @type {Set<string>} */
  const reached = new Set();
  const waiting = [...entries];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file)) {
      continue;
    }
    reached.add(file);
    const text = await readFile(path.join(folder, file), "utf8");
    for (const [, specifier] of text.matchAll(/(?:from |import\()"(\.[^"]*)"/g)) {
      const target = path.join(path.dirname(file), specifier);
      const found = [`${target}.d.ts`, path.join(target, "index.d.ts")].find((one) =>
        existsSync(path.join(folder, one)),
      );
      waiting.push(...(found === undefined ? [] : [found]));
    }
  }
  const all = await readdir(folder, { recursive: true });
  const unreached = all.filter((file) => file.endsWith(".d.ts") && !reached.has(file));
  await Promise.all(unreached.map((file) => rm(path.join(folder, file))));
}

/**
 * A package below provider/, as its own script builds it. It is compiled against the product as its users have it.
 * @param {string} folder
 */
async function buildWorkspacePackage(folder) {
  const { code } = await npm(["run", "build", "--silent", "-w", folder]);
  if (code !== 0) {
    throw new ScriptError(
      `${folder} did not compile; the errors are listed above. Correct them and run the command again`,
    );
  }
}

/**
 * @param {string} folder
 * @param {string} fresh
 */
async function replaceFolder(folder, fresh) {
  const old = path.join(cacheFolder, `bin-old-${process.pid}`);
  if (existsSync(folder)) {
    await rename(folder, old);
  }
  await rename(fresh, folder);
  await rm(old, { recursive: true, force: true });
}

/**
 * What tsc does not carry over; JSON is here too, for files that are read and not imported.
 * @param {string} file
 */
const isCopied = (file) => /\.(json|ps1|css|generated\.js|generated\.d\.ts)$/.test(file);

/** @param {string} file */
const isProduct = (file) => !workspacePackages.some((folder) => file.startsWith(path.join(folder, path.sep)));

/** @param {string} file */
const isSource = (file) => !/[\\/](bin|node_modules)[\\/]/.test(file);

async function isBuilt() {
  return existsSync(stampFile) && (await readFile(stampFile, "utf8")) === (await sourcesHash());
}

async function sourceFiles() {
  const entries = await readdir(inRepository("provider"), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(repository, path.join(entry.parentPath ?? entry.path, entry.name)))
    .filter(isSource)
    .sort();
}

async function sourcesHash() {
  const hash = createHash("sha256");
  for (const file of [...(await sourceFiles()), "tsconfig.json", "package-lock.json"]) {
    hash.update(`${file}\0`).update(await readFile(inRepository(file)));
  }
  return hash.digest("hex");
}

runIfMain(import.meta.url, async () => {
  await ensureInstalled();
  await build();
});
