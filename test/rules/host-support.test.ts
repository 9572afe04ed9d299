import assert from "node:assert/strict";
import { brief, messageOf, ofHost } from "./program";

describe("support of a KMS host's operating system", () => {
  it("that has ended is a warning, from the day after on", () => {
    assert.deepEqual(ofHost({}, { today: "2031-10-14" }), []);
    const diagnostics = ofHost({}, { today: "2031-10-15" });
    assert.deepEqual(brief(diagnostics), ["kms warning KMS2104 os"]);
    assert.match(messageOf(diagnostics, "KMS2104"), /support of Windows Server 2022 ended on 2031-10-14/);
  });

  it("A-01: Windows Server 2008 R2 and Windows 7 are accepted for the groups that list them, with a warning", () => {
    const today = "2026-01-01";
    const server = { keyGroup: "Windows Server 2012 R2 for Windows 10", os: "Windows Server 2008 R2" };
    assert.deepEqual(brief(ofHost({ ...server, edition: "Standard" }, { today })), [
      "kms warning KMS2104 os",
    ]);
    const client = { keyGroup: "Windows 10", os: "Windows 7", edition: "Enterprise" };
    assert.deepEqual(brief(ofHost(client, { today })), ["kms warning KMS2104 os"]);
  });

  it("is not judged without a day", () => {
    assert.deepEqual(ofHost({ keyGroup: "Windows 10", os: "Windows 7", edition: "Enterprise" }), []);
  });
});
