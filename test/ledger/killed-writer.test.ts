import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { changeLedger } from "../../provider/ledger/store";
import { openLedger } from "../../provider/ledger/open-ledger";
import { raiseLimit } from "../../provider/ledger/transitions";
import { change, key, machine, reserve } from "./ledgers";

const script = join(__dirname, "fixtures", "add-hosts.ts");
const program = [process.execPath, "--require", "tsx/cjs", script];
const env = { ...process.env, TSX_DISABLE_CACHE: "1" };

describe("ledger/file-store: a writer that is interrupted", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "kms-ledger-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  const url = () => `file://${folder}`;

  /** Hosts of the ledger, which must be whole. */
  const hosts = async () => (await openLedger(url()).read(key.keyFingerprint))?.document.hosts.length ?? 0;

  it("leaves a whole document whenever it is killed, and the next one goes on", async function () {
    this.timeout(240_000); // each dead writer may leave a lock that the next one waits for
    await changeLedger(openLedger(url()), key, (document) =>
      Array.from({ length: 500 }).reduce<typeof document>(
        (now, _, index) => reserve(now, change(), machine(index + 1)),
        raiseLimit(document, change(), { hosts: 10_000, reference: "SR-1" }),
      ),
    );
    for (let kill = 1; kill <= 8; kill += 1) {
      const child = spawn(program[0], [...program.slice(1), url()], {
        env,
        stdio: ["ignore", "pipe", "inherit"],
      });
      const printed = await lastLine(child, kill);
      const found = await hosts();
      assert.ok(found === printed || found === printed + 1, `${found} hosts after ${printed} were written`);
    }
    await changeLedger(openLedger(url()), key, (document) => reserve(document, change(), machine(999)));
    assert.deepEqual(await readdir(folder), [`${key.keyFingerprint}.json`]);
  });

  it("leaves the document as it was when the disk has no room for all of the new one", async function () {
    if (process.platform === "win32") {
      this.skip();
    }
    this.timeout(30_000);
    // A limit on the size of files stands for a full disk: the system writes what fits and then fails.
    const limited = ["-c", 'ulimit -f 16 && exec "$@"', "sh", ...program, url()];
    const child = spawn("sh", limited, { env, stdio: ["ignore", "pipe", "inherit"] });
    const lines = await allLines(child);
    assert.match(lines.at(-1) ?? "", /^KMS6002 .*EFBIG/);
    assert.equal(await hosts(), Number(lines.at(-2)));
    assert.deepEqual(await readdir(folder), [`${key.keyFingerprint}.json`]);
  });
});

/** Kills the process some time after its first line, and gives the last number that it wrote. */
async function lastLine(child: ChildProcess, milliseconds: number): Promise<number> {
  const lines = allLines(child);
  await once(child.stdout!, "data");
  await pause(milliseconds);
  child.kill("SIGKILL");
  return Number((await lines).at(-1));
}

async function allLines(child: ChildProcess): Promise<string[]> {
  const lines: string[] = [];
  createInterface({ input: child.stdout! }).on("line", (line) => lines.push(line));
  await once(child, "close");
  return lines;
}
