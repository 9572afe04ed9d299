import assert from "node:assert/strict";
import { dnsPublishingDiagnostics } from "../../provider/rules/zones";

const privateZone = { resourceGroupName: "rg", zoneName: "corp.example" };
const dnsUpdate = { zoneName: "b.example", servers: ["10.0.0.4"] };

describe("rules/dns-publishing", () => {
  it("leaves any zone to the package, and zones of dynamic updates to the host", () => {
    assert.deepEqual(dnsPublishingDiagnostics({ srvRecords: [{ privateZone }, { dnsUpdate }] }), []);
    assert.deepEqual(
      dnsPublishingDiagnostics({ dnsPublishing: "package", srvRecords: [{ privateZone }] }),
      [],
    );
    assert.deepEqual(dnsPublishingDiagnostics({ dnsPublishing: "host", srvRecords: [{ dnsUpdate }] }), []);
    assert.deepEqual(dnsPublishingDiagnostics({ dnsPublishing: "host" }), []);
  });

  it("refuses a host that publishes itself in an Azure private DNS zone (KMS5036)", () => {
    const srvRecords = [{ dnsUpdate }, { privateZone }, { privateZone: {} }];
    const diagnostics = dnsPublishingDiagnostics({ dnsPublishing: "host", srvRecords });
    assert.deepEqual(
      diagnostics.map(({ code, severity, property }) => [code, severity, property]),
      [
        ["KMS5036", "error", "srvRecords[1].privateZone"],
        ["KMS5036", "error", "srvRecords[2].privateZone"],
      ],
    );
    assert.match(diagnostics[0].message, /the Azure private DNS zone corp\.example takes no dynamic updates/);
  });
});
