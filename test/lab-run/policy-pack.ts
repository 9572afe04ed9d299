import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { PolicyPackExample } from "./lab-example";
import { LabRunError } from "./lab-run-error";

/** A policy pack that the engine can run. */
export interface LabPolicyPack {
  /** Flags of the commands that it judges. */
  flags: string[];
  /** Folder that must be on PATH. */
  bin: string;
}

/** Where a policy pack is made and what of. */
export interface LabPolicyPackOptions {
  /** Folder of the run. */
  folder: string;
  exampleFolder: string;
  repository: string;
  example: PolicyPackExample;
}

/** A name that is no language: see `makePolicyPack`. */
const runtime = "kms-lab-nodejs";

/**
 * Makes a project of the package's policy pack. Policy packs in Node.js are run by the engine's language host, and the
 * one that is built with Go is too old for it. A runtime that is no language is run by a program on PATH, so it works
 * with every engine.
 * @throws LabRunError KMS7084 when lab.json names a configuration that does not exist
 */
export async function makePolicyPack(options: LabPolicyPackOptions): Promise<LabPolicyPack> {
  const { folder, repository } = options;
  const config = configFile(options);
  const pack = path.join(folder, "policy");
  const bin = path.join(folder, "bin");
  await Promise.all([mkdir(pack), mkdir(bin)]);
  const project = path.join(repository, "provider/policy");
  const described = JSON.parse(await readFile(path.join(project, "package.json"), "utf8")) as {
    main: string;
  };
  const own = { ...described, main: path.join(project, described.main) };
  await writeFile(path.join(pack, "PulumiPolicy.yaml"), `runtime: ${runtime}\n`);
  await writeFile(path.join(pack, "package.json"), JSON.stringify(own));
  await writeRunner(bin, path.join(repository, "node_modules/@pulumi/pulumi/cmd/run-policy-pack"));
  const flags = ["--policy-pack", pack, ...(config === undefined ? [] : ["--policy-pack-config", config])];
  return { flags, bin };
}

function configFile({ repository, exampleFolder, example }: LabPolicyPackOptions): string | undefined {
  if (example.config === undefined) {
    return undefined;
  }
  const file = path.join(exampleFolder, example.config);
  if (!existsSync(file)) {
    throw new LabRunError("KMS7084", { values: { given: path.relative(repository, file) } });
  }
  return file;
}

/** What the engine passes about the stack; the SDK for Node.js reads it under names that only the runtime `nodejs` gets. */
const stackVariables = ["ORGANIZATION", "PROJECT", "STACK", "DRY_RUN"];

async function writeRunner(bin: string, script: string): Promise<void> {
  const name = `pulumi-analyzer-policy-${runtime}`;
  const { execPath, platform } = process;
  const [file, lines] =
    platform === "win32"
      ? [
          `${name}.cmd`,
          [
            ...stackVariables.map((what) => `@set PULUMI_NODEJS_${what}=%PULUMI_${what}%`),
            `@"${execPath}" "${script}" %*`,
          ],
        ]
      : [
          name,
          [
            "#!/bin/sh",
            ...stackVariables.map((what) => `export PULUMI_NODEJS_${what}="$PULUMI_${what}"`),
            `exec "${execPath}" "${script}" "$@"`,
          ],
        ];
  await writeFile(path.join(bin, file), `${lines.join("\n")}\n`);
  await chmod(path.join(bin, file), 0o755);
}
