import assert from "node:assert/strict";
import { brief, group, host, messageOf, diagnosticsOf } from "./program";

const withPriority = (name: string, priority: number) =>
  host({ name, srvRecords: [{ zoneName: "corp.example", priority }] });
const hosts = [withPriority("main", 0), withPriority("spare", 10)];

describe("KMS host that stands by", () => {
  it("starts from count 0 after a failover", () => {
    const diagnostics = diagnosticsOf(hosts, [group({ hosts: ["main", "spare"] })]);
    assert.deepEqual(brief(diagnostics), ["web warning KMS2215 hosts[1]"]);
    assert.match(messageOf(diagnostics, "KMS2215"), /first 24 machines are refused with 0xC004F038/);
  });

  it("splits no count", () => {
    const diagnostics = diagnosticsOf(hosts, [group({ hosts: ["main", "spare"], count: 5 })]);
    assert.deepEqual(brief(diagnostics), ["web warning KMS2215 hosts[1]"]);
  });

  it("does not exist among hosts of one priority, nor for members that are pinned", () => {
    const equal = [withPriority("main", 10), withPriority("spare", 10)];
    assert.deepEqual(diagnosticsOf(equal, [group({ hosts: ["main", "spare"], count: 40 })]), []);
    const pinned = group({ hosts: ["main", "spare"], discovery: "host" });
    assert.deepEqual(diagnosticsOf(hosts, [pinned]), []);
  });
});
