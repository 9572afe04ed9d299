import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readlink, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { linkOrCopy } from "./link-or-copy";

/** What a command printed. */
export interface CommandResult {
  exitCode: number;
  out: string;
  err: string;
}

/** A project outside the repository with the packages installed from their tarballs. */
export interface InstalledPackage {
  /** Folder of the project. */
  folder: string;
  /** Folder around it, for whatever else a test needs. */
  root: string;
  /** NODE_OPTIONS with which Node.js ends in an error where a module of the repository is asked for. */
  nodeOptions: string;
  /** Runs a program there, with these options. */
  run(program: string, args: string[], env?: NodeJS.ProcessEnv, input?: string): Promise<CommandResult>;
  remove(): Promise<void>;
}

const repository = path.resolve(__dirname, "../..");

interface LockedPackage {
  version: string;
  dev?: boolean;
  link?: boolean;
}

/** Folders of the packages: the product, the lab and the policy pack. */
const packed = ["", "provider/lab", "provider/policy"];

/** What a program in TypeScript needs besides the package's own dependencies. */
const ofTheProgram = ["typescript", "@types/node"];

/**
 * Packs the packages and installs them with npm into an empty project. Their dependencies, those of development left out, are
 * put there first, file by file, so that npm needs no registry; a dependency that no package.json names is not there.
 */
export async function installPackage(): Promise<InstalledPackage> {
  // Where the folder for temporary files is a link, modules would be found under another name than this one.
  const root = await realpath(await mkdtemp(path.join(tmpdir(), "installed-")));
  const folder = path.join(root, "project");
  const env = { npm_config_cache: path.join(root, "npm-cache"), npm_config_update_notifier: "false" };
  await mkdir(folder);
  await putDependencies(folder);
  await writeFile(path.join(root, "refuse.cjs"), refuseRepository);
  const nodeOptions = `--require "${path.join(root, "refuse.cjs")}"`;
  const run: InstalledPackage["run"] = (program, args, more, input) =>
    runCommand(program, args, { ...process.env, ...env, NODE_OPTIONS: nodeOptions, ...more }, folder, input);
  const tarballs: string[] = [];
  for (const source of packed) {
    const args = ["pack", "--json", "--pack-destination", root];
    const [{ filename }] = JSON.parse(await npm(args, path.join(repository, source), env));
    tarballs.push(path.join(root, filename));
  }
  // Without a registry npm cannot look up the versions of peers, which are there already.
  const flags = ["--offline", "--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund"];
  await npm(["install", ...flags, ...tarballs], folder, env);
  return { folder, root, nodeOptions, run, remove: () => rm(root, { recursive: true, force: true }) };
}

/** Ends a program that loads a module of the repository. */
const refuseRepository = `
const { Module } = require("node:module");
const resolve = Module._resolveFilename;
Module._resolveFilename = function (...args) {
  const file = resolve.apply(this, args);
  if (file.startsWith(${JSON.stringify(repository + path.sep)})) {
    throw new Error("a module of the repository was asked for: " + file);
  }
  return file;
};
`;

/** Runs npm; what it prints on standard output is returned. */
export async function npm(args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { exitCode, out, err } = await runCommand("npm", args, { ...process.env, ...env }, cwd);
  if (exitCode !== 0) {
    throw new Error(`npm ${args[0]} ended with ${exitCode}: ${err}`);
  }
  return out;
}

async function runCommand(
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
  input = "",
): Promise<CommandResult> {
  const child = spawn(program, args, { env, cwd });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  child.stdin.end(input);
  const [exitCode] = (await once(child, "close")) as [number];
  return { exitCode, out, err };
}

async function putDependencies(project: string): Promise<void> {
  const { packages } = JSON.parse(readFileSync(path.join(repository, "package-lock.json"), "utf8")) as {
    packages: Record<string, LockedPackage>;
  };
  const wanted = Object.keys(packages).filter((place) => isWanted(place, packages[place]));
  for (const place of wanted) {
    await linkTree(path.join(repository, place), path.join(project, place));
  }
  for (const place of ["", ...wanted]) {
    await linkPrograms(path.join(repository, place), path.join(project, place));
  }
  const versions = (names: string[]) =>
    Object.fromEntries(names.map((name) => [name, packages[`node_modules/${name}`].version]));
  const manifest = {
    name: "own",
    private: true,
    dependencies: versions(["@pulumi/azure-native", "@pulumi/pulumi"]),
    devDependencies: versions(ofTheProgram),
  };
  await writeFile(path.join(project, "package.json"), JSON.stringify(manifest));
}

/** Optional packages of other platforms are locked as well, but not there. */
const isWanted = (place: string, { dev, link }: LockedPackage) =>
  place.startsWith("node_modules/") &&
  !link &&
  (!dev || ofTheProgram.some((name) => place === `node_modules/${name}`)) &&
  existsSync(path.join(repository, place));

/** The packages inside it have places of their own in the lock file. */
async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const entries = await readdir(from, { withFileTypes: true });
  for (const entry of entries.filter(({ name }) => name !== "node_modules")) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    await (entry.isDirectory() ? linkTree(source, target) : linkOrCopy(source, target));
  }
}

/** npm takes a package without the links to its programs for one that is broken. */
async function linkPrograms(from: string, to: string): Promise<void> {
  const bin = path.join("node_modules", ".bin");
  if (!existsSync(path.join(from, bin)) || !existsSync(path.join(to, "node_modules"))) {
    return;
  }
  await mkdir(path.join(to, bin));
  for (const name of await readdir(path.join(from, bin))) {
    const target = await readlink(path.join(from, bin, name));
    if (existsSync(path.join(to, bin, target))) {
      await symlink(target, path.join(to, bin, name));
    }
  }
}
