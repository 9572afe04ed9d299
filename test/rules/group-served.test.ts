import assert from "node:assert/strict";
import { brief, group, host, messageOf, ofGroup, diagnosticsOf } from "./program";

describe("clients that the key of a KMS host does not serve", () => {
  it("are an error that names the groups that would, with the family of their hosts", () => {
    const diagnostics = ofGroup({ os: "Windows Server 2025" }, { updates: ["KB5034770"] });
    assert.deepEqual(brief(diagnostics), ["web error KMS2013 hosts[0]"]);
    const message = messageOf(diagnostics, "KMS2013");
    assert.match(
      message,
      /group "Volume License for Windows Server 2022" of the KMSHost kms does not activate Windows Server 2025 Datacenter\./,
    );
    assert.match(message, /one of the groups "Volume License for Windows Server 2025" \(on a server host\);/);
  });

  it("are a warning when the group accepts unlisted pairs, which is no help for listed ones", () => {
    const diagnostics = ofGroup({ os: "Windows Server 2025", acceptUnlisted: true });
    assert.ok(brief(diagnostics).includes("web warning KMS2204 hosts[0]"));
    assert.match(messageOf(diagnostics, "KMS2204"), /may be refused with 0xC004F042/);
    assert.deepEqual(ofGroup({ acceptUnlisted: true }), []);
  });

  it("A-04, A-05: are a warning where only a setup key speaks for them", () => {
    for (const [os, edition] of [
      ["Windows 8", "Pro"],
      ["Windows 8.1", "Enterprise N"],
      ["Windows 7", "Professional E"],
      ["Windows 10", "Pro Education"],
    ]) {
      assert.deepEqual(brief(ofGroup({ os, edition, count: 30 })), ["web warning KMS2204 hosts[0]"], os);
    }
  });

  it("are named for each host whose key does not serve them", () => {
    const hosts = [
      host({ name: "new", keyGroup: "Windows Server 2025", updates: ["KB5034770"] }),
      host({ name: "old", keyGroup: "Windows Server 2022", updates: ["KB5034770"] }),
    ];
    const clients = group({ hosts: ["new", "old"], os: "Windows Server 2025", count: 40 });
    assert.deepEqual(brief(diagnosticsOf(hosts, [clients])), ["web error KMS2013 hosts[1]"]);
  });

  it("R105: have no way out on Windows Server 2008 R2 when they are Windows Server 2016 or newer", () => {
    const old = { keyGroup: "Windows Server 2012 R2 for Windows 10", os: "Windows Server 2008 R2" };
    for (const os of [
      "Windows Server 2016",
      "Windows Server 2019",
      "Windows Server 2022",
      "Windows Server 2025",
    ]) {
      const diagnostics = ofGroup({ os, acceptUnlisted: true }, { ...old, edition: "Standard" });
      assert.deepEqual(brief(diagnostics), ["web error KMS2203 hosts[0]"]);
      assert.match(
        messageOf(diagnostics, "KMS2203"),
        new RegExp(
          `KMSHost kms runs Windows Server 2008 R2, which no update makes activate ${os} Datacenter`,
        ),
      );
    }
  });

  it("are not judged before their edition and the host's group are known", () => {
    const host = { updates: ["KB5034770"] };
    assert.deepEqual(ofGroup({ os: "Windows Server 2025", edition: undefined }, host), []);
    assert.deepEqual(ofGroup({ os: "Windows Server 2025" }, { ...host, keyGroup: undefined }), []);
  });
});
