import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { bootstrap, type Engine } from "./engine.mjs";
import { isAtLeast } from "./engine/build-with-go.mjs";
import { inRepository } from "./shared/repository.mjs";
import { npm, run, type RunOptions } from "./shared/run.mjs";
import { elapsed, runMain, say, ScriptError } from "./shared/script.mjs";

/** The even major versions of Node.js that the package is for, the oldest that package.json allows first. */
export const nodeVersions = [20, 22, 24];

/** The packages of Pulumi that a user's project shares with this one. */
const shared = ["@pulumi/pulumi", "@pulumi/azure-native"];

/** Which end of the ranges in package.json, and the versions of Node.js that run a whole program on the engine. */
interface Release {
  name: "lowest" | "newest";
  /** The mocks run with every version of Node.js; the engine takes half a minute more. */
  onEngine: number[];
}

const releases: Release[] = [
  { name: "lowest", onEngine: [20] },
  { name: "newest", onEngine: [22, 24] },
];

/** The lowest version of a range such as `^3.204.0`. */
export function lowestOf(range: string): string {
  const lowest = /^\^(\d+\.\d+\.\d+)$/.exec(range)?.[1];
  if (lowest === undefined) {
    throw new TypeError(`not a range from a lowest version to the next major one: ${range}`);
  }
  return lowest;
}

/** The newest of the versions that `npm view PACKAGE@RANGE version --json` printed, whatever Node.js they ask for. */
export function newestOf(printed: string): string {
  const versions = [JSON.parse(printed)].flat() as string[];
  return versions.reduce((newest, version) => (isAtLeast(version, newest) ? version : newest));
}

/** Whether `engines.node` of an installed package, such as `>=22`, lets it run with a major version of Node.js. */
export const isAllowed = (engines: string, node: number) =>
  node >= Number(/^>=\s*(\d+)/.exec(engines)?.[1] ?? Infinity);

/** The versions of packages that are installed more than once, or not at all, by what `npm ls --parseable` printed. */
export function notOnce(parseable: string, names: string[]): string[] {
  const places = parseable.split("\n").map((line) => line.trim().replaceAll(path.sep, "/"));
  return names.filter(
    (name) => places.filter((place) => place.endsWith(`node_modules/${name}`)).length !== 1,
  );
}

/** npm's own word for why it could not reach its registry; undefined where something else went wrong. */
export const unreachable = (output: string) =>
  /npm (?:error|ERR!) code (ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ENOTCACHED|ENETUNREACH)\b/.exec(
    output,
  )?.[1];

/** npm prints nothing besides its result and errors, which are read here. */
const quiet = ["--loglevel", "error"];

/** One line of the matrix. */
type Outcome = "passed" | "failed" | `skipped, ${string}`;

async function main(): Promise<number> {
  new Command("npm run test:versions").parse();
  const engine = await bootstrap();
  // Where the folder for temporary files is a link, modules would be found under another name than this one.
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "versions-")));
  try {
    const tarball = await pack(folder);
    const binaries = await nodeBinaries();
    const outcomes = await Promise.all(
      releases.map((release) =>
        testRelease(release, path.join(folder, release.name), tarball, binaries, engine),
      ),
    );
    return outcomes.flat().includes("failed") ? 1 : 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function pack(folder: string): Promise<string> {
  const args = ["pack", ...quiet, "--pack-destination", folder];
  const { code, output } = await npm(args, { capture: true });
  if (code !== 0) {
    throw new ScriptError(`npm could not pack the package: ${output.trim()}. Correct what it names`);
  }
  return path.join(folder, output.trim().split("\n").at(-1) ?? "");
}

async function testRelease(
  release: Release,
  project: string,
  tarball: string,
  binaries: Map<number, NodeBinary>,
  engine: Engine,
): Promise<Outcome[]> {
  const startedAt = Date.now();
  const problem = await prepare(release, project, tarball);
  if (problem !== undefined) {
    return [report(release.name, startedAt, problem)];
  }
  const { dependencies, engines } = await versionsIn(project);
  const name = `${release.name} of Pulumi (${dependencies})`;
  const outcomes = [report(`${name}, installed and compiled`, startedAt, { outcome: "passed" })];
  for (const [node, { file, problem: missing }] of binaries) {
    if (isAllowed(engines, node)) {
      const nodeStartedAt = Date.now();
      const ofProgram = release.onEngine.includes(node) ? engine : undefined;
      const result = missing ?? (await testNode(file, project, ofProgram));
      outcomes.push(report(`${name}, Node ${node}`, nodeStartedAt, result));
    }
  }
  return outcomes;
}

/** What came out of a step, with what it printed where it failed. */
interface Result {
  outcome: Outcome;
  output?: string;
}

/** The program of a version of Node.js, or why there is none. */
type NodeBinary = { file: string; problem?: undefined } | { file?: undefined; problem: Result };

const failed = (output: string): Result => ({ outcome: "failed", output });

/** Without a registry, what it would have been asked for is skipped and named. */
function failedByNpm(output: string): Result {
  const reason = unreachable(output);
  return reason === undefined
    ? failed(output)
    : { outcome: `skipped, since npm could not reach its registry: ${reason}` };
}

function report(what: string, startedAt: number, { outcome, output = "" }: Result): Outcome {
  say(`${what}: ${outcome} (${elapsed(startedAt)})${outcome === "failed" ? `\n${output}` : ""}`);
  return outcome;
}

/** Installs the packed package into an empty project and compiles a program there; gives what went wrong. */
async function prepare(release: Release, project: string, tarball: string): Promise<Result | undefined> {
  const own = JSON.parse(await readFile(inRepository("package.json"), "utf8")) as Manifest;
  const ofTests = ["typescript", "@types/node", "@types/mocha"].map(
    (name) => `${name}@${own.devDependencies[name]}`,
  );
  const versions: string[] = [];
  for (const name of shared) {
    const range = own.dependencies[name];
    if (release.name === "lowest") {
      versions.push(`${name}@${lowestOf(range)}`);
      continue;
    }
    const { code, output } = await npm(["view", `${name}@${range}`, "version", "--json", ...quiet], {
      capture: true,
    });
    if (code !== 0) {
      return failedByNpm(output);
    }
    versions.push(`${name}@${newestOf(output)}`);
  }
  await writeProject(project);
  const flags = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", ...quiet];
  const inProject: RunOptions = { cwd: project, capture: true };
  const installed = await npm(["install", ...flags, tarball, ...versions, ...ofTests], inProject);
  if (installed.code !== 0) {
    return failedByNpm(installed.output);
  }
  const listed = await npm(["ls", "--all", "--parseable"], inProject);
  const repeated = notOnce(listed.output, shared);
  if (listed.code !== 0 || repeated.length > 0) {
    return failed(`not installed exactly once: ${repeated.join(", ")}\n${listed.output}`);
  }
  const compiled = await run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "."], inProject);
  return compiled.code === 0 ? undefined : failed(compiled.output);
}

