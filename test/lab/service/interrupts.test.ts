import assert from "node:assert/strict";
import { listenForInterrupts } from "../../../provider/lab/service/interrupts";

describe("listenForInterrupts", () => {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const before = signals.map((signal) => process.listeners(signal));
  const added = () => process.listenerCount("SIGINT") - before[0].length;

  afterEach(() => {
    for (const [index, signal] of signals.entries()) {
      const ours = process.listeners(signal).filter((listener) => !before[index].includes(listener));
      ours.forEach((listener) => process.off(signal, listener));
    }
  });

  it("cancels at the first signal, and takes an echo of it for the same", () => {
    let told = 0;
    const { cancel, kill } = listenForInterrupts(() => told++);
    process.emit("SIGINT");
    process.emit("SIGINT");
    assert.deepEqual([told, cancel.aborted, kill.aborted], [1, true, false]);
  });

  it("stops listening after a run that was not interrupted", () => {
    listenForInterrupts(() => undefined).dispose();
    assert.equal(added(), 0);
  });

  it("goes on listening after one that was", () => {
    const { dispose } = listenForInterrupts(() => undefined);
    process.emit("SIGTERM");
    dispose();
    assert.equal(added(), 1);
  });
});
