import assert from "node:assert/strict";
import { brief, group, host, messageOf, verdictsOf } from "./program";

const zones = [{ zoneName: "Corp.example", foreignTargets: ["ws1.corp.example", "ws2.corp.example"] }];

describe("SRV records that nobody declared", () => {
  it("are named, with the count that they leave", () => {
    const clients = group({ os: "Windows 10", edition: "Enterprise", count: 45 });
    const verdicts = verdictsOf([host()], [clients], { zones });
    assert.deepEqual(brief(verdicts), ["web warning KMS2221 discovery"]);
    assert.match(
      messageOf(verdicts, "KMS2221"),
      /corp\.example names .*: ws1\.corp\.example, ws2\.corp\.example; 45 members over 3 hosts leave about 15 on each, threshold 25\. The records are kept/,
    );
  });

  it("do not matter to pinned members, nor in other zones", () => {
    assert.deepEqual(verdictsOf([host()], [group({ discovery: "host" })], { zones }), []);
    assert.deepEqual(
      verdictsOf([host()], [group()], { zones: [{ ...zones[0], zoneName: "x.example" }] }),
      [],
    );
    assert.deepEqual(verdictsOf([host()], [group()], { zones: [{ ...zones[0], foreignTargets: [] }] }), []);
  });
});
