import assert from "node:assert/strict";
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { makePolicyPack } from "./policy-pack";

const repository = path.resolve(__dirname, "../..");
const exampleFolder = path.join(repository, "examples/team");

describe("the policy pack of a run", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "policy-pack-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is the package's own, with the example's configuration and a program that runs it", async () => {
    const example = { config: "policy-config.json" };
    const pack = await makePolicyPack({ folder, exampleFolder, repository, example });
    const project = path.join(folder, "policy");
    const config = path.join(exampleFolder, "policy-config.json");
    assert.deepEqual(pack.flags, ["--policy-pack", project, "--policy-pack-config", config]);
    const { main, version } = JSON.parse(readFileSync(path.join(project, "package.json"), "utf8")) as {
      main: string;
      version: string;
    };
    assert.equal(main, path.join(repository, "provider/policy/bin/index.js"));
    assert.match(version, /^\d+\.\d+\.\d+/);
    if (process.platform !== "win32") {
      accessSync(path.join(pack.bin, "pulumi-analyzer-policy-kms-lab-nodejs"), constants.X_OK);
    }
  });

  it("has its own levels without a configuration", async () => {
    const { flags } = await makePolicyPack({ folder, exampleFolder, repository, example: {} });
    assert.deepEqual(flags, ["--policy-pack", path.join(folder, "policy")]);
  });

  it("fails when the configuration does not exist", async () => {
    await assert.rejects(
      makePolicyPack({ folder, exampleFolder, repository, example: { config: "other.json" } }),
      { code: "KMS7084", message: /policyPack\.config: examples\/team\/other\.json does not exist/ },
    );
  });
});
