import { execFile } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { KmsError } from "../../errors/kms-error";
import { ledgerUrl, openLedger } from "../../ledger/open-ledger";
import { type ExportedStack, storedText, wrongShape } from "../../report/exported-stack";
import { type LedgerReading, managedKeys } from "../../report/make-report";

/*
 * What a report is made from: the state of a stack, and the ledgers of its keys.
 */

/** Which stack, and where its program is. */
export interface StackLocation {
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
export async function exportStack({ cwd, stack }: StackLocation): Promise<ExportedStack> {
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
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (cause) {
    throw refuse("it is not JSON", cause);
  }
  const wrong = wrongShape(parsed);
  if (wrong !== undefined) {
    throw refuse(wrong);
  }
  return parsed as ExportedStack;
}

/**
 * Reads the ledgers of the keys of the stack's hosts, and changes nothing. A ledger that cannot be read is reported as
 * such, since the rest of the stack is known all the same.
 * @param cwd where the program is; relative ledgers are relative to its folder
 */
export async function readLedgers(exported: ExportedStack, cwd: string): Promise<LedgerReading[]> {
  const urls = new Map(
    managedKeys(exported)
      .filter(({ keyFingerprint }) => isFingerprint(keyFingerprint))
      .map(({ keyFingerprint, ledger }) => [keyFingerprint as string, ledgerUrl(storedText(ledger) ?? "")]),
  );
  if (urls.size === 0) {
    return [];
  }
  const folder = await programFolder(cwd);
  return Promise.all([...urls].map(([keyFingerprint, url]) => readLedger(keyFingerprint, url, folder)));
}

/** A fingerprint names a file, so nothing else may be taken for one. */
const isFingerprint = (stored: unknown): stored is string =>
  typeof stored === "string" && /^[0-9a-f]{32}$/.test(stored);

async function readLedger(keyFingerprint: string, url: string, folder: string): Promise<LedgerReading> {
  try {
    const stored = await openLedger(url, { folder }).read(keyFingerprint);
    return { keyFingerprint, url, document: stored?.document };
  } catch (error) {
    if (error instanceof KmsError) {
      return { keyFingerprint, url, error: error.message };
    }
    throw error;
  }
}

/** Names that Pulumi gives project files. */
const projectFiles = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/**
 * The folder in which the engine runs the program of `cwd`: that of `main` in the project file, which is in `cwd` or above
 * it. `cwd` itself when there is no project.
 */
async function programFolder(cwd: string): Promise<string> {
  const project = projectFolder(cwd);
  if (project === undefined) {
    return cwd;
  }
  const workspace = await LocalWorkspace.create({ workDir: project });
  const main = path.resolve(project, (await workspace.projectSettings()).main ?? ".");
  return statSync(main, { throwIfNoEntry: false })?.isDirectory() === false ? path.dirname(main) : main;
}

function projectFolder(folder: string): string | undefined {
  if (projectFiles.some((name) => existsSync(path.join(folder, name)))) {
    return folder;
  }
  const parent = path.dirname(folder);
  return parent === folder ? undefined : projectFolder(parent);
}
