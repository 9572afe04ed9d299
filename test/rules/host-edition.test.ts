import assert from "node:assert/strict";
import { brief, messageOf, ofHost } from "./program";

const of2012R2 = { keyGroup: "Windows Server 2012 R2 for Windows 10", os: "Windows Server 2012 R2" };

describe("edition of a KMS host", () => {
  it("must be one of the operating system's", () => {
    const diagnostics = ofHost({ edition: "Enterprise" });
    assert.deepEqual(brief(diagnostics), ["kms error KMS2005 edition"]);
    assert.match(
      messageOf(diagnostics, "KMS2005"),
      /Windows Server 2022 has no edition "Enterprise"\. Use one of: Standard, Datacenter, Datacenter: Azure Edition\.$/,
    );
    assert.deepEqual(brief(ofHost({ keyGroup: "Windows 10", os: "Windows 10", edition: "Home" })), [
      "kms error KMS2005 edition",
    ]);
  });

  it("must not be Azure Edition", () => {
    const diagnostics = ofHost({ edition: "Datacenter: Azure Edition" });
    assert.deepEqual(brief(diagnostics), ["kms error KMS2006 edition"]);
    assert.match(
      messageOf(diagnostics, "KMS2006"),
      /cannot be a KMS host\. Use one of the editions Standard, Datacenter,/,
    );
  });

  it("is limited by the one group that names editions, and by no other (A-03)", () => {
    const diagnostics = ofHost({ ...of2012R2, edition: "Essentials" });
    assert.deepEqual(brief(diagnostics), ["kms error KMS2007 edition"]);
    assert.match(
      messageOf(diagnostics, "KMS2007"),
      /only with the editions Standard, Datacenter, not Essentials/,
    );
    assert.deepEqual(ofHost({ ...of2012R2, edition: "Standard" }), []);
    assert.deepEqual(
      ofHost({ keyGroup: "Windows Server 2016", os: "Windows Server 2012 R2", edition: "Essentials" }),
      [],
    );
  });

  it("is not judged before it is known", () => {
    assert.deepEqual(ofHost({ edition: undefined }), []);
  });
});
