import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { lockFile } from "pulumi-windows-kms/bin/provider/testing";
import { LabError } from "../lab-error";

const runName = /^run-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The folder of one run of the lab: log, stacks and ledger, which mean nothing without it. */
export const runFolder = (folder: string, labId: string) => path.join(folder, `run-${labId}`);

/** Makes the folder of the lab; it will hold a passphrase, so it is its owner's alone. @throws LabError KMS7066 */
export async function openLabFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw unusable(folder, (cause as Error).message, cause);
  }
  const { uid, mode } = await stat(folder);
  if (process.getuid !== undefined && uid !== process.getuid()) {
    throw unusable(folder, "it belongs to another user");
  }
  if (process.platform !== "win32" && (mode & 0o022) !== 0) {
    throw unusable(folder, "others may write to it");
  }
}

/** Makes the folder of a run with what the engine expects to be there. */
export async function makeRunFolder(folder: string, labId: string): Promise<string> {
  const run = runFolder(folder, labId);
  await mkdir(path.join(run, "state"), { recursive: true, mode: 0o700 });
  return run;
}

/**
 * Gives a new run the folder of the last one, which ended without being stopped; tells whether there was one. What still
 * older runs left is removed. Only while none runs.
 */
export async function keepRunFolder(folder: string, labId: string): Promise<boolean> {
  const left = await Promise.all(
    (await readdir(folder))
      .filter((name) => runName.test(name))
      .map(async (name) => ({ name, changed: (await stat(path.join(folder, name))).mtimeMs })),
  );
  const [last, ...older] = left.sort((one, other) => other.changed - one.changed);
  await Promise.all(older.map(({ name }) => removeRun(path.join(folder, name))));
  if (last === undefined) {
    return false;
  }
  await rename(path.join(folder, last.name), runFolder(folder, labId));
  return true;
}

const removeRun = (run: string) => rm(run, { recursive: true, force: true, maxRetries: 5 });

/** Removes what runs of the lab left. Only while none runs. */
export async function removeRunFolders(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => runName.test(name));
  await Promise.all(left.map((name) => removeRun(path.join(folder, name))));
}

/** Passphrase of the stacks. It outlives the lab, so that a stack's settings file can still be read with the next one. */
export async function labPassphrase(folder: string): Promise<string> {
  const file = path.join(folder, "passphrase");
  try {
    await writeFile(file, randomBytes(24).toString("base64url"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw unusable(folder, (error as Error).message, error);
    }
  }
  return readFile(file, "utf8");
}

const unusable = (given: string, reason: string, cause?: unknown) =>
  new LabError("KMS7066", { values: { given, reason }, cause });

/** Environment variable that names the folder of the lab, as `--dir` does. */
export const folderVariable = "PULUMI_WINDOWS_KMS_LAB_DIR";

/** Where the lab of a user keeps its state, as the platform has it for what programs write for themselves. */
export function defaultStateFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home = homedir(),
): string {
  return path.join(baseFolder(env, platform, home), "pulumi-windows-kms", "lab");
}

function baseFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  if (platform === "win32") {
    return env.LOCALAPPDATA || path.join(home, "AppData", "Local");
  }
  if (platform === "darwin") {
    return path.join(home, "Library", "Application Support");
  }
  // The specification of XDG takes absolute paths only.
  const given = env.XDG_STATE_HOME ?? "";
  return path.isAbsolute(given) ? given : path.join(home, ".local", "state");
}

const pollMilliseconds = 100;

/** Longer than a lab takes to start, with a dead process's lock before it. */
const waitsMilliseconds = 90_000;

/** Only one process at a time starts or stops the lab of a folder; others wait. @throws LabError KMS7066 */
export async function withLabLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const until = performance.now() + waitsMilliseconds;
  let lock = await lockFile(path.join(folder, "lab"));
  while (lock === undefined) {
    if (performance.now() > until) {
      throw new LabError("KMS7066", {
        values: { given: folder, reason: "another process has been starting or stopping its lab for long" },
      });
    }
    await setTimeout(pollMilliseconds);
    lock = await lockFile(path.join(folder, "lab"));
  }
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
