import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { missingServers } from "../../scripts/real-servers.mjs";

describe("real servers of the tests", () => {
  it("are missing when no folder of PATH has them as a program", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "servers-"));
    try {
      await writeFile(path.join(folder, "kms-test-runs"), "", { mode: 0o755 });
      await writeFile(path.join(folder, "kms-test-text"), "", { mode: 0o644 });
      await mkdir(path.join(folder, "empty"));
      const wanted = ["kms-test-runs", "kms-test-text", "kms-test-none"].map((command) => ({ command }));
      const PATH = [path.join(folder, "empty"), folder].join(path.delimiter);
      assert.deepEqual(
        (await missingServers(wanted, { PATH })).map(({ command }) => command),
        ["kms-test-text", "kms-test-none"],
      );
      assert.equal((await missingServers(wanted, {})).length, 3);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
