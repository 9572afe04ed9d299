import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { ConfigMap, Deployment } from "@pulumi/pulumi/automation";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { killTree, ownProcesses } from "./kill-tree";
import type { Lab } from "./lab";
import { linkModules } from "./link-modules";
import { type EngineResult, type OperationContext, outputOf, runOperation } from "./operation";
import { isHosting, withProgramHost } from "./program-host";
import { type SecretsProvider, transit } from "./transit";

/** Who is killed. */
export type Victim = "engine" | "provider" | "both";

/** An update under way. */
export interface StartedUpdate {
  result: Promise<EngineResult>;
  /** Process IDs of those that run now. */
  processes(who: Victim): number[];
}

/** A Pulumi program on a stack of its own, on the real engine. */
export interface EngineProgram {
  /** Project folder; `writeFile` into it changes the program. */
  folder: string;
  /** Environment variables that name the backend. */
  backend: Record<string, string>;
  /** What opens the stack's secrets. */
  secretsProvider: SecretsProvider;
  /** Replaces the program's text. */
  write(indexText: string): Promise<void>;
  /** Sets a value of the stack's configuration for the operations that follow. */
  setConfig(key: string, value: string, secret?: boolean): void;
  /** Writes these values at once, and not with the next operation: the command that does so has them as arguments. */
  writeConfig(): Promise<void>;
  preview(): Promise<EngineResult>;
  up(): Promise<EngineResult>;
  /** An update whose engine, language host and providers are killed as soon as `due` says so. */
  upKilledWhen(due: () => Promise<boolean>): Promise<EngineResult>;
  /** An update that something else ends, with the processes that can be killed: the engine's own and its provider's. */
  startUp(): StartedUpdate;
  /** An update that looks at all resources first. */
  upRefreshed(): Promise<EngineResult>;
  /** An update that replaces these resources, whether anything of them has changed or not. */
  upReplacing(urns: string[]): Promise<EngineResult>;
  /** Gives up the lock of an update that was killed. */
  cancel(): Promise<void>;
  refresh(): Promise<EngineResult>;
  destroy(): Promise<EngineResult>;
  /** The stack's state with its secrets in clear. */
  exportState(): Promise<Deployment>;
  /** Puts a state in place of the stack's. */
  importState(state: Deployment): Promise<void>;
  /** Puts the text of a state file in place of the backend's, and gives up the lock; takes no time. */
  resetState(text: string): Promise<void>;
  /** The text of the backend's state file: secrets are encrypted. */
  storedState(): Promise<string>;
  /** Environment of a command that looks at the stack from the project's folder, without what decrypts its secrets. */
  env: Record<string, string>;
  /** Removes the project, its backend and its Pulumi home. */
  remove(): Promise<void>;
}

export interface ProgramOptions {
  /** A program that the new one shares its backend with. @default - a backend of its own */
  beside?: EngineProgram;
  /** What the engine is given; a program that was compiled before starts a second sooner. @default javascript */
  language?: "typescript" | "javascript";
  /**
   * Whether each run of the program has a process and the stack a passphrase, as those of users have. @default - it runs in
   * the tests' own process
   */
  ownProcess?: boolean;
}

const repository = path.resolve(__dirname, "../..");

/** A project with the packed package and the versions of Pulumi under test, in place of the repository's own. */
const installed = process.env.KMS_INSTALLED_PROJECT;

/**
 * Makes a project with a program of the given text, a file backend and a Pulumi home, all in one temporary folder. A program
 * beside another one shares its backend, so that it can refer to the other's stack.
 */
