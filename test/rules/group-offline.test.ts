import assert from "node:assert/strict";
import { brief, messageOf, ofGroup } from "./program";

describe("members that are off", () => {
  it("R121: drop out of the count after 30 days", () => {
    assert.deepEqual(ofGroup({ offlineDays: 30 }), []);
    const diagnostics = ofGroup({ offlineDays: 31 });
    assert.deepEqual(brief(diagnostics), [
      "web warning KMS2211 vms.count",
      "web warning KMS2231 offlineDays",
    ]);
    assert.match(messageOf(diagnostics, "KMS2211"), /expect to count 0 machines/);
    assert.match(messageOf(diagnostics, "KMS2231"), /off for 31 days are not counted: .* after 30 days/);
  });

  it("R124: lose their activation after 180 days", () => {
    assert.ok(brief(ofGroup({ offlineDays: 179 })).includes("web warning KMS2231 offlineDays"));
    const diagnostics = ofGroup({ offlineDays: 180 });
    assert.ok(brief(diagnostics).includes("web warning KMS2230 offlineDays"));
    assert.match(
      messageOf(diagnostics, "KMS2230"),
      /cut off for 180 days .* lasts 180 days .* MAK or Active Directory/,
    );
    assert.equal(messageOf(diagnostics, "KMS2231"), "");
  });
});
