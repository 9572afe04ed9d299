import assert from "node:assert/strict";
import { sameDependencies } from "../../scripts/install.mjs";

const lock = (packages) => ({ packages: { "": { name: "root" }, "examples/a": {}, ...packages } });

describe("installed dependencies", () => {
  const wanted = lock({ "node_modules/a": { version: "1.0.0", integrity: "sha512-a" } });

  it("are the same when each package has the version and integrity of the lock file", () => {
    assert.equal(sameDependencies(wanted, { packages: wanted.packages }), true);
  });

  it("are not when one is missing, of another version, or another file of that version", () => {
    const installed = (packages) => sameDependencies(wanted, { packages });
    assert.equal(installed({}), false);
    assert.equal(installed({ "node_modules/a": { version: "1.0.1", integrity: "sha512-a" } }), false);
    assert.equal(installed({ "node_modules/a": { version: "1.0.0", integrity: "sha512-b" } }), false);
  });

  it("may lack an optional package, of another platform", () => {
    const optional = lock({ "node_modules/b": { version: "1.0.0", optional: true } });
    assert.equal(sameDependencies(optional, { packages: {} }), true);
  });
});
