import { access, constants, readFile } from "node:fs/promises";
import path from "node:path";
import { isMain, runMain } from "./shared/main.mjs";
import { inRepository } from "./shared/repository.mjs";
import { run } from "./shared/run.mjs";
import { say } from "./shared/say.mjs";

/** Where Debian keeps servers; the PATH of a user may lack it. */
const serverFolders = ["/usr/sbin", "/usr/local/sbin"];

/**
 * Installs the real servers that tests run against where they are missing and this user may. Tests that need one that
 * is still missing skip themselves and say so.
 */
export async function ensureRealServers(env = process.env) {
  const wanted = JSON.parse(await readFile(inRepository("scripts/real-servers.json"), "utf8"));
  const missing = await missingServers(wanted, env);
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

/** The servers that are not on PATH, nor where Debian keeps servers. */
export async function missingServers(wanted, env) {
  const present = await Promise.all(wanted.map(({ command }) => isInstalled(command, env)));
  return wanted.filter((_, index) => !present[index]);
}

const packagesOf = (servers) => [...new Set(servers.map((server) => server.package))];

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

/** The lists of packages may be missing or old, so that a failure is tried once more with new ones. */
async function install(packages, env) {
  const aptGet = async (...args) => {
    const options = { env: { ...env, DEBIAN_FRONTEND: "noninteractive" } };
    const { code } = await run("apt-get", ["-q", "-o", "DPkg::Lock::Timeout=300", ...args], options);
    return code === 0;
  };
  const installed = () => aptGet("install", "-y", "--no-install-recommends", ...packages);
  return (await installed()) || ((await aptGet("update")) && (await installed()));
}

if (isMain(import.meta.url)) {
  await runMain(ensureRealServers);
}
