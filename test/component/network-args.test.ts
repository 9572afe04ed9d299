import assert from "node:assert/strict";
import { argumentDiagnostics } from "../../provider/component/validate-args";
import { kmsClientGroupArgs, kmsHostArgs } from "../../provider/validators.generated";

const host = {
  keyGroup: "Volume License for Windows Server 2022",
  productKey: "NKMSN-WSNHN-R2N2P-NBXTN-N2W2K",
  os: "Windows Server 2022",
};
const dnsUpdate = { zoneName: "corp.example", servers: ["10.0.0.4"] };
const privateZone = { resourceGroupName: "rg", zoneName: "corp.example" };
const tsig = { keyName: "kms-update", secret: "c2VjcmV0IG9mIHRoaXMgdGVzdA==" };
const fingerprint = `SHA256:${"a".repeat(43)}`;
const ssh = { host: "kms1.corp.example", user: "admin", hostKeyFingerprint: fingerprint };

const messages = (validate: Parameters<typeof argumentDiagnostics>[0], values: Record<string, unknown>) =>
  argumentDiagnostics(validate, { values, unknownPaths: new Set<string>() }).map(({ message }) => message);
const ofHost = (changes: object) => messages(kmsHostArgs, { ...host, ...changes });
const ofRecord = (record: object) => ofHost({ srvRecords: [record] });

const refusal = (path: string, given: unknown, allowed: string) =>
  `KMS1003 ${path}: ${typeof given === "string" ? JSON.stringify(given) : String(given)} is not allowed. Specify ${allowed}.`;

const port = "a whole number from 1 to 65535";
const zone = "a DNS zone of at least two labels without a final period, for example corp.example";

describe("arguments of networks, with the value and what is allowed", () => {
  it("take the ends of their ranges", () => {
    for (const number of [0, 65535]) {
      assert.deepEqual(ofRecord({ dnsUpdate, priority: number, weight: number }), []);
    }
    for (const ttlSeconds of [1, 2147483647]) {
      assert.deepEqual(ofRecord({ dnsUpdate, ttlSeconds }), []);
    }
    for (const number of [1, 65535]) {
      assert.deepEqual(ofHost({ port: number, ssh: { ...ssh, port: number } }), []);
      assert.deepEqual(ofRecord({ dnsUpdate: { ...dnsUpdate, servers: [`10.0.0.4:${number}`] } }), []);
    }
  });

  it("refuse a priority, a weight and a TTL outside of theirs", () => {
    for (const number of [-1, 65536, 1.5, "10"]) {
      for (const member of ["priority", "weight"]) {
        assert.deepEqual(ofRecord({ dnsUpdate, [member]: number }), [
          refusal(`srvRecords[0].${member}`, number, "a whole number from 0 to 65535"),
        ]);
      }
    }
    for (const ttlSeconds of [0, -1, 2147483648, 0.5]) {
      assert.deepEqual(ofRecord({ privateZone, ttlSeconds }), [
        refusal("srvRecords[0].ttlSeconds", ttlSeconds, "a whole number of seconds from 1 to 2147483647"),
      ]);
    }
  });

  it("refuse a port outside of 1 to 65535, of the host, of SSH and of a jump host", () => {
    for (const number of [0, -1, 65536, 22.5]) {
      assert.deepEqual(ofHost({ port: number }), [refusal("port", number, port)]);
      assert.deepEqual(ofHost({ ssh: { ...ssh, port: number } }), [refusal("ssh.port", number, port)]);
      assert.deepEqual(ofHost({ ssh: { ...ssh, jump: { ...ssh, port: number } } }), [
        refusal("ssh.jump.port", number, port),
      ]);
    }
  });

  it("refuse a port of a DNS server outside of that range", () => {
    for (const server of ["10.0.0.4:65536", "10.0.0.4:99999", "[::1]:70000", "10.0.0.4:0"]) {
      assert.deepEqual(ofRecord({ dnsUpdate: { ...dnsUpdate, servers: [server] } }), [
        refusal(
          "srvRecords[0].dnsUpdate.servers[0]",
          server,
          "an IPv4 address, a name, or an IPv6 address in brackets, with a port when it is not 53: 10.0.0.4, dc1.corp.example:5353, [::1]:53",
        ),
      ]);
    }
  });

  it("refuse a zone name of one label, with a final period, an address, or too long for the service's name", () => {
    const labels = "a".repeat(59);
    const longest = [labels, labels, labels, labels, "b"].join(".");
    assert.equal("_vlmcs._tcp.".length + longest.length, 253);
    for (const zoneName of [longest, `b${longest}`]) {
      const errors = longest === zoneName ? 0 : 1;
      assert.equal(ofRecord({ dnsUpdate: { ...dnsUpdate, zoneName } }).length, errors);
      assert.equal(ofRecord({ privateZone: { ...privateZone, zoneName } }).length, errors);
    }
    for (const zoneName of [
      "corp",
      "corp.example.",
      "10.0.0.4",
      "2001:db8::1",
      "[::1]",
      "a..example",
      "-a.b",
    ]) {
      assert.deepEqual(ofRecord({ dnsUpdate: { ...dnsUpdate, zoneName } }), [
        refusal("srvRecords[0].dnsUpdate.zoneName", zoneName, zone),
      ]);
      assert.deepEqual(ofRecord({ privateZone: { ...privateZone, zoneName } }), [
        refusal("srvRecords[0].privateZone.zoneName", zoneName, zone),
      ]);
    }
  });

  it("refuse another algorithm of a TSIG key, and a secret without showing it", () => {
    assert.deepEqual(ofRecord({ dnsUpdate: { ...dnsUpdate, tsig: { ...tsig, algorithm: "hmac-md5" } } }), [
      refusal(
        "srvRecords[0].dnsUpdate.tsig.algorithm",
        "hmac-md5",
        "hmac-sha256, hmac-sha384 or hmac-sha512",
      ),
    ]);
    assert.deepEqual(ofRecord({ dnsUpdate: { ...dnsUpdate, tsig: { ...tsig, secret: "no base64!" } } }), [
      "KMS1003 srvRecords[0].dnsUpdate.tsig.secret: a text of 10 characters is not allowed. " +
        "Specify the secret of the key in base64, as in the server's key statement.",
    ]);
  });

  it("refuse a fingerprint of another form, of a host, a jump host and a member", () => {
    const allowed = "SHA256: and 43 characters, as `ssh-keygen -lf` shows it";
    const bad = ["MD5:aa:bb", "SHA256:short", fingerprint.slice(7), `${fingerprint}aa`, ""];
    for (const hostKeyFingerprint of bad) {
      const wrong = { ...ssh, hostKeyFingerprint };
      const refused = (path: string) => [refusal(`${path}.hostKeyFingerprint`, hostKeyFingerprint, allowed)];
      assert.deepEqual(ofHost({ ssh: wrong }), refused("ssh"));
      assert.deepEqual(ofHost({ ssh: { ...ssh, jump: wrong } }), refused("ssh.jump"));
      const group = { hosts: [{}], os: "Windows Server 2022", edition: "Datacenter", ssh: [ssh, wrong] };
      assert.deepEqual(messages(kmsClientGroupArgs, group), refused("ssh[1]"));
    }
  });
});
