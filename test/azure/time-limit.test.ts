import assert from "node:assert/strict";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { timeLimit } from "../../provider/azure/time-limit";
import { stopSignal } from "../../provider/engine/stopping";
import { steadyNow } from "../../provider/machine/machine";
import { runSignals, stoppedFor } from "../../provider/machine/stopped";

/** Collects garbage a few times, as a long rollout does. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let times = 0; times < 3; times += 1) {
    await setTimeout(10);
    collect();
  }
}

/** Whether the signal is aborted in the end; far less than the test's own time is enough for it. */
const isAborted = async (signal: AbortSignal) =>
  signal.aborted || (await Promise.race([once(signal, "abort").then(() => true), setTimeout(10_000, false)]));

describe("azure/time-limit", () => {
  it("aborts after its time, with the reason that timers give", async () => {
    const before = performance.now();
    const signal = timeLimit(30);
    assert.equal(signal.aborted, false);
    await once(signal, "abort");
    assert.ok(performance.now() - before >= 30);
    assert.equal((signal.reason as Error).name, "TimeoutError");
  });

  it("aborts also where nobody holds it when garbage is collected", async () => {
    let aborted = 0;
    for (let index = 0; index < 20; index += 1) {
      timeLimit(300).addEventListener("abort", () => (aborted += 1));
    }
    await collectGarbage();
    await isAborted(timeLimit(400));
    assert.equal(aborted, 20);
  });

  it("ends a run at its deadline, whatever garbage was collected meanwhile", async () => {
    const stopping = new AbortController();
    const ended = { begin: 0, finish: 0 };
    const deadline = steadyNow() + 300;
    for (let index = 0; index < 5; index += 1) {
      const { begin, finish } = runSignals({ deadline: deadline + index, signal: stopping.signal });
      begin.addEventListener("abort", () => (ended.begin += 1));
      finish.addEventListener("abort", () => (ended.finish += 1));
    }
    await collectGarbage();
    await isAborted(timeLimit(500));
    assert.deepEqual(ended, { begin: 5, finish: 5 });
  });

  it("lets a hundred runs listen without a warning", async () => {
    const warnings: string[] = [];
    const note = ({ message }: Error) => void warnings.push(message);
    process.on("warning", note);
    const stopping = new AbortController();
    const { begin, finish } = runSignals({ deadline: steadyNow() + 60_000, signal: stopping.signal });
    const grace = stoppedFor(stopping.signal, 1000);
    for (const signal of [timeLimit(60_000), begin, finish, grace, stopSignal()]) {
      Array.from({ length: 100 }, () => signal.addEventListener("abort", () => undefined));
    }
    await setTimeout(20);
    process.off("warning", note);
    assert.deepEqual(warnings, []);
  });

  it("shares the signals of runs with one deadline, and begins nothing after the signal to stop", () => {
    const stopping = new AbortController();
    const options = { deadline: steadyNow() + 60_000, signal: stopping.signal };
    const signals = runSignals(options);
    assert.equal(runSignals({ ...options }), signals);
    stopping.abort();
    assert.deepEqual([signals.begin.aborted, signals.finish.aborted], [true, false]);
    assert.equal(runSignals({ ...options, deadline: options.deadline + 1 }).begin.aborted, true);
  });
});
