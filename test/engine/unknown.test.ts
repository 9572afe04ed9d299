import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { containsUnknown, knownMembers } from "../../provider/engine/inputs";

const unknown = pulumi.runtime.unknownValue;

describe("values that are not known at preview", () => {
  it("are found at any depth", () => {
    assert.equal(containsUnknown(unknown), true);
    assert.equal(containsUnknown({ a: [{ b: unknown }] }), true);
    for (const known of [undefined, null, 0, "", "text", [], {}, { a: [{ b: 1 }] }]) {
      assert.equal(containsUnknown(known), false);
    }
  });

  it("are left out, with the members that hold them", () => {
    assert.deepEqual(knownMembers({ name: "kms", azureVmId: unknown, zone: { name: unknown }, port: 1688 }), {
      name: "kms",
      port: 1688,
    });
  });
});
