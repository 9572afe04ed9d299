import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isWatched } from "../../provider/engine/handler";

describe("whether somebody watches an operation", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "terminal-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is so where the process shares a terminal with the engine, and no pipeline runs it", function () {
    if (process.platform === "win32") {
      this.skip();
    }
    const terminal = path.join(folder, "tty");
    writeFileSync(terminal, "");
    assert.equal(isWatched({}, terminal), true);
    assert.equal(isWatched({ CI: "" }, terminal), true);
    assert.equal(isWatched({ CI: "true" }, terminal), false);
    assert.equal(isWatched({}, path.join(folder, "none")), false);
  });
});
