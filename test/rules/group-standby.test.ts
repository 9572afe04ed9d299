import assert from "node:assert/strict";
import { brief, group, host, messageOf, verdictsOf } from "./program";

const withPriority = (name: string, priority: number) =>
  host({ name, srvRecords: [{ zoneName: "corp.example", priority }] });
const hosts = [withPriority("main", 0), withPriority("spare", 10)];

describe("KMS host that stands by", () => {
  it("starts from count 0 after a failover", () => {
    const verdicts = verdictsOf(hosts, [group({ hosts: ["main", "spare"] })]);
    assert.deepEqual(brief(verdicts), ["web warning KMS2215 hosts[1]"]);
    assert.match(messageOf(verdicts, "KMS2215"), /first 24 machines are refused with 0xC004F038/);
  });

  it("splits no count", () => {
    const verdicts = verdictsOf(hosts, [group({ hosts: ["main", "spare"], count: 5 })]);
    assert.deepEqual(brief(verdicts), ["web warning KMS2215 hosts[1]"]);
  });

  it("does not exist among hosts of one priority, nor for members that are pinned", () => {
    const equal = [withPriority("main", 10), withPriority("spare", 10)];
    assert.deepEqual(verdictsOf(equal, [group({ hosts: ["main", "spare"], count: 40 })]), []);
    const pinned = group({ hosts: ["main", "spare"], discovery: "host" });
    assert.deepEqual(verdictsOf(hosts, [pinned]), []);
  });
});
