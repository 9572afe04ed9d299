import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

const repository = path.resolve(__dirname, "../..");
const json = (file: string) => JSON.parse(readFileSync(path.join(repository, file), "utf8"));

describe("folder of the policy pack", () => {
  it("has the version of the package, and is part of it", () => {
    const { version, files } = json("package.json");
    assert.equal(json("policy/package.json").version, version);
    assert.ok(files.includes("policy"));
  });

  it("leads to the compiled pack", () => {
    const main = path.join("policy", json("policy/package.json").main);
    assert.equal(main, path.join("bin", "provider", "policy", "index.js"));
  });
});
