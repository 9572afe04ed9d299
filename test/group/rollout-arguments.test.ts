import assert from "node:assert/strict";
import { argumentDiagnostics } from "../../provider/component/validate-args";
import { kmsClientGroupArgs } from "../../provider/validators.generated";

/** Codes and properties of what is wrong with these arguments. */
function wrong(args: object): string[] {
  const values = { hosts: [{}], os: "Windows Server 2022", edition: "Datacenter", ...args };
  return argumentDiagnostics(kmsClientGroupArgs, { values, unknownPaths: new Set() }).map(
    ({ code, property }) => `${code} ${property}`,
  );
}

describe("arguments of a rollout", () => {
  const ranges: [string, number, number][] = [
    ["canary", 0, 1000],
    ["batchSize", 1, 10_000],
    ["maxConcurrent", 1, 500],
    ["maxFailures", 0, 10_000],
    ["pauseSecondsBetweenBatches", 0, 86_400],
    ["deadlineMinutes", 5, 1440],
  ];
  for (const [name, lowest, highest] of ranges) {
    it(`${name} is a whole number from ${lowest} to ${highest}`, () => {
      const given = (value: unknown) => wrong({ rollout: { [name]: value } });
      assert.deepEqual([given(lowest), given(highest)], [[], []]);
      for (const value of [lowest - 1, highest + 1, lowest + 0.5, String(lowest)]) {
        assert.deepEqual(given(value), [`KMS1003 rollout.${name}`], JSON.stringify(value));
      }
    });
  }

  it("have no others", () => {
    assert.equal(wrong({ rollout: { canaries: 1 } }).length, 1);
  });

  it("are beside what becomes of removed members and what activated them before", () => {
    for (const onRemove of ["leave", "clearKmsHost"]) {
      assert.deepEqual(wrong({ onRemove }), []);
    }
    for (const convertFrom of ["kmsHost", "mak", "retail"]) {
      assert.deepEqual(wrong({ convertFrom }), []);
    }
    assert.deepEqual(wrong({ onRemove: "clear" }), ["KMS1003 onRemove"]);
    assert.deepEqual(wrong({ convertFrom: "oem" }), ["KMS1003 convertFrom"]);
  });
});
