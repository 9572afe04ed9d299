import assert from "node:assert/strict";
import { brief, messageOf, ofHost } from "./program";

describe("evaluation copy as KMS host", () => {
  it("is refused", () => {
    const diagnostics = ofHost({ image: { evaluation: true } });
    assert.deepEqual(brief(diagnostics), ["kms error KMS2103 image"]);
    assert.match(
      messageOf(diagnostics, "KMS2103"),
      /evaluation installation of Windows Server 2022 cannot take/,
    );
  });

  it("is not suspected of an image that is none", () => {
    assert.deepEqual(ofHost({ image: { evaluation: false } }), []);
  });
});
