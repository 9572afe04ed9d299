import assert from "node:assert/strict";
import { brief, labKey, messageOf, ofGroup } from "./program";

const datacenter = "WX4NM-KYWYW-QJJR4-XV3QB-6VM33";
const standard = "VDYBN-27WPP-V4HQT-9VMD4-VMK7H";

describe("product key of a client group", () => {
  it("R148: may be the setup key of its edition, however it is spelt", () => {
    assert.deepEqual(ofGroup({ productKey: datacenter }), []);
    assert.deepEqual(ofGroup({ productKey: ` ${datacenter.toLowerCase()}` }), []);
  });

  it("R148: must not be the setup key of another edition", () => {
    const diagnostics = ofGroup({ productKey: standard });
    assert.deepEqual(brief(diagnostics), ["web error KMS2012 productKey"]);
    assert.match(
      messageOf(diagnostics, "KMS2012"),
      /setup key of Windows Server 2022 Standard, but the group declares Windows Server 2022 Datacenter\. Leave productKey out, or give WX4NM-/,
    );
  });

  it("R021: must not be a key of another kind, such as an AVMA key", () => {
    const diagnostics = ofGroup({ productKey: labKey });
    assert.deepEqual(brief(diagnostics), ["web error KMS2011 productKey"]);
    const message = messageOf(diagnostics, "KMS2011");
    assert.match(
      message,
      /ends with N2W2K is no KMS client setup key of .*; AVMA, retail and MAK keys cannot be used/,
    );
    assert.ok(!message.includes(labKey));
  });

  it("must not be the host key of a KMS host of the program", () => {
    const diagnostics = ofGroup({ productKey: labKey.toLowerCase() }, { productKey: labKey });
    assert.deepEqual(brief(diagnostics), ["web error KMS2010 productKey"]);
    const message = messageOf(diagnostics, "KMS2010");
    assert.match(message, /ends with N2W2K is the product key of the KMSHost kms/);
    assert.ok(!message.toUpperCase().includes(labKey));
  });

  it("must have the form of one", () => {
    assert.deepEqual(brief(ofGroup({ productKey: "WX4NM" })), ["web error KMS1101 productKey"]);
  });
});
