import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BindZone, findNamed, startBind } from "../lab-run/servers/bind";

/** A BIND server of a test, on loopback. */
export interface Named {
  /** `127.0.0.1:PORT`. */
  server: string;
  port: number;
  /** What `dig +short` says of a name, sorted. */
  dig(name: string, type: string): string[];
  /** What the server logged. */
  log(): string;
  stop(): Promise<void>;
}

const hasDig = spawnSync("dig", ["-v"], { stdio: "ignore" }).error === undefined;

/** Whether BIND and `dig` are installed; `npm test` installs them where it may. */
export const hasNamed = findNamed() !== undefined && hasDig;

/** For titles of suites that need BIND. */
export const skippedWithoutNamed = hasNamed ? "" : " (skipped: no named)";

/** Starts BIND with these zones and keys (`key "NAME" { … };`) and waits until it serves them. */
export async function startNamed(zones: BindZone[], keys = ""): Promise<Named> {
  const folder = await mkdtemp(path.join(tmpdir(), "named-"));
  const { port, log, stop } = await startBind({ folder, zones, keys });
  return {
    server: `127.0.0.1:${port}`,
    port,
    dig: (name, type) => dig(port, name, type),
    log,
    stop: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function dig(port: number, name: string, type: string): string[] {
  const args = ["@127.0.0.1", "-p", String(port), "+short", "+norecurse", name, type];
  const { stdout, status } = spawnSync("dig", args, { encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`dig ${name} ${type} failed: ${stdout}`);
  }
  return stdout.split("\n").filter(Boolean).sort();
}
