import assert from "node:assert/strict";
import { brief, group, host, messageOf, diagnosticsOf } from "./program";

const clients = group({ name: "pc", os: "Windows 10", edition: "Enterprise", count: 30 });
const after = (servers: number) => diagnosticsOf([host()], [group({ count: servers }), clients]);

describe("A-11: first client of a host that only met servers", () => {
  it("is told 11 at most, when there are more than 10 servers", () => {
    const diagnostics = after(11);
    assert.deepEqual(brief(diagnostics), ["pc info KMS2214 hosts"]);
    assert.match(messageOf(diagnostics, "KMS2214"), /remembers 10 of its 11 servers .* count of 11, not 41/);
  });

  it("is told the whole count, when there are 10 or fewer", () => {
    assert.deepEqual(after(10), []);
  });
});
