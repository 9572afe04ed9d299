import assert from "node:assert/strict";
import { syntheticProgram } from "./shared/synthetic-program";
import { validate } from "../../provider/rules/validate";

const size = { hosts: 20, groups: 20, membersPerGroup: 10 };

describe("program of the benchmarks", () => {
  for (const form of ["spread", "shared"] as const) {
    const program = syntheticProgram({ ...size, form });

    it(`${form}: has no errors, so that every rule runs to its end`, () => {
      assert.deepEqual(
        validate(program).filter(({ severity }) => severity === "error"),
        [],
      );
    });

    it(`${form}: has as many resources and members as asked for, each machine once`, () => {
      assert.equal(program.hosts.length, 20);
      assert.equal(new Set(program.groups.flatMap(({ azureVmIds = [] }) => azureVmIds)).size, 200);
    });
  }

  it("spread: has a key for each host and a host for each group", () => {
    const { hosts, groups } = syntheticProgram({ ...size, form: "spread" });
    assert.equal(new Set(hosts.map(({ productKey }) => productKey)).size, 20);
    assert.equal(new Set(groups.map(({ hosts: [host] }) => host)).size, 20);
  });

  it("shared: has one key, and one host for all groups", () => {
    const { hosts, groups } = syntheticProgram({ ...size, form: "shared" });
    assert.equal(new Set(hosts.map(({ productKey }) => productKey)).size, 1);
    assert.deepEqual([...new Set(groups.map(({ hosts: [host] }) => host))], ["host-0"]);
  });
});
