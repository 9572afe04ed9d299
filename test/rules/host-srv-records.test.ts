import assert from "node:assert/strict";
import { brief, host, messageOf, ofHost, diagnosticsOf } from "./program";

const zoneName = "corp.example";
const named = (target: string) => ofHost({ computerName: "kms01", srvRecords: [{ zoneName, target }] });

describe("SRV records of a KMS host", () => {
  it("may point to the host's full name, in any domain and with a final period", () => {
    assert.deepEqual(named("kms01.corp.example"), []);
    assert.deepEqual(named("KMS01.ad.corp.example."), []);
  });

  it("refuse a target that is no full host name (KMS5012)", () => {
    const reasons: Record<string, RegExp> = {
      kms01:
        /KMS5012 srvRecords\[0\]\.target: the target kms01 is not the full name of a host: it has no domain/,
      "10.0.0.4": /10\.0\.0\.4 .*it is an address/,
      "fe80::1": /fe80::1 .*it is an address/,
      "[2001:db8::1]": /\[2001:db8::1\] .*it is an address/,
      "kms_01.corp.example": /other characters/,
      "kms01..example": /empty or too long part/,
    };
    for (const [target, reason] of Object.entries(reasons)) {
      assert.match(messageOf(named(target), "KMS5012"), reason);
    }
  });

  it("refuse a target that is not the host (KMS5013)", () => {
    const diagnostics = named("other.corp.example");
    assert.deepEqual(brief(diagnostics), ["kms error KMS5013 srvRecords[0].target"]);
    assert.match(messageOf(diagnostics, "KMS5013"), /other\.corp\.example is not the host, .* is kms01/);
  });

  it("refuse a zone that a host names twice (KMS5011)", () => {
    const srvRecords = [{ zoneName }, { zoneName: "Corp.Example", priority: 10 }, { zoneName: "b.example" }];
    assert.deepEqual(brief(ofHost({ srvRecords })), ["kms error KMS5011 srvRecords[1]"]);
  });

  it("refuse one priority, weight and target for two hosts (KMS5011)", () => {
    const one = (name: string, priority: number) =>
      host({ name, computerName: "KMS", srvRecords: [{ zoneName, priority }] });
    const codes = (priority: number) =>
      diagnosticsOf([one("a", 0), one("b", priority)]).filter(({ code }) => code === "KMS5011");
    assert.deepEqual(
      codes(0).map(({ resource, property }) => `${resource} ${property}`),
      ["b srvRecords[0]"],
    );
    assert.match(messageOf(codes(0), "KMS5011"), /record of KMS\.corp\.example twice: the KMSHost a has it/);
    assert.deepEqual(codes(1), []);
  });
});
