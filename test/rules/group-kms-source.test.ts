import assert from "node:assert/strict";
import { brief, messageOf, ofGroup } from "./program";

describe("what activates a client group", () => {
  it("R005: is a KMS host or Azure's own KMS; neither is an error", () => {
    assert.deepEqual(brief(ofGroup({ hosts: [] })), ["web error KMS2241 hosts"]);
    assert.deepEqual(brief(ofGroup({ hosts: [], azureKms: false })), ["web error KMS2241 hosts"]);
    assert.deepEqual(ofGroup({ hosts: [], azureKms: true }), []);
  });

  it("is not both", () => {
    const diagnostics = ofGroup({ azureKms: true });
    assert.deepEqual(brief(diagnostics), ["web error KMS2250 azureKms"]);
    assert.match(messageOf(diagnostics, "KMS2250"), /names KMS hosts \(kms\) and Azure's own KMS/);
  });
});
