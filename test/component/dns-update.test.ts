import assert from "node:assert/strict";
import { argumentDiagnostics } from "../../provider/component/validate-args";
import { dnsUpdate } from "../../provider/validators.generated";

const zone = {
  zoneName: "corp.example",
  servers: ["10.0.0.4", "dc1.corp.example:5353", "[::1]:53"],
  tsig: { keyName: "kms-update.", algorithm: "hmac-sha512", secret: "c2VjcmV0IG9mIHRoaXMgdGVzdA==" },
};

const paths = (changes: object) =>
  argumentDiagnostics(dnsUpdate, { values: { ...zone, ...changes }, unknownPaths: new Set() }).map(
    ({ code, property }) => `${code} ${property}`,
  );

const messages = (changes: object) =>
  argumentDiagnostics(dnsUpdate, { values: { ...zone, ...changes }, unknownPaths: new Set() })
    .map(({ message }) => message)
    .join("\n");

describe("arguments of a zone of dynamic updates", () => {
  it("take addresses, names and IPv6 addresses in brackets", () => {
    assert.deepEqual(paths({}), []);
    assert.deepEqual(paths({ tsig: undefined }), []);
  });

  it("refuse what is no zone name", () => {
    for (const zoneName of ["corp", "corp.example.", "10.0.0.4", "a..example", "::1", "-a.example", ""]) {
      assert.deepEqual(paths({ zoneName }), ["KMS1003 zoneName"], zoneName);
    }
  });

  it("refuse what is no server, an IPv6 address without brackets too", () => {
    for (const server of [
      "10.0.0.256",
      "300.1.1.1:53",
      "[1::2::3]:53",
      "::1",
      "2001:db8::4",
      "10.0.0.4:0",
      "10.0.0.4:",
      "dc1_",
      "udp://10.0.0.4",
      "",
    ]) {
      assert.deepEqual(paths({ servers: ["10.0.0.4", server] }), ["KMS1003 servers[1]"], server);
    }
    assert.deepEqual(paths({ servers: [] }), ["KMS1003 servers"]);
    assert.deepEqual(paths({ servers: ["10.0.0.4", "10.0.0.4"] }), ["KMS1003 servers"]);
  });

  it("refuse other algorithms, with those that are allowed", () => {
    const changes = { tsig: { ...zone.tsig, algorithm: "hmac-md5" } };
    assert.match(
      messages(changes),
      /KMS1003 tsig\.algorithm: .*hmac-md5.*hmac-sha256, hmac-sha384 or hmac-sha512/,
    );
  });

  it("refuse a secret that is not base64, without showing it", () => {
    for (const secret of ["not base64!", "YWJ", "", "=abc"]) {
      const changes = { tsig: { ...zone.tsig, secret } };
      assert.match(messages(changes), /KMS1003 tsig\.secret: .*a text of \d+ characters/);
      assert.ok(secret === "" || !messages(changes).includes(secret));
    }
  });

  it("refuse a key without a name or a secret", () => {
    assert.deepEqual(paths({ tsig: {} }), ["KMS1002 tsig.keyName", "KMS1002 tsig.secret"]);
  });
});
