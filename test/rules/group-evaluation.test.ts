import assert from "node:assert/strict";
import { brief, messageOf, ofGroup } from "./program";

const image = { evaluation: true };

describe("evaluation copies as clients", () => {
  it("R147: are an error that tells how an edition is converted", () => {
    const diagnostics = ofGroup({ image, convertFrom: "retail" });
    assert.deepEqual(brief(diagnostics), ["web error KMS2223 image.evaluation"]);
    assert.match(
      messageOf(diagnostics, "KMS2223"),
      /evaluation installation of Windows Server 2022 Datacenter cannot take a client setup key\. Convert the edition first: DISM/,
    );
  });

  it("R147: a retail copy that is none takes a setup key", () => {
    assert.deepEqual(ofGroup({ convertFrom: "retail" }), []);
  });

  it("cannot be converted as domain controllers", () => {
    const diagnostics = ofGroup({ image, domainController: true });
    assert.deepEqual(brief(diagnostics), [
      "web error KMS2223 image.evaluation",
      "web info KMS2224 domainController",
    ]);
    assert.deepEqual(ofGroup({ domainController: true }), []);
  });
});
