import assert from "node:assert/strict";
import { dnsZoneDiagnostics } from "../../provider/rules/zones";

const privateZone = { resourceGroupName: "rg", zoneName: "corp.example" };
const dnsUpdate = { zoneName: "corp.example", servers: ["10.0.0.4"] };

const codes = (record: object, unknownPaths: string[] = []) =>
  dnsZoneDiagnostics({ srvRecords: [record] }, new Set(unknownPaths)).map(
    ({ code, property }) => `${code} ${property}`,
  );

describe("rules/dns-zone", () => {
  it("takes one zone of either kind", () => {
    assert.deepEqual(codes({ privateZone, addressRecord: true }), []);
    assert.deepEqual(codes({ dnsUpdate, addressRecord: false }), []);
    assert.deepEqual(codes({}, ["srvRecords[0].dnsUpdate"]), []);
  });

  it("refuses none and both (KMS5010)", () => {
    assert.deepEqual(codes({}), ["KMS5010 srvRecords[0]"]);
    assert.deepEqual(codes({ privateZone, dnsUpdate }), ["KMS5010 srvRecords[0]"]);
  });

  it("refuses an address record in a zone of dynamic updates (KMS5014)", () => {
    assert.deepEqual(codes({ dnsUpdate, addressRecord: true }), ["KMS5014 srvRecords[0].addressRecord"]);
  });
});
