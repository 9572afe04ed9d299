import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { isAllowed, lowestOf, newestOf, nodeVersions, notOnce, unreachable } from "../../scripts/versions";

describe("tested versions", () => {
  it("begin with the oldest Node.js that package.json allows", () => {
    const { engines } = JSON.parse(readFileSync(path.resolve(__dirname, "../../package.json"), "utf8"));
    assert.equal(engines.node, `>=${nodeVersions[0]}`);
  });

  it("are the lowest of a range that ends before the next major version", () => {
    assert.equal(lowestOf("^3.204.0"), "3.204.0");
    for (const range of ["3.204.0", ">=3.204.0", ">=3.204.0 <4", ""]) {
      assert.throws(() => lowestOf(range), TypeError, range);
    }
  });

  it("are the newest that the registry has in it, in whatever order", () => {
    assert.equal(newestOf('["3.204.0", "3.270.0", "3.99.1"]'), "3.270.0");
    assert.equal(newestOf('"3.28.0"'), "3.28.0");
  });

  it("are combined with the versions of Node.js that Pulumi's SDK allows", () => {
    assert.deepEqual(
      nodeVersions.filter((version) => isAllowed(">=20", version)),
      [20, 22, 24],
    );
    assert.deepEqual(
      nodeVersions.filter((version) => isAllowed(">= 22", version)),
      [22, 24],
    );
    assert.equal(isAllowed("^20 || ^22", 22), false);
  });
});

describe("installed copies of a package", () => {
  const names = ["@pulumi/pulumi", "@pulumi/azure-native"];
  const once = "/p\n/p/node_modules/@pulumi/pulumi\n/p/node_modules/@pulumi/azure-native\n";

  it("are one of each", () => assert.deepEqual(notOnce(once, names), []));

  it("fails for a second one, wherever it is, and for none", () => {
    const second = "/p/node_modules/@pulumi/policy/node_modules/@pulumi/pulumi\n";
    assert.deepEqual(notOnce(once + second, names), ["@pulumi/pulumi"]);
    assert.deepEqual(notOnce("/p\n/p/node_modules/@pulumi/pulumi\n", names), ["@pulumi/azure-native"]);
  });
});

describe("failure of npm", () => {
  it("is skipped where the registry cannot be reached, and counts otherwise", () => {
    assert.equal(unreachable("npm error code ENOTFOUND\nnpm error syscall getaddrinfo"), "ENOTFOUND");
    assert.equal(unreachable("npm ERR! code ECONNREFUSED"), "ECONNREFUSED");
    assert.equal(unreachable("npm error code ERESOLVE"), undefined);
    assert.equal(unreachable("npm error code ETARGET"), undefined);
  });
});
