import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";

/** Command lines and environments of all processes, as `ps` shows them. */
export function commandLines(): string[] {
  return execFileSync("ps", ["axeww", "-o", "args="], { encoding: "utf8" }).split("\n");
}

/** An SSH agent with one key. */
export async function sshAgent(privateKey: string): Promise<{ socket: string; stop(): void }> {
  const folder = mkdtempSync(path.join(tmpdir(), "kms-agent-"));
  const socket = path.join(folder, "agent");
  const agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" });
  for (let waited = 0; !existsSync(socket) && waited < 100; waited++) {
    await setTimeout(20);
  }
  execFileSync("ssh-add", ["-q", "-"], { input: privateKey, env: { ...process.env, SSH_AUTH_SOCK: socket } });
  return {
    socket,
    stop() {
      agent.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
