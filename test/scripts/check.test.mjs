import assert from "node:assert/strict";
import { resolvedAddresses } from "../../scripts/check.mjs";

describe("lock file", () => {
  it("may have links to folders of the repository", () => {
    const packages = {
      "": {},
      "node_modules/a": {},
      "node_modules/b": { resolved: "examples/b", link: true },
    };
    assert.deepEqual(resolvedAddresses({ packages }), []);
  });

  it("fails when a package has the address it was fetched from", () => {
    const packages = {
      "node_modules/a": { resolved: "https://registry.invalid/a.tgz" },
      "node_modules/b": { resolved: "git+ssh://host.invalid/b.git" },
    };
    assert.deepEqual(resolvedAddresses({ packages }), [
      "https://registry.invalid/a.tgz",
      "git+ssh://host.invalid/b.git",
    ]);
  });
});
