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
  /** The stack's outputs after the operation. */
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
  /** Replaces `index.ts`. */
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
  /** The text of the backend's state file: secrets are encrypted. */
  storedState(): Promise<string>;
  /** Environment of a command that looks at the stack from the project's folder, without what decrypts its secrets. */
  env: Record<string, string>;
  /** Removes the project, its backend and its Pulumi home. */
  remove(): Promise<void>;
}

const repository = path.resolve(__dirname, "../..");

/** A project with the packed package and the versions of Pulumi under test, in place of the repository's own. */
const installed = process.env.KMS_INSTALLED_PROJECT;

/**
 * Makes a project with the given `index.ts`, a file backend and a Pulumi home, all in one temporary folder. A program
 * beside another one shares its backend, so that it can refer to the other's stack.
 */
export async function engineProgram(
  lab: Lab,
  name: string,
  indexText: string,
  beside?: EngineProgram,
): Promise<EngineProgram> {
  const root = await mkdtemp(path.join(tmpdir(), `${name}-`));
  const folder = path.join(root, "project");
  await Promise.all(["project", "backend", "home"].map((part) => mkdir(path.join(root, part))));
  await writeProject(folder, name, indexText);
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
  return {
    folder,
    backend,
    write: (text) => writeFile(path.join(folder, "index.ts"), text),
    setConfig: (key, value, secret = false) => stack.setConfig(key, { value, secret }),
    preview: () => observe(stack, (options) => stack.preview(options)),
    up: () => observe(stack, (options) => stack.up(options)),
    upKilledWhen: async (due) => {
      const result = observe(stack, (options) => stack.up(options));
      await until(due);
      ownProcesses(path.join(root, "bin", "pulumi")).forEach(killTree);
      return result;
    },
    startUp: () => ({
      result: observe(stack, (options) => stack.up(options)),
      processes: (who) => [
        ...(who === "provider" ? [] : ownProcesses(path.join(root, "bin", "pulumi"))),
        ...(who === "engine" ? [] : ownProcesses("dynamic-provider")),
      ],
    }),
    upRefreshed: () => observe(stack, (options) => stack.up({ ...options, refresh: true })),
    cancel: () => stack.cancel(),
    refresh: () => observe(stack, (options) => stack.refresh(options)),
    destroy: () => observe(stack, (options) => stack.destroy(options)),
    exportState: () => stack.exportStack(),
    importState: (state) => stack.importStack(state),
    storedState: () => {
      const folder = backend.PULUMI_BACKEND_URL.slice("file://".length);
      return readFile(path.join(folder, ".pulumi/stacks", name, "test.json"), "utf8");
    },
    env: readerEnvironment(root, pulumiCommand),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

async function writeProject(folder: string, name: string, indexText: string): Promise<void> {
  const compilerOptions = {
    target: "es2020",
    module: "node16",
    moduleResolution: "node16",
    strict: true,
    skipLibCheck: true,
  };
  const files = {
    "Pulumi.yaml": `name: ${name}\nruntime: nodejs\nmain: index.ts\n`,
    "package.json": JSON.stringify({ name, private: true }),
    "tsconfig.json": JSON.stringify({ compilerOptions }),
    "index.ts": indexText,
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

async function observe(stack: Stack, run: (observer: Observer) => Promise<unknown>): Promise<EngineResult> {
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
    outputs: await stack.outputs(),
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
