import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { labControl } from "../../provider/lab/control/lab-control";
import type { LabAddress } from "../../provider/lab/service/environment";
import { isThere } from "../../provider/lab/service/running-lab";

const cli = path.resolve(__dirname, "../../provider/lab/bin/cli/main.js");

describe("the command line of the lab", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "lab command-"));
  });
  afterEach(async () => {
    await lab("stop");
    rmSync(folder, { recursive: true });
  });

  const spawnLab = (...args: string[]) =>
    spawn(process.execPath, [cli, ...args, "--dir", folder], { stdio: ["ignore", "pipe", "pipe"] });

  async function lab(...args: string[]) {
    const child = spawnLab(...args);
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (err += text));
    const [exitCode] = await once(child, "close");
    return { exitCode, out, err };
  }

  const stateFile = () => path.join(folder, "lab.json");
  const state = () => JSON.parse(readFileSync(stateFile(), "utf8")) as LabAddress;

  /** What is left of a lab: a passphrase, which the next one takes over. */
  const assertNothingLeft = () => assert.deepEqual(readdirSync(folder), ["passphrase"]);

  it("starts and prints the next steps, and does nothing if the lab is already running", async () => {
    const first = await lab("start");
    assert.deepEqual([first.exitCode, first.err], [0, ""]);
    const { arm, pid } = state();
    assert.ok(
      first.out.startsWith(
        `the lab runs on ${arm}: simulated Azure and Windows; nothing leaves this machine\n`,
      ),
    );
    assert.match(first.out, /\n {2}eval "\$\(npx pulumi-windows-kms-lab env --dir '.*'\)"\n/);

    if (process.platform === "linux") {
      assert.equal(
        readlinkSync(`/proc/${pid}/cwd`),
        realpathSync(tmpdir()),
        "it holds no folder of its user",
      );
    }

    const second = await lab("start", "--json");
    assert.deepEqual([second.exitCode, second.err], [0, ""]);
    const { ranAlready, ...place } = JSON.parse(second.out);
    assert.deepEqual([ranAlready, place.arm, place.pid, place.dir], [true, arm, pid, folder]);
    assert.doesNotMatch(second.out, new RegExp(readFileSync(path.join(folder, "passphrase"), "utf8")));
  });

  it("starts one lab when it runs three times at the same time", async () => {
    const answers = await Promise.all([
      lab("start", "--json"),
      lab("start", "--json"),
      lab("start", "--json"),
    ]);
    assert.deepEqual(
      answers.map(({ exitCode }) => exitCode),
      [0, 0, 0],
    );
    const labs = answers.map(({ out }) => JSON.parse(out));
    assert.deepEqual(labs.map(({ ranAlready }) => ranAlready).sort(), [false, true, true]);
    assert.deepEqual(new Set(labs.map(({ pid }) => pid)).size, 1);
  });

  it("prints what the lab holds, moves its clock, and stops it with nothing left", async () => {
    await lab("start");
    const address = state();
    await labControl(address.arm).bootOnPremises({
      name: "web-1",
      osBuild: "20348.2322",
      editionId: "ServerDatacenter",
      productType: 3,
    });
    const status = await lab("status");
    assert.match(status.out, /\nweb-1 +yes +OOBGrace +6VM33 +Volume:GVLK +\d/);
    const before = new Date((await lab("clock")).out.trim());
    const after = new Date((await lab("clock", "--advance-days", "181")).out.trim());
    assert.equal(Math.floor((after.getTime() - before.getTime()) / 86_400_000), 181);
    const { machines, now, pid } = JSON.parse((await lab("status", "--json")).out);
    assert.equal(pid, address.pid);
    assert.equal(now.slice(0, 13), after.toISOString().slice(0, 13));
    assert.deepEqual(
      machines.map(({ computerName, licenseStatus }: Record<string, string>) => [
        computerName,
        licenseStatus,
      ]),
      [["web-1", "Notification"]],
    );

    const stopped = await lab("stop");
    assert.deepEqual(stopped, {
      exitCode: 0,
      out: `the lab on ${new URL(address.arm).origin} has ended; its stacks are gone with it\n`,
      err: "",
    });
    assert.equal(await isThere(address), false);
    assertNothingLeft();
  });

  it("writes record and log to the given files, and refuses them once the lab is running", async () => {
    const record = path.join(folder, "requests.jsonl");
    const log = path.join(folder, "lab.log");
    await lab("start", "--record", record, "--log", log);
    const { id } = state();
    assert.ok(existsSync(path.join(folder, `run-${id}`, "state")), "Pulumi finds its backend");
    await fetch(`${state().arm}/subscriptions/s/resourcegroups?api-version=2024-03-01`);
    const [line] = readFileSync(record, "utf8").split("\n");
    assert.equal(JSON.parse(line).path, "/subscriptions/s/resourcegroups");
    assert.match(readFileSync(log, "utf8"), /^GET \/subscriptions\/s\/resourcegroups \d{3}/m);
    const again = await lab("start", "--record", record);
    assert.deepEqual([again.exitCode, again.out], [1, ""]);
    assert.equal(
      again.err,
      `error: KMS7067 --record: the lab runs already, so that ${record} would not be written. ` +
        "Run `npx pulumi-windows-kms-lab stop` first, or leave the flag out\n",
    );
  });

  it("starts a new lab after the process was killed, and when another program has its port and process ID", async () => {
    await lab("start");
    const killed = state();
    process.kill(killed.pid, "SIGKILL");
    while (await isThere(killed)) {
      // until its port is closed
    }
    assert.match((await lab("status")).out, /^no lab is running/);
    const stacks = ["state", "ledger"].map((name) => path.join(folder, `run-${killed.id}`, name, "kept"));
    stacks.forEach((file) => {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, "");
    });
    await lab("start");
    const second = state();
    stacks.forEach((file) =>
      assert.ok(existsSync(file.replace(killed.id, second.id)), "stacks and ledger are kept"),
    );
    assert.notEqual(second.id, killed.id);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith("run-")),
      [`run-${second.id}`],
    );

    const mistaken = { ...second, id: killed.id, pid: process.pid };
    writeFileSync(stateFile(), JSON.stringify(mistaken));
    assert.equal((await lab("stop")).out, "no lab was running\n");
    assert.equal(await isThere(second), true, "a lab with another identity is not stopped");
    await labControl(second.arm).shutdown();
  });

  it("removes the state when a signal ends the lab", async () => {
    await lab("start");
    const address = state();
    process.kill(address.pid, "SIGTERM");
    while (existsSync(stateFile())) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.match((await lab("status")).out, /^no lab is running/);
    assert.equal(await isThere(address), false);
  });

  it("leaves nothing when Ctrl-C ends the start", async function () {
    if (process.platform === "win32") {
      this.skip();
    }
    const child = spawnLab("start");
    while (!readdirSync(folder).some((name) => name.startsWith("run-"))) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill("SIGINT");
    const [exitCode] = await once(child, "close");
    assert.equal(exitCode, 130);
    assertNothingLeft();
  });

  it("fails with KMS7013 and the end of the log when it cannot start, and leaves nothing", async () => {
    const preload = path.join(folder, "..", `${path.basename(folder)}.cjs`);
    writeFileSync(
      preload,
      'if (process.argv[1].replaceAll("\\\\", "/").endsWith("/lab/bin/server.js")) throw new Error("no memory left");',
    );
    try {
      const env = { ...process.env, NODE_OPTIONS: `--require "${preload}"` };
      const args = [cli, "start", "--dir", folder];
      const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env });
      assert.equal(status, 1, stderr);
      assert.match(
        stderr,
        /^error: KMS7013 the lab ended before it was ready; the end of its log: [^]*no memory left/,
      );
      assertNothingLeft();
    } finally {
      rmSync(preload);
    }
  });
});
