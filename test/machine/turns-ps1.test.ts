import assert from "node:assert/strict";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { LicensingPlan } from "../../provider/machine/licensing-plan";
import { decodeAnswer, encodePlan } from "../../provider/machine/licensing-script";
import { installPlan, labKey } from "./plans";
import { hasPwsh, type StandIns, startStandIns } from "./pwsh";
import { activate, windowsServer } from "./windows-server";

const licensingScript = path.join(__dirname, "../../provider/machine/licensing.ps1");

describe(`two runs of machine/licensing.ps1 on one machine${hasPwsh ? "" : " (skipped: no pwsh)"}`, function () {
  this.timeout(60_000);
  let folder: string;
  let first: StandIns;
  let second: StandIns;
  before(function () {
    if (!hasPwsh) {
      this.skip();
    }
    second = startStandIns();
  });
  after(() => second?.stop());
  beforeEach(async () => {
    first = startStandIns();
    folder = await mkdtemp(path.join(tmpdir(), "kms-turns-"));
  });
  afterEach(async () => {
    first.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const id = (letter: string) => `${"0123456789abcdef".repeat(2)}-00000000000${letter}`;
  const plan = (letter: string): LicensingPlan => ({
    ...installPlan,
    operations: [installPlan.operations[0], activate],
    reservation: { id: id(letter), operation: "activate" },
    read: { ...installPlan.read, reservations: true },
  });
  const machine = (activateMilliseconds: number) => ({
    ...windowsServer(),
    machineFile: path.join(folder, "machine.json"),
    activateMilliseconds,
  });
  const run = (standIns: StandIns, letter: string, milliseconds: number, script = licensingScript) =>
    standIns.run(machine(milliseconds), { script, plan: encodePlan(plan(letter)), productKey: labKey });
  /** Resolves once the first run is in the middle of its activation. */
  const isActivating = async () => {
    const recorded = () => readFile(path.join(folder, "machine.json"), "utf8").catch(() => "");
    while (!(await recorded()).includes(`${id("a")} started`)) {
      await setTimeout(20);
    }
  };

  it("activate once: the second waits and finds the machine activated", async () => {
    const running = run(first, "a", 2000);
    await isActivating();
    const waiting = await run(second, "b", 0);
    const done = await running;
    assert.match(done.log, /Activate/);
    assert.doesNotMatch(waiting.log, /Activate|InstallProductKey/);
    const answer = decodeAnswer(waiting.stdout, "kms1");
    assert.deepEqual(
      answer.operations.map(({ result }) => result),
      ["skipped", "skipped"],
    );
    assert.deepEqual(answer.reservations, { [id("a")]: "done" });
  });

  it("say so where the first takes longer than the second may wait", async () => {
    const impatient = path.join(folder, "licensing.ps1");
    await copyFile(licensingScript, impatient);
    const text = await readFile(impatient, "utf8");
    assert.match(text, /^\$turnSeconds = 300$/m);
    await writeFile(impatient, text.replace("$turnSeconds = 300", "$turnSeconds = 1"));
    const running = run(first, "a", 5000);
    await isActivating();
    const { stdout, log } = await run(second, "b", 0, impatient);
    assert.equal(stdout.trim(), '{"version":1,"busy":true}');
    assert.equal(log, "");
    assert.throws(() => decodeAnswer(stdout, "kms1"), { code: "KMS3011" });
    assert.match((await running).log, /Activate/);
  });

  it("do not wait for one that was killed, whose record says that it had begun", async () => {
    void run(first, "a", 60_000).catch(() => undefined);
    await isActivating();
    first.kill();
    const { stdout, log } = await run(second, "b", 0);
    assert.match(log, /Activate/);
    assert.deepEqual(decodeAnswer(stdout, "kms1").reservations, { [id("b")]: "done", [id("a")]: "started" });
  });
});
