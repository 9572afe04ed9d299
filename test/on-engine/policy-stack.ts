import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import {
  CommandError,
  type EngineEvent,
  LocalWorkspace,
  type PulumiFn,
  PulumiCommand,
} from "@pulumi/pulumi/automation";
import { ownProcesses } from "./kill-tree";
import type { Lab } from "./lab";
import { linkModules } from "./link-modules";
import { linkOrCopy } from "./link-or-copy";

/** What the engine reported of a policy pack. */
export interface PolicyResult {
  /** Whether the command ended with exit code 0. */
  ok: boolean;
  /** Each violation once, in the order of policy and resource. */
  violations: { policy: string; level: string; resource: string; message: string }[];
  /** Everything that the command printed, standard output and error. */
  text: string;
}

/** A program on a stack of its own, run with the policy pack. */
export interface PolicyStack {
  /** Runs an operation with this configuration of the pack. */
  run(operation: "preview" | "up", config?: object): Promise<PolicyResult>;
  /** Removes the project, its backend and its Pulumi home. */
  remove(): Promise<void>;
}

const repository = path.resolve(__dirname, "../..");

/** Where the pack and what runs it are. */
export interface PolicyPlaces {
  /** Folder of the policy pack. */
  pack: string;
  /** Folder of the Pulumi SDK. */
  sdk: string;
}

const repositoryPlaces: PolicyPlaces = {
  pack: path.join(repository, "provider/policy"),
  sdk: path.join(repository, "node_modules/@pulumi/pulumi"),
};

/** Makes a stack whose program is a function of this process, all in one temporary folder. */
export async function policyStack(
  lab: { address: Pick<Lab["address"], "environment"> },
  projectName: string,
  program: PulumiFn,
  places = repositoryPlaces,
): Promise<PolicyStack> {
  const root = await mkdtemp(path.join(tmpdir(), `${projectName}-`));
  const workDir = path.join(root, "project");
  await Promise.all(["project", "backend", "home", "bin"].map((part) => mkdir(path.join(root, part))));
  await linkModules(repository, workDir);
  await linkEngine(path.join(root, "bin"), places.sdk);
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "test", projectName, program },
    {
      workDir,
      pulumiHome: path.join(root, "home"),
      pulumiCommand: await PulumiCommand.get({ root, skipVersionCheck: true }),
      envVars: {
        ...lab.address.environment,
        PATH: pathWithoutLanguageHost(),
        PULUMI_BACKEND_URL: `file://${path.join(root, "backend")}`,
        PULUMI_CONFIG_PASSPHRASE: randomBytes(12).toString("hex"),
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      },
    },
  );
  const configFile = path.join(root, "policy-config.json");
  const engines = () => ownProcesses(path.join(root, "bin", "pulumi"));
  return {
    async run(operation, config = {}) {
      await writeFile(configFile, JSON.stringify(config));
      const events: EngineEvent[] = [];
      let text = "";
      const keep = (more: string) => void (text += more);
      const pack = { policyPacks: [places.pack], policyPackConfigs: [configFile] };
      const ok = await succeeds(() =>
        bounded<unknown>(
          stack[operation]({
            ...pack,
            onEvent: (event) => void events.push(event),
            onOutput: keep,
            onError: keep,
          }),
          () => `${operation} has not returned; engines that still run: ${engines().length}\n${text}`,
        ),
      );
      return { ok, violations: events.flatMap(violation), text };
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

const languageHost = "pulumi-language-nodejs";

/** The engine that the repository builds has a language host that cannot run policy packs; without one it can. */
const pathWithoutLanguageHost = () =>
  (process.env.PATH ?? "")
    .split(path.delimiter)
    .filter((folder) => !existsSync(path.join(folder, languageHost)))
    .join(path.delimiter);

/** The engine without its language host, which it would find beside itself, and with what runs policy packs instead. */
async function linkEngine(bin: string, sdk: string): Promise<void> {
  const engine = process.env.KMS_ENGINE_DIR;
  if (engine === undefined) {
    throw new Error("KMS_ENGINE_DIR must name the folder of pulumi; npm test sets it");
  }
  await linkOrCopy(await realpath(path.join(engine, "pulumi")), path.join(bin, "pulumi"));
  await symlink(process.execPath, path.join(bin, "node"));
  await symlink(
    path.join(sdk, "pulumi-resource-pulumi-nodejs"),
    path.join(bin, "pulumi-resource-pulumi-nodejs"),
  );
  const analyzer = path.join(bin, "pulumi-analyzer-policy-nodejs");
  await writeFile(analyzer, `#!/bin/sh\nexec node "${path.join(sdk, "cmd/run-policy-pack")}" "$@"\n`);
  await chmod(analyzer, 0o755);
}

function violation({ policyEvent: event }: EngineEvent): PolicyResult["violations"] {
  return event === undefined
    ? []
    : [
        {
          policy: event.policyName,
          level: event.enforcementLevel,
          resource: event.resourceUrn?.split("::").at(-1) ?? "",
          message: event.message.trim(),
        },
      ];
}

const longestSeconds = 100;

/** Fails with what is known of a command that does not return. */
async function bounded<Result>(command: Promise<Result>, known: () => string): Promise<Result> {
  const controller = new AbortController();
  const expired = setTimeout(longestSeconds * 1000, undefined, { signal: controller.signal }).then(() => {
    throw new Error(known());
  });
  try {
    return await Promise.race([command, expired]);
  } finally {
    controller.abort();
    expired.catch(() => undefined);
  }
}

/** A command that fails is a result; everything else that goes wrong is not. */
async function succeeds(run: () => Promise<unknown>): Promise<boolean> {
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
