import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text as textOf } from "node:stream/consumers";
import type { EngineEvent, OpMap, OutputMap } from "@pulumi/pulumi/automation";

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

/** Where operations run. */
export interface OperationContext {
  /** The engine's program. */
  pulumi: string;
  /** The project's folder. */
  folder: string;
  /** Variables beside those of this process. */
  env: Record<string, string>;
  /** The stack's file in the backend. */
  stateFile: string;
}

/**
 * Runs one operation on the stack `test`. The Automation API starts three more commands after each one, for outputs and
 * history; here the outputs are read from the backend's file.
 * @param args such as `["up", "--yes"]`
 */
export async function runOperation(args: string[], context: OperationContext): Promise<EngineResult> {
  const folder = await mkdtemp(path.join(tmpdir(), "engine-events-"));
  const log = path.join(folder, "events.jsonl");
  try {
    const startedAt = performance.now();
    const { ok, text } = await runPulumi([...args, "--event-log", log], context);
    const milliseconds = performance.now() - startedAt;
    const events = parseEvents(await readFile(log, "utf8").catch(() => ""));
    return {
      ok,
      counts: events.flatMap((event) => event.summaryEvent ?? []).at(-1)?.resourceChanges ?? {},
      diagnostics: events.flatMap(diagnostic),
      outputs: await readOutputs(context),
      text,
      milliseconds,
      events,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * What a command on the stack `test` prints to its standard output.
 * @param input what it reads from its standard input
 * @throws Error with all that it printed, where it fails
 */
export async function outputOf(args: string[], context: OperationContext, input = ""): Promise<string> {
  const { ok, stdout, text } = await runPulumi(args, context, input);
  if (!ok) {
    throw new Error(`pulumi ${args.slice(0, 2).join(" ")} failed:\n${text}`);
  }
  return stdout;
}

async function runPulumi(args: string[], { pulumi, folder, env }: OperationContext, input = "") {
  const child = spawn(pulumi, [...args, "--stack", "test", "--non-interactive"], {
    cwd: folder,
    env: { ...process.env, ...env, PULUMI_DEBUG_COMMANDS: "true", PULUMI_AUTOMATION_API: "true" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(input);
  let text = "";
  [child.stdout, child.stderr].forEach((stream) => {
    stream.setEncoding("utf8").on("data", (more: string) => (text += more));
  });
  const [stdout, [code]] = await Promise.all([textOf(child.stdout), once(child, "close")]);
  return { ok: code === 0, text, stdout };
}

/** An engine that was killed may have left a part of its last line. */
const parseEvents = (log: string) =>
  log
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as EngineEvent);

/** Mark of a secret in a state. */
const secretMark = "4dabf18193072939515e22adb298388d";

async function readOutputs(context: OperationContext): Promise<OutputMap> {
  const text = await readFile(context.stateFile, "utf8").catch(() => "{}");
  const { checkpoint } = JSON.parse(text) as StateFile;
  const stack = checkpoint?.latest?.resources?.find(({ type }) => type === "pulumi:pulumi:Stack");
  const outputs = stack?.outputs ?? {};
  const secrets = Object.keys(outputs).filter((name) => JSON.stringify(outputs[name]).includes(secretMark));
  const clear =
    secrets.length === 0
      ? outputs
      : (JSON.parse(
          await outputOf(["stack", "output", "--json", "--show-secrets"], context),
        ) as typeof outputs);
  return Object.fromEntries(
    Object.entries(clear).map(([name, value]) => [name, { value, secret: secrets.includes(name) }]),
  );
}

interface StateFile {
  checkpoint?: {
    latest?: { resources?: { type: string; outputs?: Record<string, unknown> }[] };
  };
}

/** The engine's colour tags, such as `<{%reset%}>`. */
const colourTag = /<\{%[^%]*%\}>/g;

/** What the engine says of a program of `--client` that has said itself why it fails; one of its own hosts it believes. */
const bailed = "BAIL: run bailed";

function diagnostic({ diagnosticEvent: event }: EngineEvent): Diagnostic[] {
  if (event === undefined || event.ephemeral === true || (event.severity as string) === "debug") {
    return [];
  }
  const message = event.message.replace(colourTag, "").trim();
  if (message === bailed) {
    return [];
  }
  return [{ severity: event.severity, message, ...(event.urn && { urn: event.urn }) }];
}
