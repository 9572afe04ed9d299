import assert from "node:assert/strict";
import * as proxy from "@pulumi/policy/proxy";
import { declaredResource } from "../../provider/policy/declared-resource";

/** What the policy server wraps resources in; its types leave it out. */
const { unknownCheckingProxy, unknownStringValue } = proxy as unknown as {
  unknownCheckingProxy(props: object): Record<string, unknown>;
  unknownStringValue: string;
};

const seen = (props: object, opts: object = {}) =>
  declaredResource({
    urn: "urn:pulumi:dev::shop::t::n",
    type: "t",
    name: "n",
    props: unknownCheckingProxy(props),
    opts: { protect: true, ...opts },
  });

describe("declared resource", () => {
  it("leaves out what is not known yet, at any depth, and says where it was", () => {
    const { values, unknown } = seen({
      known: "a",
      unknown: unknownStringValue,
      vm: { count: 3, subnetId: unknownStringValue },
      list: ["a", unknownStringValue, { b: unknownStringValue, c: null }],
    });
    assert.deepEqual(values, { known: "a", vm: { count: 3 }, list: ["a", undefined, { c: null }] });
    assert.deepEqual([...unknown], ["unknown", "vm.subnetId", "list[1]", "list[2].b"]);
  });

  it("has a parent or none, and its protection", () => {
    assert.equal(seen({}, { parent: "" }).parent, undefined);
    assert.equal(seen({}, { parent: "urn:p" }).parent, "urn:p");
    assert.equal(seen({}).protect, true);
  });

  it("does not hide other errors", () => {
    const props = {
      get broken(): string {
        throw new RangeError("broken");
      },
    };
    assert.throws(() => seen(props), { name: "RangeError", message: "broken" });
  });
});
