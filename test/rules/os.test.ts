import assert from "node:assert/strict";
import { brief, messageOf, ofGroup, ofHost } from "./program";

const page = "https://technet.microsoft.com/library/jj134256(WS.11).aspx";

describe("R003: operating system outside the catalogue", () => {
  it("R003: is refused as host and as client, with Microsoft's page for older ones", () => {
    const hosts = ofHost({ os: "Windows Server 2003", edition: "Standard" });
    assert.deepEqual(brief(hosts), ["kms error KMS2002 os"]);
    assert.ok(messageOf(hosts, "KMS2002").includes(page));
    const clients = ofGroup({ os: "Windows XP", edition: "Professional" });
    assert.deepEqual(brief(clients), ["web error KMS2002 os"]);
    assert.ok(messageOf(clients, "KMS2002").includes(page));
  });

  it("R003: is refused when it is known to be older than the table", () => {
    const diagnostics = ofGroup({ os: "Windows Vista", edition: "Business", count: 30 });
    assert.ok(brief(diagnostics).includes("web error KMS2003 os"));
    assert.ok(messageOf(diagnostics, "KMS2003").includes(page));
  });

  it("gets the names that there are and the nearest one", () => {
    const message = messageOf(ofHost({ os: "Windows Server 2023" }), "KMS2002");
    assert.match(message, /there is no operating system "Windows Server 2023"/);
    assert.match(
      message,
      /Use one of: Windows Server 2025; Windows Server 2022; .*Did you mean "Windows Server 202\d"\?/,
    );
  });

  it("R001, R010, R011, R012, R013, R014, R015: is none of those that the page lists as hosts", () => {
    const listed: [string, string, string][] = [
      ["Windows 10", "Enterprise", "Windows 10"],
      ["Windows Server 2019", "Standard", "Windows Server 2019"],
      ["Windows Server 2016", "Standard", "Windows Server 2016"],
      ["Windows Server 2012 R2", "Standard", "Windows Server 2016"],
      ["Windows 8.1", "Pro", "Windows 10"],
      ["Windows Server 2012", "Standard", "Windows Server 2016"],
    ];
    for (const [os, edition, keyGroup] of listed) {
      assert.deepEqual(ofHost({ os, edition, keyGroup }), [], os);
    }
  });
});
