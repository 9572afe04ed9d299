import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { cacheFolderOf } from "./engine/cache-folder.mjs";
import { isMain, runMain } from "./shared/main.mjs";
import { run } from "./shared/run.mjs";
import { say } from "./shared/say.mjs";

/** The Ansible that benchmarks are compared with; needs Python 3.11. */
const version = "2.19.14";

/**
 * The folder of Ansible's commands; installed from PyPI into the user's cache folder, once. Undefined where that can't
 * be, which is told.
 */
export async function ensureAnsible(env = process.env) {
  const folder = path.join(cacheFolderOf(env), `ansible-core-${version}`);
  const bin = path.join(folder, "bin");
  if (existsSync(path.join(bin, "ansible-playbook"))) {
    return bin;
  }
  await mkdir(path.dirname(folder), { recursive: true });
  say(`installing ansible-core ${version} from PyPI, once`);
  const install = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    `ansible-core==${version}`,
  ];
  const installed =
    (await succeeds("python3", ["-m", "venv", folder])) &&
    (await succeeds(path.join(bin, "python"), install));
  return installed ? bin : undefined;
}

/** Standard output is the caller's. */
async function succeeds(command, args) {
  try {
    return (await run(command, args, { stdio: ["ignore", 2, 2] })).code === 0;
  } catch (error) {
    say(`${command}: ${error.message}`);
    return false;
  }
}

/** Prints the folder, or nothing. */
async function main() {
  process.stdout.write((await ensureAnsible()) ?? "");
}

if (isMain(import.meta.url)) {
  await runMain(main);
}
