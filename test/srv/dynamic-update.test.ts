import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { rfc2136 } from "../../provider/srv/dynamic-update";
import { type ZoneUnderTest, hostRecord, srvZoneContract } from "./contract";
import { type Named, hasNamed, skippedWithoutNamed, startNamed } from "./named";

const secret = Buffer.from("a secret of this test alone, 32!").toString("base64");
const tsig = { keyName: "kms-key", algorithm: "hmac-sha256" as const, secret };
const keyStatement = `key "${tsig.keyName}" { algorithm ${tsig.algorithm}; secret "${secret}"; };`;

/** Zones of their own for each test of a suite; `access` is said of each. */
const zonesOf = (access: (name: string) => string) =>
  Array.from({ length: 13 }, (_, index) => {
    const name = `z${index}.corp.example`;
    return { name, access: access(name) };
  });

function underTest(named: Named, zoneName: string, signed: boolean): ZoneUnderTest {
  const address = { zoneName, servers: [named.server], ...(signed && { tsig }) };
  const zone = rfc2136(address);
  return {
    zone,
    seen: async () => named.dig(`_vlmcs._tcp.${zoneName}`, "SRV").map((line) => line.replace(/\.$/, "")),
    plant: (record) => rfc2136(address).add(record, 600),
  };
}

for (const signed of [false, true]) {
  describe(`srv/dynamic-update on BIND, ${signed ? "with TSIG and a policy" : "open"}${skippedWithoutNamed}`, function () {
    let named: Named;
    let opened = 0;

    before(async function () {
      if (!hasNamed) {
        this.skip();
      }
      const access = (name: string) =>
        signed ? `update-policy { grant kms-key name _vlmcs._tcp.${name} SRV; };` : "allow-update { any; };";
      named = await startNamed(zonesOf(access), keyStatement);
    });
    after(() => named?.stop());

    srvZoneContract(async () => underTest(named, `z${opened++}.corp.example`, signed));

    it("reads and changes a set that is too long for UDP", async () => {
      const { zone } = underTest(named, "z11.corp.example", signed);
      const hosts = Array.from({ length: 60 }, (_, index) => hostRecord(index + 1));
      await Promise.all(hosts.map((record) => zone.add(record, 600)));
      assert.equal((await zone.list()).length, 60);
      await zone.add({ ...hosts[0], port: 1700 }, 600);
      const records = await zone.list();
      assert.deepEqual(
        [records.length, records.filter(({ port }) => port === 1700)],
        [60, [{ ...hosts[0], port: 1700 }]],
      );
    }).timeout(60_000);

    it("was really asked", async () => {
      await underTest(named, "z12.corp.example", signed).zone.add(hostRecord(1), 600);
      // What the server writes arrives in its own time; the test's own limit ends the wait.
      while (!/updating zone 'z12\.corp\.example\/IN'/.test(named.log())) {
        await setImmediate();
      }
    });
  });
}
