import assert from "node:assert/strict";
import { brief, labKey, messageOf, ofHost } from "./program";

describe("product key of a KMS host", () => {
  it("must have the form of one, and is not repeated", () => {
    const diagnostics = ofHost({ productKey: labKey.slice(0, -1) });
    assert.deepEqual(brief(diagnostics), ["kms error KMS1101 productKey"]);
    assert.match(messageOf(diagnostics, "KMS1101"), /a text of 28 characters is not a product key/);
    assert.deepEqual(ofHost({ productKey: labKey }), []);
  });

  it("must not be a client setup key, which the catalogue knows", () => {
    const setupKey = "WX4NM-KYWYW-QJJR4-XV3QB-6VM33";
    const diagnostics = ofHost({ productKey: setupKey });
    assert.deepEqual(brief(diagnostics), ["kms error KMS2008 productKey"]);
    const message = messageOf(diagnostics, "KMS2008");
    assert.match(message, /ends with 6VM33 is the KMS client setup key of Windows Server 2022 Datacenter/);
    assert.ok(!message.includes(setupKey));
  });
});
