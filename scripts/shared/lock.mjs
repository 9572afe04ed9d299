import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { codeOf, say } from "./script.mjs";

const pollMilliseconds = 300;
/** An owner writes its process id at once; a lock that stays empty was left by one that ended in between. */
const emptyForMilliseconds = 10_000;

/**
 * Holds a lock, a file with the process id of its owner, while `work` runs; waits while another living process
 * holds it. A lock of a process that has ended is taken over. The installation itself is locked, so that no library
 * of locks can do it; the build and the engine use the same one.
 * @template Result
 * @param {string} file
 * @param {string} what what its owner is doing, for those that wait
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withLock(file, what, work) {
  await mkdir(path.dirname(file), { recursive: true });
  let isAnnounced = false;
  while (!(await takeLock(file))) {
    if (!isAnnounced) {
      say(`waiting for another process that is ${what}`);
      isAnnounced = true;
    }
    await setTimeout(pollMilliseconds);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/**
 * @param {string} file
 * @returns {Promise<boolean>}
 */
async function takeLock(file) {
  try {
    await writeFile(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) !== "EEXIST") {
      throw error;
    }
  }
  if (await isLeftBehind(file)) {
    await rm(file, { force: true });
    return takeLock(file);
  }
  return false;
}

/** @param {string} file */
async function isLeftBehind(file) {
  try {
    const pid = Number.parseInt(await readFile(file, "utf8"), 10);
    return Number.isInteger(pid)
      ? !isRunning(pid)
      : Date.now() - (await stat(file)).mtimeMs > emptyForMilliseconds;
  } catch (error) {
    if (codeOf(error) === "ENOENT") {
      return false;
    }
    throw error;
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}
