import { access, constants } from "node:fs/promises";
import path from "node:path";
import { run } from "./shared/run.mjs";
import { runIfMain, say } from "./shared/script.mjs";

/** The servers, and Debian's packages of them. */
const servers = [
  { command: "named", package: "bind9" },
  { command: "dig", package: "bind9-dnsutils" },
  { command: "sshd", package: "openssh-server" },
  { command: "chromium", package: "chromium" },
];

/** Where Debian keeps servers; the PATH of a user may lack it. */
const serverFolders = ["/usr/sbin", "/usr/local/sbin"];

/**
 * Installs the real servers that tests run against where they are missing and this user may. Tests that need one that
 * is still missing skip themselves and say so.
 * @param {NodeJS.ProcessEnv} env
 */
export async function ensureRealServers(env = process.env) {
  const missing = await missingServers(servers, env);
  if (missing.length === 0) {
    return;
  }
  const names = missing.map(({ command }) => command).join(", ");
  if (process.getuid?.() !== 0 || !(await isInstalled("apt-get", env))) {
    say(`tests of ${names} will be skipped; apt-get install ${packagesOf(missing).join(" ")} makes them run`);
    return;
  }
  say(`installing ${names} for the tests with apt-get, once`);
  if (!(await install(packagesOf(missing), env))) {
    say(`${names} could not be installed; their tests will be skipped`);
  }
}

/**
 * The servers that are not on PATH, nor where Debian keeps servers.
 * @template {{ command: string }} Server
 * @param {Server[]} wanted
 * @param {NodeJS.ProcessEnv} env
 */
export async function missingServers(wanted, env) {
  const present = await Promise.all(wanted.map(({ command }) => isInstalled(command, env)));
  return wanted.filter((_, index) => !present[index]);
}

/** @param {{ package: string }[]} missing */
const packagesOf = (missing) => [...new Set(missing.map((server) => server.package))];

/**
 * @param {string} command
 * @param {NodeJS.ProcessEnv} env
 */
async function isInstalled(command, env) {
  const folders = [...(env.PATH ?? "").split(path.delimiter).filter(Boolean), ...serverFolders];
  const found = await Promise.all(
    folders.map((folder) =>
      access(path.join(folder, command), constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}

/**
 * The lists of packages may be missing or old, so that a failure is tried once more with new ones.
 * @param {string[]} packages
 * @param {NodeJS.ProcessEnv} env
 */
async function install(packages, env) {
  const aptGet = async (/** @type {string[]} */ ...args) => {
    const options = { env: { ...env, DEBIAN_FRONTEND: "noninteractive" } };
    const { code } = await run("apt-get", ["-q", "-o", "DPkg::Lock::Timeout=300", ...args], options);
    return code === 0;
  };
  const installed = () => aptGet("install", "-y", "--no-install-recommends", ...packages);
  return (await installed()) || ((await aptGet("update")) && (await installed()));
}

runIfMain(import.meta.url, () => ensureRealServers());
