import assert from "node:assert/strict";
import { brief, labKey, messageOf, ofHost } from "./program";

/** Invented: a real product key has at most one N. */
const officeKey = "NKMSN-YFFNC-R2N2P-NBXTN-N4N4K";
const otherKey = "NKMSN-YFFNC-R2N2P-NBXTN-N3N3K";

describe("Office host keys of a KMS host", () => {
  it("are one for each version, by its short or full name", () => {
    const officeKeys = [
      { office: "LTSC 2024", productKey: officeKey },
      { office: "Office LTSC 2021", productKey: otherKey },
    ];
    assert.deepEqual(ofHost({ productKey: labKey, officeKeys }), []);
    const twice = ofHost({
      officeKeys: [officeKeys[0], { office: "Office LTSC 2024", productKey: otherKey }],
    });
    assert.deepEqual(brief(twice), ["kms error KMS2110 officeKeys[1].office"]);
    assert.match(messageOf(twice, "KMS2110"), /Office LTSC 2024 has a host key already/);
  });

  it("are of a version that the catalogue has", () => {
    const diagnostics = ofHost({ officeKeys: [{ office: "2007" }] });
    assert.deepEqual(brief(diagnostics), ["kms error KMS2237 officeKeys[0].office"]);
    assert.match(messageOf(diagnostics, "KMS2237"), /"2007".*Use one of: Office LTSC 2024,/);
  });

  it("need an operating system that can carry them", () => {
    const diagnostics = ofHost({ os: "Windows Server 2019", officeKeys: [{ office: "LTSC 2024" }] });
    assert.deepEqual(brief(diagnostics), ["kms error KMS2238 officeKeys[0].office"]);
    assert.match(
      messageOf(diagnostics, "KMS2238"),
      /kms runs Windows Server 2019, which .*It needs one of: Windows Server 2025, Windows Server 2022,/,
    );
  });

  it("need a Windows that keeps the licenses of Office as well", () => {
    const old = { os: "Windows Server 2008 R2", edition: "Standard", keyGroup: undefined };
    const diagnostics = ofHost({ ...old, officeKeys: [{ office: "2016" }] });
    assert.match(
      messageOf(diagnostics, "KMS2112"),
      /officeKeys\[0\].office: Office on Windows Server 2008 R2 has/,
    );
    assert.equal(messageOf(ofHost({ officeKeys: [{ office: "2016" }] }), "KMS2112"), "");
  });

  it("are other keys than that of Windows and those of other versions", () => {
    const asWindows = ofHost({
      productKey: officeKey,
      officeKeys: [{ office: "2019", productKey: officeKey }],
    });
    assert.deepEqual(brief(asWindows), ["kms error KMS2111 officeKeys[0].productKey"]);
    assert.match(messageOf(asWindows, "KMS2111"), /key ending in N4N4K is the one of productKey as well/);
    const asOffice = ofHost({
      officeKeys: [
        { office: "2019", productKey: officeKey },
        { office: "2016", productKey: officeKey },
      ],
    });
    assert.match(
      messageOf(asOffice, "KMS2111"),
      /officeKeys\[1\].productKey: .* one of officeKeys\[0\].productKey/,
    );
    assert.ok(!messageOf(asOffice, "KMS2111").includes(officeKey));
  });

  it("have the form of a key, and are no client setup keys", () => {
    const short = ofHost({ officeKeys: [{ office: "2019", productKey: "N" }] });
    assert.deepEqual(brief(short), ["kms error KMS1101 officeKeys[0].productKey"]);
    const setupKey = "XJ2XN-FW8RK-P4HMP-DKDBV-GCVGB";
    const setup = ofHost({ officeKeys: [{ office: "LTSC 2024", productKey: setupKey }] });
    assert.match(messageOf(setup, "KMS2008"), /GCVGB is the KMS client setup key of Office LTSC 2024/);
  });
});