interface Manifest {
  version: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  engines: { node: string };
}

/** The program and its tests with Pulumi's mocks are those of the page about unit tests. */
async function writeProject(project: string): Promise<void> {
  const page = await readFile(inRepository("docs/how-to/unit-tests.md"), "utf8");
  const blocks = [...page.matchAll(/<!-- file: (\S+) -->\n\n```ts\n([^]*?)```/g)];
  const compilerOptions = {
    target: "es2022",
    module: "node16",
    moduleResolution: "node16",
    types: ["node", "mocha"],
    esModuleInterop: true,
    strict: true,
    skipLibCheck: true,
  };
  await mkdir(project);
  await writeFile(path.join(project, "package.json"), JSON.stringify({ name: "licensing", private: true }));
  await writeFile(path.join(project, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  await Promise.all(blocks.map(([, name, text]) => writeFile(path.join(project, name), text)));
}

/** The installed versions in words, and what Pulumi's SDK asks of Node.js. */
async function versionsIn(project: string): Promise<{ dependencies: string; engines: string }> {
  const manifests = await Promise.all(
    shared.map(async (name) => {
      const file = path.join(project, "node_modules", name, "package.json");
      return JSON.parse(await readFile(file, "utf8")) as Manifest;
    }),
  );
  return {
    dependencies: shared.map((name, index) => `${name} ${manifests[index].version}`).join(", "),
    engines: manifests[0].engines.node,
  };
}

/** Loads the package, runs what needs no engine with this Pulumi, and with an engine a whole program in the lab. */
async function testNode(binary: string, project: string, engine: Engine | undefined): Promise<Result> {
  const environment = engine?.env ?? process.env;
  const env = {
    ...environment,
    PATH: [path.dirname(binary), environment.PATH].join(path.delimiter),
    KMS_ENGINE_DIR: engine?.dir,
    KMS_INSTALLED_PROJECT: project,
  };
  const mocha = inRepository("node_modules/mocha/bin/mocha.js");
  const steps: [string[], RunOptions][] = [
    [["-e", 'require("pulumi-windows-kms")'], { cwd: project }],
    [[mocha, "*.test.js"], { cwd: project }],
    [["--require", inRepository("scripts/installed-pulumi.cjs"), mocha, sdkTest], {}],
    ...(engine === undefined ? [] : [[[mocha, engineTest], {}] satisfies [string[], RunOptions]]),
  ];
  for (const [index, [args, options]] of steps.entries()) {
    const { code, output } = await run(binary, args, { env, capture: true, ...options });
    const isSilent = index > 0 || output === "";
    if (code !== 0 || !isSilent) {
      return failed(output);
    }
  }
  return { outcome: "passed" };
}

/** What the package uses of the SDK beside its interface. */
const sdkTest = "test/engine/sdk-internals.test.ts";

/** Refuses an invalid program and runs a valid one: what differs between versions. */
const engineTest = "test/on-engine/kms-versions.test.ts";

/** The versions of Node.js, one after the other: npm keeps them in one cache. */
async function nodeBinaries(): Promise<Map<number, NodeBinary>> {
  const binaries = new Map<number, NodeBinary>();
  for (const version of nodeVersions) {
    binaries.set(version, await nodeBinary(version));
  }
  return binaries;
}

/** npm gets a version from its registry where it is not the one that runs this. */
async function nodeBinary(version: number): Promise<NodeBinary> {
  if (Number(process.versions.node.split(".")[0]) === version) {
    return { file: process.execPath };
  }
  const args = [
    "exec",
    "--yes",
    ...quiet,
    `--package=node@${version}`,
    "--",
    "node",
    "-p",
    "process.execPath",
  ];
  const { code, output } = await npm(args, { capture: true });
  return code === 0 ? { file: output.trim().split("\n").at(-1) ?? "" } : { problem: failedByNpm(output) };
}

if (require.main === module) {
  void runMain(main);
}
