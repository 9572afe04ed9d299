import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

const program = kmsProgram(`
const host = new KMSHost("kms", hostArgs);
const web = new KMSClientGroup("web", { hosts: [host], ...groupArgs });
export const members = web.members;
export const everything = pulumi.output(host);
`);

/** Another invented key of the form that Windows refuses, to see what errors show. */
const refusedKey = "NMARN-KEYNN-NNNNN-NNNNN-MARKN";

/** Collects the command lines of this test's own processes; other tests that run at the same time set secrets. */
function watchArguments() {
  const seen = new Set<string>();
  const own = new Set([String(process.pid)]);
  const look = () => {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      try {
        // A process stays ours when its parent has ended.
        if (own.has(pid) || own.has(parentOf(pid))) {
          own.add(pid);
          seen.add(readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " "));
        }
      } catch {
        // The process has ended meanwhile.
      }
    }
  };
  const timer = setInterval(look, 50);
  return () => {
    clearInterval(timer);
    return [...seen];
  };
}

/** The process ID of a process's parent: the second field after the name, which may hold anything. */
function parentOf(pid: string): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
}

/** Texts that would reveal the secret: in clear, without hyphens, and both in base64. */
function disguises(secret: string): string[] {
  const plain = secret.replaceAll("-", "");
  return [
    secret,
    plain,
    ...[secret, plain].map((text) => Buffer.from(text).toString("base64").replace(/=+$/, "")),
  ];
}

describe("secrets of a run on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let stack: EngineProgram;
  let logs: string;

  before(async () => {
    logs = await mkdtemp(path.join(tmpdir(), "kms-secrets-"));
    lab = await startLab({ log: path.join(logs, "lab.log"), record: path.join(logs, "record.jsonl") });
    stack = await engineProgram(lab, "secrets", program, { ownProcess: true });
    stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
    await rm(logs, { recursive: true, force: true });
  });

  it("are nowhere in clear: state, backups, logs, ledger, output, process arguments (K17)", async function () {
    const printed: string[] = [];
    const commands = new Set<string>();
    // Operations alone are watched: the command that sets a secret here has it among its arguments.
    const step = async (work: () => Promise<{ text: string }>) => {
      const stop = process.platform === "linux" ? watchArguments() : () => [];
      printed.push((await work()).text);
      stop().forEach((line) => commands.add(line));
    };
    stack.setConfig("kmsHostKey", refusedKey, true);
    await stack.writeConfig();
    await step(() => stack.up());
    stack.setConfig("kmsHostKey", labHostKey, true);
    await stack.writeConfig();
    await step(() => stack.preview());
    await step(() => stack.up());
    await step(() => stack.refresh());
    await step(() => stack.destroy());
    const secrets = [labHostKey, refusedKey, adminPassword].flatMap(disguises);
    const places = [
      ...printed.map((text, index) => ({ place: `output of step ${index + 1}`, text })),
      ...[...commands].map((text) => ({ place: "process arguments", text })),
      ...(await filesOf(path.dirname(stack.folder))),
      ...(await filesOf(logs)),
    ];
    assert.ok(places.length > 20, `${places.length} places were searched`);
    if (process.platform === "linux") {
      const watched = [...commands].join("\n");
      assert.match(watched, /pulumi up /);
      assert.match(watched, /dynamic-provider/);
    }
    for (const { place, text } of places) {
      assert.equal(
        secrets.findIndex((secret) => text.includes(secret)),
        -1,
        place,
      );
    }
    assert.match(printed[0], /KMS4001/, "the refused key was tried");
    assert.match(printed[2], /MARKN|N2W2K/, "the ending may be shown");
  });
});

/** All files below a folder, without following links. */
async function filesOf(folder: string): Promise<{ place: string; text: string }[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"));
  return Promise.all(
    files.map(async ({ parentPath, name }) => ({
      place: name,
      text: await readFile(path.join(parentPath, name), "utf8"),
    })),
  );
}
