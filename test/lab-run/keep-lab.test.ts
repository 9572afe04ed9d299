import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { keepLab } from "./keep-lab";

describe("keepLab", () => {
  let folder: string;
  before(function () {
    if (process.platform === "win32") {
      this.skip();
    }
  });
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "keep lab-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("writes a file that only its owner reads, and shows the commands without its secrets", async () => {
    const environment = { PULUMI_CONFIG_PASSPHRASE: "passphrase" };
    const kept = await keepLab(folder, [4711, 4712], environment, ["--stack", "lab", "--cwd", "/a b"]);
    assert.equal(
      readFileSync(kept.environmentFile, "utf8"),
      "export PULUMI_CONFIG_PASSPHRASE='passphrase'\n",
    );
    assert.equal(statSync(kept.environmentFile).mode & 0o777, 0o600);
    assert.deepEqual(
      kept.commands.map(({ command }) => command),
      [
        `. '${folder}/environment.sh'`,
        "pulumi up --stack lab --cwd '/a b'",
        "pulumi refresh --stack lab --cwd '/a b'",
        "pulumi destroy --stack lab --cwd '/a b'",
        `kill 4711 4712; rm -r '${folder}'`,
      ],
    );
  });
});
