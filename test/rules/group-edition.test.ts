import assert from "node:assert/strict";
import { operatingSystems } from "../../provider/catalog/operating-systems";
import { findSetupKey } from "../../provider/catalog/setup-keys";
import { brief, messageOf, ofGroup } from "./program";

describe("edition of a client group", () => {
  it("must be one of the operating system's", () => {
    const diagnostics = ofGroup({ edition: "Essentials" });
    assert.deepEqual(brief(diagnostics), ["web error KMS2005 edition"]);
    assert.match(messageOf(diagnostics, "KMS2005"), /Windows Server 2022 has no edition "Essentials"/);
  });

  it("R148: has exactly one setup key, or is an error", () => {
    for (const { name, editions, documentedElsewhere } of operatingSystems()) {
      for (const edition of documentedElsewhere === undefined ? editions : []) {
        const key = findSetupKey(name, edition.name)?.key;
        const [error] = ofGroup({ os: name, edition: edition.name }).filter(({ code }) => code === "KMS2009");
        assert.notEqual(key === undefined, error === undefined, `${name} ${edition.name}`);
      }
    }
  });

  it("R148, A-18: a channel has a setup key only by its release", () => {
    const channel = ofGroup({ os: "Windows Server Semi-Annual Channel" });
    assert.deepEqual(brief(channel), ["web error KMS2009 edition"]);
    assert.deepEqual(ofGroup({ os: "Windows Server, version 1809" }), []);
  });
});