export async function engineProgram(
  lab: Lab,
  name: string,
  indexText: string,
  { beside, language = "javascript", ownProcess = language === "typescript" }: ProgramOptions = {},
): Promise<EngineProgram> {
  const root = await mkdtemp(path.join(tmpdir(), `${name}-`));
  const folder = path.join(root, "project");
  await Promise.all(["project", "backend", "home"].map((part) => mkdir(path.join(root, part))));
  const main = language === "typescript" ? "index.ts" : "index.js";
  const compiled = language === "typescript" ? (text: string) => text : compile;
  await writeProject(folder, name, main, compiled(indexText));
  await (installed === undefined
    ? linkModules(repository, folder)
    : symlink(path.join(installed, "node_modules"), path.join(folder, "node_modules")));
  const pulumi = await linkEngine(root);
  const backend = beside?.backend ?? { PULUMI_BACKEND_URL: `file://${path.join(root, "backend")}` };
  const secretsProvider = beside?.secretsProvider ?? (await (ownProcess ? passphrase() : transit()));
  const backendFolder = backend.PULUMI_BACKEND_URL.slice("file://".length);
  const context: OperationContext = {
    pulumi,
    folder,
    env: { ...readerEnvironment(root, pulumi), ...environment(lab), ...backend, ...secretsProvider.env },
    stateFile: path.join(backendFolder, ".pulumi/stacks", name, "test.json"),
  };
  await outputOf(["stack", "init", ...secretsProvider.args], context);
  const toSet: ConfigMap = {};
  /** Each command of the engine takes its time to start, so that all values are set by one. */
  const writeConfig = async () => {
    const config = Object.entries(toSet);
    config.forEach(([key]) => delete toSet[key]);
    const args = config.flatMap(([key, { value, secret }]) => [
      secret === true ? "--secret" : "--plaintext",
      `${key}=${value}`,
    ]);
    if (args.length > 0) {
      await outputOf(["config", "set-all", ...args], context);
    }
  };
  const run = async (...args: string[]) => {
    await writeConfig();
    return runOperation(args, context);
  };
  const hosted = (...args: string[]) =>
    ownProcess || installed !== undefined || isHosting()
      ? run(...args)
      : withProgramHost({ main: path.join(folder, main), folder, env: context.env }, (more) =>
          run(...args, ...more),
        );
  const up = () => run("up", "--yes", "--skip-preview");
  return {
    folder,
    backend,
    secretsProvider,
    write: (text) => writeFile(path.join(folder, main), compiled(text)),
    setConfig: (key, value, secret = false) => {
      toSet[key] = { value, secret };
    },
    writeConfig,
    preview: () => hosted("preview"),
    up: () => hosted("up", "--yes", "--skip-preview"),
    upKilledWhen: async (due) => {
      const result = up();
      await until(due);
      ownProcesses(path.join(root, "bin", "pulumi")).forEach(killTree);
      return result;
    },
    startUp: () => ({
      result: up(),
      processes: (who) => [
        ...(who === "provider" ? [] : ownProcesses(path.join(root, "bin", "pulumi"))),
        ...(who === "engine" ? [] : ownProcesses("dynamic-provider")),
      ],
    }),
    upReplacing: (urns) =>
      hosted("up", "--yes", "--skip-preview", ...urns.flatMap((urn) => ["--replace", urn])),
    upRefreshed: () => hosted("up", "--yes", "--skip-preview", "--refresh"),
    cancel: async () => void (await outputOf(["cancel", "--yes"], context)),
    refresh: () => hosted("refresh", "--yes", "--skip-preview"),
    destroy: () => hosted("destroy", "--yes", "--skip-preview"),
    exportState: async () =>
      JSON.parse(await outputOf(["stack", "export", "--show-secrets"], context)) as Deployment,
    importState: async (state) => void (await outputOf(["stack", "import"], context, JSON.stringify(state))),
    storedState: () => readFile(context.stateFile, "utf8"),
    resetState: async (text) => {
      const locks = path.join(path.dirname(context.stateFile), "../../locks");
      await rm(locks, { recursive: true, force: true });
      await writeFile(context.stateFile, text);
    },
    env: readerEnvironment(root, pulumi),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

const passphrase = (): SecretsProvider => ({
  args: [],
  env: { PULUMI_CONFIG_PASSPHRASE: randomBytes(12).toString("hex") },
});

const compilerOptions = {
  target: ScriptTarget.ES2022,
  module: ModuleKind.CommonJS,
  esModuleInterop: true,
};

const compile = (text: string) => transpileModule(text, { compilerOptions }).outputText;

async function writeProject(folder: string, name: string, main: string, indexText: string): Promise<void> {
  const files = {
    "Pulumi.yaml": `name: ${name}\nruntime:\n  name: nodejs\n  options:\n    typescript: ${main.endsWith(".ts")}\nmain: ${main}\n`,
    "package.json": JSON.stringify({ name, private: true }),
    "tsconfig.json": JSON.stringify({
      compilerOptions: { target: "es2022", module: "node16", strict: true },
    }),
    [main]: indexText,
  };
  await Promise.all(Object.entries(files).map(([file, text]) => writeFile(path.join(folder, file), text)));
}

const dynamicProvider = "pulumi-resource-pulumi-nodejs";

/** The engine finds its plugins beside itself; one that lacks the dynamic provider finds the SDK's on PATH. */
async function linkEngine(root: string): Promise<string> {
  const engine = process.env.KMS_ENGINE_DIR;
  if (engine === undefined) {
    throw new Error(
      "KMS_ENGINE_DIR must name the folder of pulumi and pulumi-language-nodejs; npm test sets it",
    );
  }
  const bin = path.join(root, "bin");
  await mkdir(bin);
  await symlink(path.join(engine, "pulumi"), path.join(bin, "pulumi"));
  if (!existsSync(path.join(engine, dynamicProvider))) {
    const ofSdk = path.join(installed ?? repository, "node_modules/@pulumi/pulumi", dynamicProvider);
    await symlink(ofSdk, path.join(bin, dynamicProvider));
  }
  return path.join(bin, "pulumi");
}

function environment(lab: Lab): Record<string, string> {
  return {
    ...lab.address.environment,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    // Types are checked by the compiler over the examples and tests; here they would cost seconds on each run.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  };
}

function readerEnvironment(root: string, pulumi: string): Record<string, string> {
  return {
    PATH: [path.dirname(pulumi), process.env.PATH].join(path.delimiter),
    PULUMI_HOME: path.join(root, "home"),
    PULUMI_BACKEND_URL: `file://${path.join(root, "backend")}`,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

async function until(due: () => Promise<boolean>): Promise<void> {
  while (!(await due())) {
    await setTimeout(50);
  }
}
