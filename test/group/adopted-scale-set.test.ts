import assert from "node:assert/strict";
import { KmsError } from "../../provider/errors/kms-error";
import { learnInstances } from "../../provider/group/adopted-scale-set";
import type { KMSClientGroupValues } from "../../provider/rules/args.generated";
import type { GroupFacts } from "../../provider/rules/facts";
import { diagnosticsOf, host } from "../rules/program";

const scaleSetId =
  "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/web";

const groupOf = (
  machines: KMSClientGroupValues["machines"],
  args: KMSClientGroupValues = {},
): GroupFacts => ({
  name: "web",
  args: { hosts: ["kms"], os: "Windows Server 2022", edition: "Datacenter", machines, ...args },
  unknown: new Set(),
});

const reported = (group: GroupFacts) =>
  diagnosticsOf([host()], [group])
    .filter(({ code }) => ["KMS2211", "KMS2260"].includes(code))
    .map(({ message }) => message);

describe("a scale set that exists beside the program", () => {
  it("has as many members as Azure keeps instances", async () => {
    const group = groupOf({ scaleSetId });
    const asked: string[] = [];
    await learnInstances(group, async (id) => {
      asked.push(id);
      return 3;
    });
    assert.deepEqual(asked, [scaleSetId]);
    const [said] = reported(group);
    assert.match(
      said,
      /machines\.scaleSetId: the KMSHost kms can expect to count 3 machines, but the threshold is 5/,
    );
    await learnInstances(group, async () => 5);
    assert.deepEqual(reported(group), []);
  });

  it("says why its number is not known", async () => {
    const group = groupOf({ scaleSetId });
    await learnInstances(group, async () => {
      throw new KmsError("KMS3009", { values: { reason: "nobody is signed in" } });
    });
    assert.match(
      reported(group)[0],
      /^KMS2260 machines\.scaleSetId: the number of members could not be read \(KMS3009\)/,
    );
    await learnInstances(groupOf({ scaleSetId }), async () => undefined);
    assert.match(reported(groupOf({ scaleSetId }))[0], /the number of members is not known/);
  });

  it("is not asked for where its number decides nothing, or an autoscaler sets it", async () => {
    for (const group of [
      groupOf({ scaleSetId, autoscaled: true }),
      groupOf({ scaleSetId }, { azureKms: true, hosts: undefined }),
      groupOf({ azureVmIds: [scaleSetId] }),
      { ...groupOf({ scaleSetId }), unknown: new Set(["machines.autoscaled"]) },
    ]) {
      await learnInstances(group, () => Promise.reject(new Error("asked")));
      assert.equal(group.unreadInstances, undefined);
    }
  });
});
