import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { KmsError } from "../../errors/kms-error";
import type { ExportedStack } from "../../report/exported-stack";

/** Which stack, and where its program is. */
export interface StackPlace {
  cwd: string;
  /** @default - the stack that is selected in `cwd` */
  stack?: string;
}

/** A state of many thousand machines has some megabytes. */
const maxBuffer = 2 ** 30;

/** How much is shown of what the CLI complains of. */
const shownCharacters = 500;

/**
 * Asks the Pulumi CLI for the stack's state. Secrets stay encrypted, so neither passphrase nor key is needed.
 * @throws KmsError KMS9010, KMS9011, KMS9012
 */
export async function exportStack({ cwd, stack }: StackPlace): Promise<ExportedStack> {
  const args = ["stack", "export", "--non-interactive", ...(stack === undefined ? [] : ["--stack", stack])];
  try {
    const { stdout } = await promisify(execFile)("pulumi", args, { cwd, maxBuffer, windowsHide: true });
    return parseExport(stdout, "the answer");
  } catch (error) {
    throw error instanceof KmsError ? error : exportFailure(error as ExecError, cwd);
  }
}

/** Reads what `pulumi stack export` wrote to a file, or to standard input for `-`. @throws KmsError KMS9012 */
export async function readExport(file: string): Promise<ExportedStack> {
  if (file === "-") {
    return parseExport(await text(process.stdin), "standard input");
  }
  return parseExport(await readFile(file, "utf8"), file);
}

type ExecError = Error & { code?: unknown; stderr?: string };

function exportFailure(error: ExecError, cwd: string): KmsError {
  if (error.code === "ENOENT") {
    return new KmsError("KMS9010", { cause: error });
  }
  const said = (error.stderr ?? "").trim().replace(/^error: /, "") || error.message;
  const reason = said.slice(0, shownCharacters).replace(/\s+/g, " ").replace(/\.$/, "");
  return new KmsError("KMS9011", { values: { given: cwd, reason }, cause: error });
}

function parseExport(json: string, given: string): ExportedStack {
  const refuse = (reason: string, cause?: unknown) =>
    new KmsError("KMS9012", { values: { given, reason }, cause });
  let parsed: Partial<ExportedStack> | null;
  try {
    parsed = JSON.parse(json) as Partial<ExportedStack> | null;
  } catch (cause) {
    throw refuse("it is not JSON", cause);
  }
  if (typeof parsed?.deployment !== "object" || parsed.deployment === null) {
    throw refuse("it has no deployment");
  }
  const { resources } = parsed.deployment;
  if (resources !== undefined && resources !== null && !Array.isArray(resources)) {
    throw refuse("deployment.resources is no list");
  }
  return parsed as ExportedStack;
}
