import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import {
  CommandError,
  type Deployment,
  type EngineEvent,
  LocalWorkspace,
  type OpMap,
  type OutputMap,
  PulumiCommand,
  type Stack,
} from "@pulumi/pulumi/automation";
import { killTree, ownProcesses } from "./kill-tree";
import type { Lab } from "./lab";
import { linkModules } from "./link-modules";

/** One line that the engine printed about a resource or the stack. */
export interface Diagnostic {
  severity: string;
  message: string;
  /** Undefined for the stack as a whole. */
  urn?: string;
}

/** What an engine operation did. */
export interface EngineResult {
  /** Whether the command ended with exit code 0. */
  ok: boolean;
  /** Resources by operation: create, same, update, delete, replace. */
  counts: OpMap;
  diagnostics: Diagnostic[];
  /** The stack's outputs after the operation, where they are read. */
  outputs: OutputMap;
  /** Everything that the command printed, standard output and error. */
  text: string;
  /** How long the command took. */
  milliseconds: number;
  events: EngineEvent[];
}

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
  /** Environment variables that name the backend and open its secrets. */
  backend: Record<string, string>;
  /** Replaces the program's text. */
  write(indexText: string): Promise<void>;
  setConfig(key: string, value: string, secret?: boolean): Promise<void>;
  preview(): Promise<EngineResult>;
  up(): Promise<EngineResult>;
  /** An update whose engine, language host and providers are killed as soon as `due` says so. */
  upKilledWhen(due: () => Promise<boolean>): Promise<EngineResult>;
  /** An update that something else ends, with the processes that can be killed: the engine's own and its provider's. */
  startUp(): StartedUpdate;
  /** An update that looks at all resources first. */
  upRefreshed(): Promise<EngineResult>;
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
  /** What the program is written in; one in JavaScript starts a second sooner. @default typescript */
  language?: "typescript" | "javascript";
  /** Whether results have the stack's outputs, which takes two more commands. @default true */
  outputs?: boolean;
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
  { beside, language = "typescript", outputs: readsOutputs = true }: ProgramOptions = {},
): Promise<EngineProgram> {
  const root = await mkdtemp(path.join(tmpdir(), `${name}-`));
  const folder = path.join(root, "project");
  await Promise.all(["project", "backend", "home"].map((part) => mkdir(path.join(root, part))));
  const main = language === "typescript" ? "index.ts" : "index.js";
  await writeProject(folder, name, main, indexText);
  await (installed === undefined
    ? linkModules(repository, folder)
    : symlink(path.join(installed, "node_modules"), path.join(folder, "node_modules")));
  const pulumiCommand = await linkEngine(root);
  const backend = beside?.backend ?? {
    PULUMI_BACKEND_URL: `file://${path.join(root, "backend")}`,
    PULUMI_CONFIG_PASSPHRASE: randomBytes(12).toString("hex"),
  };
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "test", workDir: folder },
    { pulumiHome: path.join(root, "home"), pulumiCommand, envVars: { ...environment(lab), ...backend } },
  );
  const observed = (run: (observer: Observer) => Promise<unknown>) => observe(stack, run, readsOutputs);
  const stateFile = () =>
    path.join(backend.PULUMI_BACKEND_URL.slice("file://".length), ".pulumi/stacks", name, "test.json");
  return {
    folder,
    backend,
    write: (text) => writeFile(path.join(folder, main), text),
    setConfig: (key, value, secret = false) => stack.setConfig(key, { value, secret }),
    preview: () => observed((options) => stack.preview(options)),
    up: () => observed((options) => stack.up(options)),
    upKilledWhen: async (due) => {
      const result = observed((options) => stack.up(options));
      await until(due);
      ownProcesses(path.join(root, "bin", "pulumi")).forEach(killTree);
      return result;
    },
    startUp: () => ({
      result: observed((options) => stack.up(options)),
      processes: (who) => [
        ...(who === "provider" ? [] : ownProcesses(path.join(root, "bin", "pulumi"))),
        ...(who === "engine" ? [] : ownProcesses("dynamic-provider")),
      ],
    }),
    upRefreshed: () => observed((options) => stack.up({ ...options, refresh: true })),
    cancel: () => stack.cancel(),
    refresh: () => observed((options) => stack.refresh(options)),
    destroy: () => observed((options) => stack.destroy(options)),
    exportState: () => stack.exportStack(),
    importState: (state) => stack.importStack(state),
    storedState: () => readFile(stateFile(), "utf8"),
    resetState: async (text) => {
      const locks = path.join(path.dirname(stateFile()), "../../locks");
      await rm(locks, { recursive: true, force: true });
      await writeFile(stateFile(), text);
    },
    env: readerEnvironment(root, pulumiCommand),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

async function writeProject(folder: string, name: string, main: string, indexText: string): Promise<void> {
  const compilerOptions = {
    target: "es2020",
    module: "node16",
    moduleResolution: "node16",
    strict: true,
    skipLibCheck: true,
  };
  const files = {
    "Pulumi.yaml": `name: ${name}\nruntime:\n  name: nodejs\n  options:\n    typescript: ${main.endsWith(".ts")}\nmain: ${main}\n`,
    "package.json": JSON.stringify({ name, private: true }),
    "tsconfig.json": JSON.stringify({ compilerOptions }),
    [main]: indexText,
  };
  await Promise.all(Object.entries(files).map(([file, text]) => writeFile(path.join(folder, file), text)));
}

const dynamicProvider = "pulumi-resource-pulumi-nodejs";

/** The engine finds its plugins beside itself; one that lacks the dynamic provider finds the SDK's on PATH. */
async function linkEngine(root: string): Promise<PulumiCommand> {
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
  return PulumiCommand.get({ root, skipVersionCheck: true });
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

function readerEnvironment(root: string, { command }: PulumiCommand): Record<string, string> {
  return {
    PATH: [path.dirname(command), process.env.PATH].join(path.delimiter),
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

interface Observer {
  onEvent(event: EngineEvent): void;
  onOutput(text: string): void;
  onError(text: string): void;
}

async function observe(
  stack: Stack,
  run: (observer: Observer) => Promise<unknown>,
  readsOutputs: boolean,
): Promise<EngineResult> {
  const events: EngineEvent[] = [];
  let text = "";
  const keep = (more: string) => void (text += more);
  const startedAt = performance.now();
  const ok = await succeeds(() =>
    run({ onEvent: (event) => void events.push(event), onOutput: keep, onError: keep }),
  );
  const milliseconds = performance.now() - startedAt;
  return {
    ok,
    counts: events.flatMap((event) => event.summaryEvent ?? []).at(-1)?.resourceChanges ?? {},
    diagnostics: events.flatMap(diagnostic),
    outputs: readsOutputs ? await stack.outputs() : {},
    text,
    milliseconds,
    events,
  };
}

/** A command that fails is a result; everything else that goes wrong is not. */
export async function succeeds(run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    if (error instanceof CommandError) {
      return false;
    }
    throw error;
  }
}

/** The engine's colour tags, such as `<{%reset%}>`. */
const colourTag = /<\{%[^%]*%\}>/g;

function diagnostic({ diagnosticEvent: event }: EngineEvent): Diagnostic[] {
  if (event === undefined || event.ephemeral === true || (event.severity as string) === "debug") {
    return [];
  }
  const message = event.message.replace(colourTag, "").trim();
  return [{ severity: event.severity, message, ...(event.urn && { urn: event.urn }) }];
}
