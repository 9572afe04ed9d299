import assert from "node:assert/strict";
import { brief, messageOf, ofGroup } from "./program";

describe("R120: machines of an image that was not generalized", () => {
  it("R120: count as one", () => {
    const diagnostics = ofGroup({ count: 30, image: { generalized: false } });
    assert.deepEqual(brief(diagnostics), [
      "web warning KMS2211 vms.count",
      "web warning KMS2216 image.generalized",
    ]);
    assert.match(
      messageOf(diagnostics, "KMS2211"),
      /expect to count 1 machines, threshold 5: 4 machines short/,
    );
    assert.match(
      messageOf(diagnostics, "KMS2216"),
      /no sysprep \/generalize, .*expected count 1, threshold 5/,
    );
  });

  it("R120: count as one when its answer file sets SkipRearm", () => {
    const image = { generalized: true, skipRearm: true };
    const diagnostics = ofGroup({ os: "Windows 10", edition: "Enterprise", count: 30, image });
    assert.match(
      messageOf(diagnostics, "KMS2216"),
      /SkipRearm=1 in its answer file, .*expected count 1, threshold 25/,
    );
  });

  it("are not suspected of a generalized image, nor of one machine", () => {
    assert.deepEqual(ofGroup({ image: { generalized: true, skipRearm: false } }), []);
    assert.equal(messageOf(ofGroup({ count: 1, image: { generalized: false } }), "KMS2216"), "");
  });
});
