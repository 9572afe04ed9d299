import assert from "node:assert/strict";
import { type DnsUpdateAddress, type DnsUpdateSettings, rfc2136 } from "../../provider/srv/dynamic-update";
import type { TsigKeyAddress } from "../../provider/srv/zone";
import { hostRecord } from "./contract";
import { isKmsError } from "./is-kms-error";
import { type Named, hasNamed, skippedWithoutNamed, startNamed } from "./named";

const secret = Buffer.from("a secret of this test alone, 32!").toString("base64");
const otherSecret = Buffer.from("another secret, of nobody at all").toString("base64");
const zoneName = "corp.example";

describe(`refused DNS updates on BIND${skippedWithoutNamed}`, function () {
  let named: Named;

  before(async function () {
    if (!hasNamed) {
      this.skip();
    }
    const algorithms = ["hmac-sha256", "hmac-sha384", "hmac-sha512"];
    const keys = algorithms.map(
      (algorithm) => `key "kms-${algorithm}" { algorithm ${algorithm}; secret "${secret}"; };`,
    );
    const grants = algorithms.map((algorithm) => `grant kms-${algorithm} name _vlmcs._tcp.${zoneName} SRV;`);
    named = await startNamed(
      [
        { name: zoneName, access: `update-policy { ${grants.join(" ")} };` },
        {
          name: "policy.example",
          access: "update-policy { grant kms-hmac-sha256 name other.policy.example; };",
        },
        {
          name: "alias.example",
          access: "allow-update { any; };",
          records: ["_vlmcs._tcp IN CNAME ns"],
        },
      ],
      keys.join("\n"),
    );
  });
  after(() => named?.stop());

  const tsig: TsigKeyAddress = { keyName: "kms-hmac-sha256", algorithm: "hmac-sha256", secret };
  const signed = { zoneName, tsig };
  const signedBy = (changes: object) => ({ zoneName, tsig: { ...tsig, ...changes } });

  const add = (address: Partial<DnsUpdateAddress>, settings?: Partial<DnsUpdateSettings>) =>
    rfc2136({ zoneName, servers: [named.server], ...address }, settings).add(hostRecord(1), 600);

  it("are none with any of the three algorithms", async () => {
    for (const algorithm of ["hmac-sha256", "hmac-sha384", "hmac-sha512"]) {
      const key = signedBy({ keyName: `kms-${algorithm}`, algorithm });
      const zone = rfc2136({ ...key, servers: [named.server] });
      await zone.add(hostRecord(1), 600);
      assert.deepEqual(await zone.list(), [hostRecord(1)]);
      await zone.remove(hostRecord(1));
    }
    assert.deepEqual(named.dig(`_vlmcs._tcp.${zoneName}`, "SRV"), []);
  });

  it("name BADKEY and the key", async () => {
    const reason = isKmsError("KMS5027", "BADKEY", "nobody", "keyName and algorithm");
    await assert.rejects(add(signedBy({ keyName: "nobody" })), reason);
    await assert.rejects(add(signedBy({ algorithm: "hmac-sha512" })), isKmsError("KMS5027", "BADKEY"));
  });

  it("name BADSIG for another secret, and show neither secret", async () => {
    await assert.rejects(add(signedBy({ secret: otherSecret })), (error: Error) => {
      assert.ok(isKmsError("KMS5028", "BADSIG", "kms-hmac-sha256")(error));
      assert.ok(!error.message.includes(otherSecret) && !error.message.includes(secret));
      return true;
    });
  });

  it("name BADTIME and how far the clocks are apart", async () => {
    const nowSeconds = () => Math.floor(Date.now() / 1000) - 3600;
    await assert.rejects(
      add(signed, { nowSeconds }),
      (error: Error) =>
        isKmsError("KMS5029", "BADTIME", "Synchronise")(error) &&
        /by 3(599|600|601) seconds/.test(error.message),
    );
  });

  it("name REFUSED when the policy does not allow it, and when there is no key", async () => {
    const refused = (sent: string) => isKmsError("KMS5022", "REFUSED to an update", sent, "update-policy");
    await assert.rejects(
      add({ ...signed, zoneName: "policy.example" }),
      refused("with the key kms-hmac-sha256"),
    );
    await assert.rejects(add({}), refused("without a key"));
  });

  it("name REFUSED when the server lacks the zone", async () => {
    const refused = isKmsError("KMS5033", "REFUSED to a query", "holds the zone missing.example");
    await assert.rejects(add({ zoneName: "missing.example" }), refused);
  });

  it("say that a name inside a zone is not a zone", async () => {
    const reason = isKmsError(
      "KMS5021",
      "sub.corp.example",
      named.server,
      "it is the zone, not a name in it",
    );
    await assert.rejects(add({ ...signed, zoneName: "sub.corp.example" }), reason);
  });

  it("name YXRRSET when the name is an alias", async () => {
    await assert.rejects(
      add({ zoneName: "alias.example" }),
      isKmsError("KMS5026", "YXRRSET", "Remove the CNAME record _vlmcs._tcp.alias.example"),
    );
    assert.deepEqual(named.dig("_vlmcs._tcp.alias.example", "CNAME"), ["ns.alias.example."]);
  });

  it("name what is no DNS server", async () => {
    await assert.rejects(
      add({ servers: ["10.0.0.4:65536"] }),
      isKmsError("KMS5016", "10.0.0.4:65536", "an IPv6 address in brackets"),
    );
  });

  it("name the key that can't be used", async () => {
    await assert.rejects(
      async () => add(signedBy({ algorithm: "hmac-md5" })),
      isKmsError("KMS5015", "hmac-md5"),
    );
    await assert.rejects(
      async () => add(signedBy({ secret: "not base64!" })),
      (error: Error) => {
        assert.ok(isKmsError("KMS5015")(error) && !error.message.includes("not base64!"));
        return true;
      },
    );
  });
});
