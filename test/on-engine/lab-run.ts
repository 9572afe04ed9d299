import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { LabReport } from "../lab-run/lab-report";
import { labHostKey } from "./kms-program";

/** What a run of `npm run lab` came to. */
export interface LabRunResult {
  exitCode: number;
  report: LabReport;
  /** Standard output: the report as text. */
  printed: string;
  /** Standard error: all that is shown while it runs. */
  log: string;
  /** Command lines of the run's own servers, as everybody on this machine can see them. */
  looks: string[];
}

/** Runs examples in the lab, with all temporary files in one folder, so that what is left behind can be seen. */
export interface LabRunner {
  /**
   * Runs an example; `interruptAt` is what the output says when Ctrl-C comes, and `features` are the only ones that the
   * run may use, by the role that `permissions` prints for them.
   */
  run(example: string, options?: { interruptAt?: string; features?: string[] }): Promise<LabRunResult>;
  /** Fails when a process or a folder of a run is left. */
  expectNothingLeft(): void;
  remove(): void;
}

const script = path.resolve(__dirname, "../../scripts/lab.mjs");

/** Product keys of the lab, the key of a storage account or of TSIG in base64, and a private key. */
const secrets = [/NKMSN-W/, new RegExp(labHostKey), /[A-Za-z0-9+/]{43}=/, /PRIVATE KEY/];

const processes = () => spawnSync("ps", ["-eo", "args"], { encoding: "utf8" }).stdout.split("\n");

/** A runner with a new folder. */
export function labRunner(): LabRunner {
  const folder = mkdtempSync(path.join(tmpdir(), "lab-run-"));
  /** Servers of the lab name a file of the run's folder. */
  const ownProcesses = () => processes().filter((line) => line.includes(folder));
  return {
    async run(example, { interruptAt, features } = {}) {
      const role = features === undefined ? [] : ["--role", printedRole(folder, features)];
      const child = spawn(process.execPath, [script, "--example", example, "--json", ...role], {
        env: { ...process.env, TMPDIR: folder },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const looks: string[] = [];
      const timer = setInterval(() => looks.push(...ownProcesses()), 500);
      let log = "";
      let interrupted = false;
      child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
        log += chunk;
        if (interruptAt !== undefined && !interrupted && log.includes(interruptAt)) {
          interrupted = true;
          child.kill("SIGINT");
        }
      });
      const [printed, [exitCode]] = await Promise.all([text(child.stdout), once(child, "close")]);
      clearInterval(timer);
      return { exitCode: exitCode as number, report: JSON.parse(printed) as LabReport, printed, log, looks };
    },
    expectNothingLeft() {
      assert.deepEqual(ownProcesses(), []);
      assert.deepEqual(
        readdirSync(folder).filter((name) => /^(kms-|pulumi-windows-kms-)/.test(name)),
        [],
      );
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const cli = path.resolve(__dirname, "../../bin/provider/cli/main.js");

/** The subscription of every lab. */
const subscription = "00000000-1ab0-4000-8000-000000000001";

/** The file with the role that the package's command prints for these features. */
function printedRole(folder: string, features: string[]): string {
  const file = path.join(folder, "role.json");
  const args = [cli, "permissions", "--features", ...features, "--subscription", subscription];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  writeFileSync(file, stdout);
  return file;
}

/** Fails when a secret is shown, or stands on a command line. */
export function expectNoSecrets({ printed, log, looks }: LabRunResult): void {
  for (const secret of secrets) {
    assert.doesNotMatch(printed, secret);
    assert.doesNotMatch(log, secret);
    assert.ok(!looks.some((line) => secret.test(line)), "in the list of processes");
  }
}

/** Steps of a run in short: its part and name, the counts, and how many resources the lab held. */
export const stepsOf = ({ steps }: LabReport) =>
  steps.map(({ part, name, counts, labResources }) => [
    part === undefined ? name : `${part}: ${name}`,
    counts,
    labResources,
  ]);
