import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { clientsPlan } from "../../provider/group/heard";
import type { LicensingPlan } from "../../provider/machine/licensing-plan";
import { decodeAnswer } from "../../provider/machine/licensing-script";
import { activate, installPlan, labKey } from "./plans";
import { scriptRunner, standInsForSuite } from "./pwsh/licensing-script";
import { describeInPowerShell } from "./pwsh/powershell";
import { type Case, startStandIns } from "./pwsh/stand-ins";
import { modelWindows, windowsServer } from "./pwsh/windows-server";

const licensingScript = path.join(__dirname, "../../provider/machine/licensing.ps1");

describeInPowerShell("two runs of machine/licensing.ps1 on one machine", () => {
  const second = scriptRunner(standInsForSuite());

  const id = (letter: string) => `${"0123456789abcdef".repeat(2)}-00000000000${letter}`;
  const plan = (letter: string): LicensingPlan => ({
    ...installPlan,
    operations: [installPlan.operations[0], activate],
    reservation: { id: id(letter), operation: "activate" },
    read: { ...installPlan.read, reservations: true },
  });
  const secrets = { productKey: labKey };

  /** A run that stops in the middle of its activation, in a PowerShell of its own. */
  async function activating(windows: ReturnType<typeof modelWindows>) {
    const standIns = startStandIns();
    let goOn = () => undefined as void;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    let isThere = () => undefined as void;
    const arrived = new Promise<void>((resolve) => (isThere = resolve));
    const pause: Case["pause"] = async (request) => {
      if (JSON.stringify(request).includes('"Activate"')) {
        isThere();
        await held;
      }
    };
    const result = scriptRunner(standIns)(windows, plan("a"), secrets, { pause });
    result.catch(() => undefined); // it may be killed
    await arrived;
    return { result, goOn, standIns };
  }

  it("activate once: the second waits and finds the machine activated", async () => {
    const windows = modelWindows(windowsServer());
    const { result, goOn, standIns } = await activating(windows);
    const waiting = second(windows, plan("b"), secrets);
    setTimeout(goOn, 2000);
    const { log, stdout } = await waiting;
    assert.match((await result).log, /Activate/);
    standIns.stop();
    assert.equal(log, "");
    const { operations, reservations } = decodeAnswer(stdout, "kms1");
    assert.deepEqual(
      operations.map(({ result: outcome }) => outcome),
      ["skipped", "skipped"],
    );
    assert.deepEqual(reservations, { [id("a")]: "done" });
  });

  it("read the log of a host's clients beside each other, and beside an activation", async () => {
    const windows = modelWindows(windowsServer());
    const { result, goOn, standIns } = await activating(windows);
    const { stdout } = await second(windows, clientsPlan(8, 0, 1));
    const { operations, clients } = decodeAnswer(stdout, "kms1");
    assert.deepEqual([operations, clients?.names], [[], ""]);
    goOn();
    assert.match((await result).log, /Activate/);
    standIns.stop();
  });

  it("say so where the first takes longer than the second may wait", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "kms-turns-"));
    const script = path.join(folder, "licensing.ps1");
    const text = await readFile(licensingScript, "utf8");
    assert.match(text, /^\$turnSeconds = 300$/m);
    await writeFile(script, text.replace("$turnSeconds = 300", "$turnSeconds = 1"));
    const windows = modelWindows(windowsServer());
    const { result, goOn, standIns } = await activating(windows);
    const { stdout, log } = await second(windows, plan("b"), secrets, { script });
    assert.equal(stdout.trim(), '{"version":1,"busy":true}');
    assert.equal(log, "");
    assert.throws(() => decodeAnswer(stdout, "kms1"), { code: "KMS3011" });
    goOn();
    assert.match((await result).log, /Activate/);
    standIns.stop();
    await rm(folder, { recursive: true });
  });

  it("do not wait for one that was killed, whose record says that it had begun", async () => {
    const windows = modelWindows(windowsServer());
    const { standIns } = await activating(windows);
    standIns.kill();
    const { stdout, log } = await second(windows, plan("b"), secrets);
    assert.match(log, /Activate/);
    assert.deepEqual(decodeAnswer(stdout, "kms1").reservations, { [id("b")]: "done", [id("a")]: "started" });
  });
});
