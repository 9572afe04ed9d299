import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { say } from "./say.mjs";

const pollMilliseconds = 300;
/** An owner writes its process id at once; a lock that stays empty was left by one that ended in between. */
const emptyForMilliseconds = 10_000;

/**
 * Holds a lock, a file with the process id of its owner, while `work` runs; waits while another living process
 * holds it. A lock of a process that has ended is taken over.
 */
export async function withLock(file, what, work) {
  await mkdir(path.dirname(file), { recursive: true });
  let told = false;
  while (!(await takeLock(file))) {
    if (!told) {
      say(`waiting for another process that is ${what}`);
      told = true;
    }
    await setTimeout(pollMilliseconds);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function takeLock(file) {
  try {
    await writeFile(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") {
      throw error;
    }
  }
  if (await isLeftBehind(file)) {
    await rm(file, { force: true });
    return takeLock(file);
  }
  return false;
}

async function isLeftBehind(file) {
  try {
    const pid = Number.parseInt(await readFile(file, "utf8"), 10);
    return Number.isInteger(pid)
      ? !isRunning(pid)
      : Date.now() - (await stat(file)).mtimeMs > emptyForMilliseconds;
  } catch (error) {
    if (error.code === "ENOENT") {
      return false;
    }
    throw error;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
