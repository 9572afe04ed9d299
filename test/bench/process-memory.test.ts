import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { watchMemory } from "./shared/process-memory";

const skipped = process.platform === "linux" ? "" : " (skipped: only Linux reports it)";

(skipped === "" ? describe : describe.skip)(`the memory of processes${skipped}`, function () {
  this.timeout(20_000);
  const megabytes = 150;

  /** The peak memory of a process that starts another, which holds some megabytes for a second. */
  async function mostMemory(commandLine?: RegExp): Promise<number> {
    const holds = `globalThis.held = Buffer.alloc(${megabytes} * 2 ** 20, 1); setTimeout(() => undefined, 1000)`;
    const starts = `require("node:child_process").spawnSync(process.execPath, ["-e", ${JSON.stringify(holds)}])`;
    const child = spawn(process.execPath, ["-e", starts], { env: { PATH: process.env.PATH } });
    const memory = watchMemory(child.pid!, commandLine);
    await once(child, "exit");
    return memory.stop()!;
  }

  it("includes the process and all processes that it started", async () => {
    const most = await mostMemory();
    assert.ok(most > megabytes && most < megabytes + 200, `${most} MB`);
  });

  it("includes only processes whose command line matches, where a pattern is given", async () => {
    assert.equal(await mostMemory(/another program/), 0);
    assert.ok((await mostMemory(/-e globalThis/)) > megabytes);
  });
});
