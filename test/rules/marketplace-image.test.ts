import assert from "node:assert/strict";
import { imageDiagnostics } from "../../provider/rules/operating-systems";

describe("image of a machine to create", () => {
  it("exists in the Azure Marketplace, or is an error", () => {
    assert.deepEqual(imageDiagnostics({ os: "Windows Server 2022", edition: "Datacenter" }), []);
    const [error] = imageDiagnostics({ os: "Windows 7", edition: "Enterprise" });
    assert.equal(`${error.severity} ${error.code}`, "error KMS1202");
    assert.match(error.message, /there is no Azure image of Windows 7 Enterprise/);
  });

  it("is not looked for before system and edition are known", () => {
    assert.deepEqual(imageDiagnostics({ os: "Windows 7" }), []);
    assert.deepEqual(imageDiagnostics({ edition: "Enterprise" }), []);
    assert.deepEqual(imageDiagnostics({ os: "Windows 3.1", edition: "Home" }), []);
  });
});
