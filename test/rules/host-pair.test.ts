import assert from "node:assert/strict";
import { brief, group, host, messageOf, ofHost, diagnosticsOf } from "./program";

describe("product key group and operating system of a KMS host", () => {
  it("that do not go together are an error with the hosts of the group and the groups of the host", () => {
    const diagnostics = ofHost({
      keyGroup: "Volume License for Windows Server 2016",
      os: "Windows Server 2019",
    });
    assert.deepEqual(brief(diagnostics), ["kms error KMS2004 keyGroup"]);
    const message = messageOf(diagnostics, "KMS2004");
    assert.match(
      message,
      /"Volume License for Windows Server 2016" cannot be installed on Windows Server 2019/,
    );
    assert.match(message, /hosted on Windows Server 2016, Windows Server 2012 R2, Windows Server 2012\./);
    assert.match(
      message,
      /can host "Volume License for Windows Server 2025", "Volume License for Windows Server 2022", "Volume License for Windows Server 2019"\.$/,
    );
  });

  it("tell when another group keeps the clients as they are", () => {
    const diagnostics = diagnosticsOf(
      [host({ keyGroup: "Windows Server 2016" })],
      [group({ os: "Windows Server 2016", edition: "Standard" })],
    );
    assert.match(
      messageOf(diagnostics, "KMS2004"),
      /; Windows Server 2016 Standard need no other setup key with "Volume License for Windows Server 2025", "Volume License for Windows Server 2022"\.$/,
    );
  });

  it("tell when the operating system can host no group at all", () => {
    const message = messageOf(ofHost({ os: "Windows Server 2008", edition: "Standard" }), "KMS2004");
    assert.match(message, /Windows Server 2008 can host no group of the catalogue\.$/);
  });

  it("are not judged before both are known", () => {
    assert.deepEqual(ofHost({ os: undefined }), []);
    assert.deepEqual(ofHost({ keyGroup: undefined, os: "Windows Server 2008", edition: "Standard" }), []);
  });
});
