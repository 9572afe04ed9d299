import assert from "node:assert/strict";
import { mergePatch, replaceAt, valuesAt } from "../../../provider/lab/arm/json";

const body = { properties: { list: [{ id: "a", n: 1 }, { n: 2 }, { id: "b" }], text: "t" } };

describe("lab/arm JSON paths", () => {
  it("finds values, also in lists", () => {
    assert.deepEqual(valuesAt(body, "properties.list[].id"), ["a", "b"]);
    assert.deepEqual(valuesAt(body, "properties.text"), ["t"]);
    assert.deepEqual(valuesAt(body, "properties.none.id"), []);
    assert.deepEqual(valuesAt(body, "properties.text[].id"), []);
  });

  it("replaces and removes without touching the original", () => {
    const copy = structuredClone(body);
    assert.deepEqual(replaceAt(body, "properties.list[].id", () => "x").properties, {
      text: "t",
      list: [{ id: "x", n: 1 }, { n: 2 }, { id: "x" }],
    });
    assert.deepEqual(replaceAt(body, "properties.list", () => undefined).properties, { text: "t" });
    assert.deepEqual(
      replaceAt(body, "other.list", () => undefined),
      body,
    );
    assert.deepEqual(body, copy);
  });

  it("merges as RFC 7396 says", () => {
    assert.deepEqual(mergePatch({ a: { b: 1, c: 2 }, d: [1] }, { a: { b: null, e: 3 }, d: [2] }), {
      a: { c: 2, e: 3 },
      d: [2],
    });
  });
});
