import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { userCacheFolder } from "./shared/repository.mjs";
import { run } from "./shared/run.mjs";
import { say } from "./shared/script.mjs";

/** The Ansible that benchmarks are compared with; needs Python 3.11. */
const version = "2.19.14";

/**
 * The folder of Ansible's commands; installed from PyPI into the user's cache folder, once. Undefined where it could
 * not be installed; the reason is printed.
 */
export async function ensureAnsible(env = process.env): Promise<string | undefined> {
  const folder = path.join(userCacheFolder(env), `ansible-core-${version}`);
  const bin = path.join(folder, "bin");
  if (existsSync(path.join(bin, "ansible-playbook"))) {
    return bin;
  }
  await mkdir(path.dirname(folder), { recursive: true });
  say(`installing ansible-core ${version} from PyPI, once`);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `ansible-core==${version}`];
  const isInstalled =
    (await succeeds("python3", ["-m", "venv", folder])) && (await succeeds(path.join(bin, "python"), pip));
  return isInstalled ? bin : undefined;
}

/** Standard output is the caller's. */
async function succeeds(command: string, args: string[]): Promise<boolean> {
  try {
    return (await run(command, args, { stdio: ["ignore", 2, 2] })).code === 0;
  } catch (error) {
    say(`${command}: ${(error as Error).message}`);
    return false;
  }
}
