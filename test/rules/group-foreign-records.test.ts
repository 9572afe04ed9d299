import assert from "node:assert/strict";
import { brief, group, host, messageOf, diagnosticsOf } from "./program";

const zones = [{ zoneName: "Corp.example", foreignTargets: ["ws1.corp.example", "ws2.corp.example"] }];

describe("SRV records that nobody declared", () => {
  it("are named, with the count that they leave", () => {
    const clients = group({ os: "Windows 10", edition: "Enterprise", count: 45 });
    const diagnostics = diagnosticsOf([host()], [clients], { zones });
    assert.deepEqual(brief(diagnostics), ["web warning KMS2221 discovery"]);
    assert.match(
      messageOf(diagnostics, "KMS2221"),
      /corp\.example names .*: ws1\.corp\.example, ws2\.corp\.example; 45 members over 3 hosts leave about 15 on each, threshold 25\. The records are kept/,
    );
  });

  it("do not matter to pinned members, nor in other zones", () => {
    assert.deepEqual(diagnosticsOf([host()], [group({ discovery: "host" })], { zones }), []);
    assert.deepEqual(
      diagnosticsOf([host()], [group()], { zones: [{ ...zones[0], zoneName: "x.example" }] }),
      [],
    );
    assert.deepEqual(
      diagnosticsOf([host()], [group()], { zones: [{ ...zones[0], foreignTargets: [] }] }),
      [],
    );
  });
});
