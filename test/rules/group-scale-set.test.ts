import assert from "node:assert/strict";
import { expectedCount } from "../../provider/rules/counts";
import { programIndex } from "../../provider/rules/program-index";
import { brief, group, host, messageOf, ofGroup, diagnosticsOf, withCode } from "./program";

const two = [host({ name: "kms1" }), host({ name: "kms2" })];
const onTwo = (changes: object) => diagnosticsOf(two, [group({ hosts: ["kms1", "kms2"], ...changes })]);
const setId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/web";

describe("scale set of a group", () => {
  it("is judged by its capacity, which is the argument to change", () => {
    const created = { scaleSet: { created: true, uniform: false } };
    assert.deepEqual(ofGroup({ ...created, count: 5 }), []);
    assert.deepEqual(brief(ofGroup({ ...created, count: 4 })), ["web warning KMS2211 scaleSet.capacity"]);
  });

  it("KMS2260: tells that the count is not judged where the number of instances is not known", () => {
    const autoscaled = ofGroup({
      scaleSet: { created: true, uniform: true },
      autoscaled: true,
      count: undefined,
    });
    assert.deepEqual(brief(autoscaled), ["web info KMS2260 autoscaled"]);
    assert.match(
      messageOf(autoscaled, "KMS2260"),
      /^KMS2260 autoscaled: an autoscaler sets the number of members, so whether .* counts the 5 machines/,
    );
    const adopted = ofGroup({ scaleSet: { id: setId }, count: undefined });
    assert.deepEqual(brief(adopted), ["web info KMS2260 scaleSetId"]);
    const unknown = ofGroup({ scaleSet: { created: true }, count: undefined });
    assert.deepEqual(brief(unknown), ["web info KMS2260 scaleSet.capacity"]);
  });

  it("KMS2261: warns that instances which Azure configures cannot be pinned to hosts of their own", () => {
    const uniform = { scaleSet: { created: true, uniform: true }, count: 100 };
    const pinned = onTwo({ ...uniform, discovery: "host" });
    assert.deepEqual(brief(withCode(pinned, "KMS2261")), ["web warning KMS2261 discovery"]);
    assert.match(messageOf(pinned, "KMS2261"), /all told the same KMS host, kms1, and not the other kms2\./);
    assert.deepEqual(withCode(onTwo({ ...uniform, discovery: "dns" }), "KMS2261"), []);
    assert.deepEqual(withCode(ofGroup({ ...uniform, discovery: "host" }), "KMS2261"), []);
    const flexible = { scaleSet: { created: true, uniform: false }, count: 100, discovery: "host" };
    assert.deepEqual(withCode(onTwo(flexible), "KMS2261"), []);
    assert.equal(withCode(onTwo({ ...flexible, autoscaled: true }), "KMS2261").length, 1);
  });

  it("counts all instances of a Uniform set on the one host that they are told", () => {
    const uniform = { scaleSet: { created: true, uniform: true }, count: 12, discovery: "host" as const };
    const groups = [group({ hosts: ["kms1", "kms2"], ...uniform })];
    const index = programIndex({ hosts: two, groups });
    assert.deepEqual(
      ["kms1", "kms2"].map((name) => expectedCount(name, index).machines),
      [12, 0],
    );
  });

  it("KMS2262: warns of rollout settings that Uniform sets have no use for", () => {
    const settings = (uniform: boolean) =>
      withCode(ofGroup({ scaleSet: { created: true, uniform, rollout: true } }), "KMS2262");
    assert.deepEqual(brief(settings(true)), ["web warning KMS2262 rollout"]);
    assert.deepEqual(settings(false), []);
  });

  it("KMS2263: refuses autoscaled for other machines", () => {
    assert.deepEqual(brief(ofGroup({ autoscaled: true })), ["web error KMS2263 autoscaled"]);
    assert.deepEqual(ofGroup({ autoscaled: false }), []);
  });

  it("KMS2264: warns that a Flexible set does not reach Azure's KMS without an outbound method", () => {
    const azureKms = { azureKms: true, hosts: [], scaleSet: { created: true, uniform: false } };
    const said = (changes: object) =>
      brief(withCode(diagnosticsOf([], [group({ ...azureKms, ...changes })]), "KMS2264"));
    assert.deepEqual(said({}), ["web warning KMS2264 network.outbound"]);
    assert.deepEqual(said({ network: { outbound: "natGateway" } }), []);
    assert.deepEqual(said({ scaleSet: { created: true, uniform: true } }), []);
  });

  it("belongs to one group", () => {
    const sets = ["a", "b"].map((name) => group({ name, scaleSet: { id: setId }, count: 10 }));
    assert.deepEqual(brief(diagnosticsOf([host()], sets)), ["b error KMS2217 scaleSetId"]);
  });
});
