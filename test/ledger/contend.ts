import { buildSync } from "esbuild";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";

let compiled: string | undefined;

/** `activate-host.ts` in one file, since each of dozens of processes would make it of its sources again. */
function script(): string {
  if (compiled === undefined) {
    // Below the repository's modules, which it loads.
    const cache = path.resolve(__dirname, "../../node_modules/.cache");
    mkdirSync(cache, { recursive: true });
    const folder = mkdtempSync(path.join(cache, "contend-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    compiled = path.join(folder, "activate-host.js");
    const entry = path.join(__dirname, "fixtures/activate-host.ts");
    const options = { bundle: true, platform: "node", packages: "external" } as const;
    buildSync({ ...options, entryPoints: [entry], outfile: compiled });
  }
  return compiled;
}

/** Starts `activate-host.ts`; it waits for a message before it acts. */
export function forkActivation(url: string, env: NodeJS.ProcessEnv, machine: number): ChildProcess {
  return fork(script(), [url, String(machine)], { execArgv: [], env: { ...process.env, ...env } });
}

/**
 * Lets so many processes activate one host each with the same key, all at the same moment.
 * @returns for each the message of its error, "" for none
 */
export async function contend(url: string, env: NodeJS.ProcessEnv, processes: number): Promise<string[]> {
  const children: ChildProcess[] = [];
  try {
    // Loading takes the processors' time: a few at once, then all wait.
    for (let machine = 1; machine <= processes; machine += 1) {
      const child = forkActivation(url, env, machine);
      children.push(child);
      if (machine % 4 === 0) {
        await Promise.all(children.slice(-4).map(ready));
      }
    }
    const results = children.map(async (child) => {
      const [result] = (await once(child, "message")) as [string];
      return result;
    });
    children.forEach((child) => child.send("go"));
    return await Promise.all(results);
  } finally {
    children.forEach((child) => child.kill("SIGKILL"));
  }
}

/** Resolves when the process waits for its message. */
export async function ready(child: ChildProcess): Promise<void> {
  await once(child, "message");
}
