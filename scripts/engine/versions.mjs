import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { inRepository } from "../shared/repository.mjs";

/** The programs of the engine that are built with Go, each in a module folder of its own beside this file. */
export const programs = [
  {
    folder: "cli",
    what: "the Pulumi CLI",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    versionOf: "github.com/pulumi/pulumi/pkg/v3",
  },
  {
    folder: "language-nodejs",
    what: "Pulumi's language host for Node.js",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    versionOf: "github.com/pulumi/pulumi/sdk/v3",
  },
].map((program) => {
  const goMod = inRepository("scripts/engine", program.folder, "go.mod");
  return { ...program, goMod, version: moduleVersion(readFileSync(goMod, "utf8"), program.versionOf) };
});

/** Version of the CLI, `v3.248.0`. */
export const cliVersion = programs[0].version;

/** Oldest Go that can fetch the toolchain a go.mod asks for. */
export const oldestGo = "1.21";

/** Name of the cache folder: another version or another dependency is another folder. */
export function engineFolderName() {
  const hash = createHash("sha256");
  for (const { goMod } of programs) {
    hash.update(readFileSync(goMod));
  }
  return `engine-${programs.map(({ version }) => version).join("-")}-${hash.digest("hex").slice(0, 12)}`;
}

/** The version that a go.mod requires of a module. */
export function moduleVersion(goModText, module) {
  const line = goModText.split("\n").find((candidate) => candidate.trim().startsWith(`${module} v`));
  if (line === undefined) {
    throw new TypeError(`go.mod does not require ${module}`);
  }
  return line.trim().split(/\s+/)[1];
}
