import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

const repository = path.resolve(__dirname, "../..");
const folder = path.join(repository, "provider/policy");
const read = (file: string) => readFileSync(path.join(repository, file), "utf8");
const manifest = JSON.parse(read("provider/policy/package.json"));
const product = JSON.parse(read("package.json"));

describe("package of the policy pack", function () {
  this.timeout(60_000);

  it("has the version of pulumi-windows-kms and works with no other", () => {
    assert.equal(manifest.version, product.version);
    assert.deepEqual(manifest.peerDependencies, { [product.name]: product.version });
  });

  it("does not bring pulumi-windows-kms along, and with it azure-native", () => {
    assert.deepEqual(manifest.peerDependenciesMeta, { [product.name]: { optional: true } });
    assert.deepEqual(
      Object.keys(manifest.dependencies).filter((name) => name.startsWith("@pulumi/azure")),
      [],
    );
  });

  it("takes the same releases of what both packages use", () => {
    for (const name of Object.keys(manifest.dependencies).filter((one) => one in product.dependencies)) {
      assert.equal(manifest.dependencies[name], product.dependencies[name], name);
    }
  });

  it("packs the same when a pack that is installed is published: npm has nothing to run for it", () => {
    assert.deepEqual(Object.keys(manifest.scripts), ["build"]);
    assert.ok(manifest.files.includes(manifest.main.split("/")[0]));
    assert.match(read("provider/policy/PulumiPolicy.yaml"), /name: nodejs/);
  });

  it("is one file, which loads nothing but its dependencies and Node.js", () => {
    const out = mkdtempSync(path.join(tmpdir(), "policy-package-"));
    try {
      const bundle = path.join(out, "index.js");
      const build = manifest.scripts.build.replace(manifest.main, bundle);
      assert.notEqual(build, manifest.scripts.build);
      const bin = path.join(repository, "node_modules/.bin");
      const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
      execFileSync(build, { cwd: folder, env, shell: true, stdio: "pipe" });
      const text = readFileSync(bundle, "utf8");
      const modules = [...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
      assert.ok(modules.includes("@pulumi/policy"));
      const allowed = [...Object.keys(manifest.dependencies), ...builtinModules];
      const others = modules.filter((name) => !allowed.includes(name.replace(/^node:/, "")));
      assert.deepEqual(others, []);
      const used = Object.keys(manifest.dependencies).filter((name) => modules.includes(name));
      assert.deepEqual(used, Object.keys(manifest.dependencies));
    } finally {
      rmSync(out, { recursive: true });
    }
  });
});
