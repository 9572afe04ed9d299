import assert from "node:assert/strict";
import { validate } from "../../provider/component/validate";
import { syntheticProgram } from "./shared/synthetic-program";

const size = { hosts: 20, groups: 20, membersPerGroup: 10 };

describe("program of the benchmarks", () => {
  for (const form of ["spread", "shared"] as const) {
    const program = syntheticProgram({ ...size, form });

    it(`has no errors in the form ${form}, so that every rule runs to its end`, () => {
      assert.deepEqual(
        validate(program).filter(({ severity }) => severity === "error"),
        [],
      );
    });

    it(`has the given number of resources and members in the form ${form}, each machine once`, () => {
      const groups = Object.values(program.groups);
      assert.equal(Object.keys(program.hosts).length, 20);
      assert.equal(new Set(groups.flatMap(({ machines }) => machines?.azureVmIds ?? [])).size, 200);
    });
  }

  it("has a key for each host and a host for each group in the form spread", () => {
    const { hosts, groups } = syntheticProgram({ ...size, form: "spread" });
    assert.equal(new Set(Object.values(hosts).map(({ key }) => key?.productKey)).size, 20);
    assert.equal(new Set(Object.values(groups).map(({ hosts: [host] = [] }) => host)).size, 20);
  });

  it("has one key, and one host for all groups, in the form shared", () => {
    const { hosts, groups } = syntheticProgram({ ...size, form: "shared" });
    assert.equal(new Set(Object.values(hosts).map(({ key }) => key?.productKey)).size, 1);
    assert.deepEqual([...new Set(Object.values(groups).map(({ hosts: [host] = [] }) => host))], ["host-0"]);
  });
});
