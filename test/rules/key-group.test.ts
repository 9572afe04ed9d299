import assert from "node:assert/strict";
import { brief, messageOf, ofHost } from "./program";

describe("product key group that Microsoft does not have", () => {
  it("R022, R044, R063, R080: is an error that lists the known ones", () => {
    const diagnostics = ofHost({ keyGroup: "Volume License for Windows Server 2023" });
    assert.deepEqual(brief(diagnostics), ["kms error KMS2001 keyGroup"]);
    const message = messageOf(diagnostics, "KMS2001");
    for (const name of [
      "Volume License for Windows Server 2019",
      "Volume License for Windows Server 2016",
      "Volume license for Windows 10",
      'Volume license for "Windows Server 2012 R2 for Windows 10"',
    ]) {
      assert.ok(message.includes(name), name);
    }
    assert.match(message, /Did you mean "Volume License for Windows Server 202\d"\?$/);
  });

  it("is one of Office, whose keys are declared beside the group of Windows", () => {
    const diagnostics = ofHost({ keyGroup: "Office LTSC 2021 Volume License Pack" });
    assert.deepEqual(brief(diagnostics).slice(0, 1), ["kms error KMS2001 keyGroup"]);
    assert.doesNotMatch(messageOf(diagnostics, "KMS2001"), /Did you mean "Office/);
  });
});
