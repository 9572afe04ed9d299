import assert from "node:assert/strict";
import { kmsClientGroupTree } from "../../provider/component/argument-tree.generated";
import { checkArguments } from "../../provider/component/checked-arguments";
import { kmsClientGroupArgs } from "../../provider/component/validators.generated";

/** Codes and paths of what is wrong with these arguments. */
async function wrong(args: object): Promise<string[]> {
  const whole = { azureKms: true, machines: { azureVmIds: [vmId] }, ...args };
  const { diagnostics } = await checkArguments(whole, kmsClientGroupTree, kmsClientGroupArgs);
  return diagnostics.map(({ code, path }) => `${code} ${path}`);
}

const vmId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/web";

describe("arguments of a rollout", () => {
  const ranges: [string, number, number][] = [
    ["canary", 0, 1000],
    ["maxConcurrent", 1, 500],
    ["maxFailures", 0, 10_000],
    ["maxFailuresPercent", 0, 100],
    ["pauseSecondsAfterCanary", 0, 86_400],
  ];
  const isWhole = async (
    name: string,
    lowest: number,
    highest: number,
    around: (value: unknown) => object,
  ) => {
    const given = (value: unknown) => wrong(around(value));
    assert.deepEqual([await given(lowest), await given(highest)], [[], []]);
    for (const value of [lowest - 1, highest + 1, lowest + 0.5, String(lowest)]) {
      assert.deepEqual(await given(value), [`KMS1003 ${name}`], JSON.stringify(value));
    }
  };
  for (const [name, lowest, highest] of ranges) {
    it(`${name} is a whole number from ${lowest} to ${highest}`, () =>
      isWhole(`rollout.${name}`, lowest, highest, (value) => ({ rollout: { [name]: value } })));
  }

  it("have the time for all members beside them, a whole number from 5 to 1440", () =>
    isWhole("timeoutMinutes", 5, 1440, (timeoutMinutes) => ({ timeoutMinutes })));

  it("unreachable is warn or fail", async () => {
    for (const unreachable of ["warn", "fail"]) {
      assert.deepEqual(await wrong({ rollout: { unreachable } }), []);
    }
    assert.deepEqual(await wrong({ rollout: { unreachable: "ignore" } }), ["KMS1003 rollout.unreachable"]);
  });

  it("have no others", async () => {
    assert.deepEqual(await wrong({ rollout: { canaries: 1 } }), ["KMS1001 rollout.canaries"]);
    assert.deepEqual(await wrong({ rollout: { batchSize: 5 } }), ["KMS1001 rollout.batchSize"]);
  });

  it("are beside what happens to removed members", async () => {
    for (const onRemove of ["leave", "clearKmsHost"]) {
      assert.deepEqual(await wrong({ onRemove }), []);
    }
    assert.deepEqual(await wrong({ onRemove: "clear" }), ["KMS1003 onRemove"]);
  });
});
