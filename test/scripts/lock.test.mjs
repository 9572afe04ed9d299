import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { withLock } from "../../scripts/shared/lock.mjs";

describe("lock", () => {
  let folder;
  let file;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "lock-"));
    file = path.join(folder, "a.lock");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is held with the process id while the work runs, and gone after it", async () => {
    const held = await withLock(file, "testing", async () => readFileSync(file, "utf8"));
    assert.equal(held, String(process.pid));
    assert.equal(existsSync(file), false);
  });

  it("is gone after work that failed", async () => {
    await assert.rejects(
      withLock(file, "testing", async () => {
        throw new Error("no");
      }),
      /^Error: no$/,
    );
    assert.equal(existsSync(file), false);
  });

  it("is taken over from a process that has ended", async () => {
    writeFileSync(file, "2147483646");
    assert.equal(await withLock(file, "testing", async () => "done"), "done");
  });

  it("lets one at a time work", async () => {
    let working = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++working);
      await new Promise((resolve) => setImmediate(resolve));
      working--;
    };
    await Promise.all([1, 2, 3].map(() => withLock(file, "testing", work)));
    assert.equal(most, 1);
  });
});
