import assert from "node:assert/strict";
import { brief, ofGroup } from "./program";

/** One warning (KMS2209) and one info (KMS2226). */
const changes = { count: 51, azure: true };

describe("how a resource wants its warnings treated", () => {
  it("as warnings, unless it says otherwise", () => {
    assert.deepEqual(brief(ofGroup(changes)), ["web warning KMS2209 hosts", "web info KMS2226 os"]);
  });

  it("strict makes them errors, and leaves information as it is", () => {
    const diagnostics = ofGroup({ ...changes, strict: true });
    assert.deepEqual(brief(diagnostics), ["web error KMS2209 hosts", "web info KMS2226 os"]);
    assert.match(diagnostics[0].message, /\(an error, since strict is set\)$/);
  });

  it("acknowledge shows those that are named as information, under strict as well", () => {
    for (const strict of [false, true]) {
      const diagnostics = ofGroup({ ...changes, strict, acknowledge: ["KMS2209"] });
      assert.deepEqual(brief(diagnostics), ["web info KMS2209 hosts", "web info KMS2226 os"]);
      assert.match(diagnostics[0].message, /\(acknowledged\)$/);
    }
  });

  it("acknowledge does not silence an error, nor another resource", () => {
    const refused = ofGroup({ os: "Windows 3.1", acknowledge: ["KMS2002"] });
    assert.deepEqual(brief(refused), ["web error KMS2002 os"]);
    const other = ofGroup({ count: 51 }, { acknowledge: ["KMS2209"] });
    assert.deepEqual(brief(other), ["web warning KMS2209 hosts"]);
  });

  it("acknowledge takes codes that exist only", () => {
    const diagnostics = ofGroup({ acknowledge: ["KMS2209", "KMS9999"] });
    assert.deepEqual(brief(diagnostics), ["web error KMS2301 acknowledge[1]"]);
    assert.match(diagnostics[0].message, /there is no code KMS9999/);
  });
});
