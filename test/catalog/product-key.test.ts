import assert from "node:assert/strict";
import fc from "fast-check";
import {
  isProductKey,
  keyEnding,
  keyFingerprint,
  normalizeProductKey,
} from "../../provider/catalog/product-key";

const key = "LABNN-NKEY0-00000-00000-ABCDN";

describe("product keys", () => {
  it("are compared in upper case without spaces around them", () => {
    assert.equal(normalizeProductKey(` ${key.toLowerCase()}\n`), key);
  });

  it("have five groups of five letters or digits", () => {
    assert.equal(isProductKey(key), true);
    assert.equal(isProductKey(key.toLowerCase()), true);
    for (const wrong of [
      "",
      key.slice(1),
      `${key}-ABCDE`,
      key.replace(/-/g, ""),
      key.replace("LAB", "LÄB"),
    ]) {
      assert.equal(isProductKey(wrong), false, `${wrong.length} characters`);
    }
  });

  it("are shown by their last five characters", () => {
    assert.equal(keyEnding(key), "ABCDN");
  });

  it("have a fingerprint that is the same for every spelling and tells nothing of the key", () => {
    assert.equal(keyFingerprint(key), keyFingerprint(` ${key.toLowerCase()} `));
    assert.match(keyFingerprint(key), /^[0-9a-f]{32}$/);
    assert.notEqual(keyFingerprint(key), keyFingerprint(key.replace("L", "M")));
  });

  it("any text whatever is accepted or refused, never an exception", () => {
    fc.assert(fc.property(fc.string(), (text) => typeof isProductKey(text) === "boolean"));
  });
});
