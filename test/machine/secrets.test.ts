import assert from "node:assert/strict";
import fc from "fast-check";
import { maskSecrets } from "../../provider/machine/secrets";
import { labKey } from "./plans";

describe("machine/secrets", () => {
  it("leaves the last five characters of anything that looks like a product key", () => {
    assert.equal(maskSecrets(`key ${labKey}.`, []), "key *****-LAB22.");
    assert.equal(maskSecrets(labKey.toLowerCase(), [labKey]), "*****-lab22");
  });

  it("leaves GUIDs and other text alone", () => {
    const text = "5f0c1d1e-0d5b-4f1e-9d43-5a7a3f1f0c55 of 55041-00168-305-246209";
    assert.equal(maskSecrets(text, [labKey]), text);
  });

  it("masks a key without its hyphens, and parts of a key that was cut", () => {
    assert.equal(maskSecrets(`<${labKey.replaceAll("-", "")}>`, [labKey]), "<*****>");
    assert.equal(maskSecrets("…MSNN-22222-NNNNN-LAB22", [labKey]), "…MSNN-*****-*****-LAB22");
  });

  it("masks other secrets, and takes no character of theirs for a pattern", () => {
    assert.equal(maskSecrets("id a.c+(d)[e] and abc", ["a.c+(d)[e]"]), "id ***** and abc");
  });

  it("never lets a secret through", () => {
    const secret = fc.stringMatching(/^[A-Z0-9]{5}(-[A-Z0-9]{5}){4}$/);
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (key, before, after) => {
        assert.ok(
          !maskSecrets(before + key + after, [key])
            .toUpperCase()
            .includes(key),
        );
      }),
    );
  });
});
