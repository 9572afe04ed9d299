import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { kmsClientGroupArgs, kmsHostArgs } from "../../provider/component/validators.generated";
import { generators } from "../../scripts/generate.mjs";
import { inRepository } from "../../scripts/shared/repository.mjs";

describe("generated files", function () {
  // Each generator is a process of its own.
  this.timeout(120_000);

  for (const script of generators) {
    it(`are what ${script} writes`, () => {
      const { status, stderr } = spawnSync(
        process.execPath,
        ["--require", "tsx/cjs", inRepository(script), "--check"],
        { encoding: "utf8" },
      );
      assert.equal(status, 0, stderr);
    });
  }
});

describe("generated validators", () => {
  const host = { machine: { fqdn: "kms.corp.example" }, readOnly: true };

  it("accept what the schema allows", () => {
    assert.equal(kmsHostArgs(host), true);
    assert.equal(kmsHostArgs.errors, null);
  });

  it("report every error at once, each with the schema it breaks", () => {
    assert.equal(kmsHostArgs({ ...host, port: 0, prot: 1688 }), false);
    const found = (kmsHostArgs.errors ?? []).map(({ keyword, instancePath }) =>
      `${keyword} ${instancePath}`.trim(),
    );
    assert.deepEqual(found.sort(), ["additionalProperties", "minimum /port"]);
    const port = kmsHostArgs.errors?.find(({ instancePath }) => instancePath === "/port");
    assert.equal(port?.parentSchema?.description, "a whole number from 1 to 65535");
  });

  it("follow references to nested interfaces", () => {
    assert.equal(kmsClientGroupArgs({ hosts: ["kms"], machines: { azureVmIds: ["vm1"] } }), false);
    assert.deepEqual(
      kmsClientGroupArgs.errors?.map(({ instancePath }) => instancePath),
      ["/machines/azureVmIds/0"],
    );
  });
});
