import assert from "node:assert/strict";
import { imageVerdicts } from "../../provider/rules/operating-systems";

describe("image of a machine to create", () => {
  it("exists in the Azure Marketplace, or is an error", () => {
    assert.deepEqual(imageVerdicts({ os: "Windows Server 2022", edition: "Datacenter" }), []);
    const [error] = imageVerdicts({ os: "Windows 7", edition: "Enterprise" });
    assert.equal(`${error.severity} ${error.code}`, "error KMS1202");
    assert.match(error.message, /there is no Azure image of Windows 7 Enterprise/);
  });

  it("is not looked for before system and edition are known", () => {
    assert.deepEqual(imageVerdicts({ os: "Windows 7" }), []);
    assert.deepEqual(imageVerdicts({ edition: "Enterprise" }), []);
    assert.deepEqual(imageVerdicts({ os: "Windows 3.1", edition: "Home" }), []);
  });
});
