import assert from "node:assert/strict";
import {
  azurePrivateZoneId,
  key,
  create,
  zoneName,
  ssh,
  ofHost,
  messages,
  brief,
  refusal,
} from "./arguments";

const dynamicUpdate = { servers: ["10.0.0.4"] };
const tsig = { keyName: "kms-update", secret: "c2VjcmV0IG9mIHRoaXMgdGVzdA==" };
const ofZone = (zone: object) => ofHost({ zones: [{ zoneName, ...zone }] });
const portAllowed = "a whole number from 1 to 65535";
const zoneAllowed = "a DNS zone without a final period, for example corp.example";

describe("ports, priorities and times", () => {
  it("take the ends of their ranges", async () => {
    for (const number of [0, 65535]) {
      assert.deepEqual(await ofZone({ dynamicUpdate, priority: number, weight: number }), []);
    }
    for (const ttlSeconds of [1, 2147483647]) {
      assert.deepEqual(await ofZone({ dynamicUpdate, ttlSeconds }), []);
    }
    for (const port of [1, 65535]) {
      assert.deepEqual(await ofHost({ port, machine: { ssh: { ...ssh, port } } }), []);
      assert.deepEqual(await ofZone({ dynamicUpdate: { servers: [`10.0.0.4:${port}`] } }), []);
    }
    for (const changes of [{ renewalIntervalMinutes: 15 }, { activationIntervalMinutes: 43200 }]) {
      assert.deepEqual(await ofHost(changes), []);
    }
  });

  it("refuse a priority, a weight and a TTL outside of their ranges", async () => {
    for (const number of [-1, 65536, 1.5, "10"]) {
      for (const member of ["priority", "weight"]) {
        assert.deepEqual(await messages(ofZone({ dynamicUpdate, [member]: number })), [
          refusal(`zones[0].${member}`, number, "a whole number from 0 to 65535"),
        ]);
      }
    }
    for (const ttlSeconds of [0, -1, 2147483648, 0.5]) {
      assert.deepEqual(await messages(ofZone({ azurePrivateZoneId, ttlSeconds })), [
        refusal("zones[0].ttlSeconds", ttlSeconds, "a whole number of seconds from 1 to 2147483647"),
      ]);
    }
  });

  it("refuse a port outside of 1 to 65535, of the host, of SSH and of a jump host", async () => {
    for (const port of [0, -1, 65536, 22.5]) {
      assert.deepEqual(await messages(ofHost({ port })), [refusal("port", port, portAllowed)]);
      assert.deepEqual(await messages(ofHost({ machine: { ssh: { ...ssh, port } } })), [
        refusal("machine.ssh.port", port, portAllowed),
      ]);
      const jump = { ...ssh, port };
      assert.deepEqual(await messages(ofHost({ machine: { ssh: { ...ssh, jump } } })), [
        refusal("machine.ssh.jump.port", port, portAllowed),
      ]);
    }
  });

  it("refuse intervals and limits outside of their ranges", async () => {
    const wrong: [object, RegExp][] = [
      [{ renewalIntervalMinutes: 14 }, /^KMS1003 renewalIntervalMinutes: 14 .*15 to 43200/],
      [{ activationIntervalMinutes: 43201 }, /^KMS1003 activationIntervalMinutes: 43201 /],
      [
        { key: { ...key, hostLimitException: { hosts: 6, reference: "x" } } },
        /^KMS1003 key\.hostLimitException\.hosts: 6 .*7 to 10000/,
      ],
    ];
    for (const [change, expected] of wrong) {
      const [message, ...others] = await messages(ofHost(change));
      assert.deepEqual(others, []);
      assert.match(message, expected);
    }
  });
});

describe("names, addresses and IDs", () => {
  it("refuse prefixes, computer names and IDs of another form", async () => {
    const wrong: [object, RegExp][] = [
      [{ clientPrefixes: ["10.20.0.256/16"] }, /^KMS1003 clientPrefixes\[0\]: "10\.20\.0\.256\/16" /],
      [{ clientPrefixes: ["1::2::3"] }, /^KMS1003 clientPrefixes\[0\]: "1::2::3" /],
      [{ clientPrefixes: ["fd00::/129"] }, /^KMS1003 clientPrefixes\[0\]: "fd00::\/129" /],
      [{ clientPrefixes: ["10.20.0.0/33"] }, /^KMS1003 clientPrefixes\[0\]: "10\.20\.0\.0\/33" /],
      [
        { machine: { create: { ...create, computerName: "much-too-long-name" } } },
        /^KMS1003 machine\.create\.computerName: .*1 to 15 letters/,
      ],
      [
        { machine: { azureVmId: "kms" } },
        /^KMS1003 machine\.azureVmId: "kms" .*Azure resource ID of a virtual machine/,
      ],
    ];
    for (const [change, expected] of wrong) {
      const [message, ...others] = await messages(ofHost(change));
      assert.deepEqual(others, []);
      assert.match(message, expected);
    }
  });

  for (const fqdn of ["kms.corp.example", "kms01", "10.20.1.4", "fd00::4"]) {
    it(`take ${fqdn} as the name of a host`, async () => {
      assert.deepEqual(await ofHost({ machine: { fqdn }, readOnly: true }), []);
    });
  }

  for (const fqdn of ["", "kms_1.corp.example", "10.20.1.256", "::::", "kms.corp.example."]) {
    it(`refuse "${fqdn}" as the name of a host`, async () => {
      assert.deepEqual(await brief(ofHost({ machine: { fqdn }, readOnly: true })), ["KMS1003 machine.fqdn"]);
    });
  }

  it("refuse a zone name with a final period, an address, or too long for the service's name", async () => {
    const labels = "a".repeat(59);
    const longest = [labels, labels, labels, labels, "b"].join(".");
    assert.equal("_vlmcs._tcp.".length + longest.length, 253);
    assert.deepEqual(await ofZone({ zoneName: longest }), []);
    assert.equal((await ofZone({ zoneName: `b${longest}` })).length, 1);
    assert.deepEqual(await ofZone({ zoneName: "corp" }), [], "a domain may have one label");
    for (const given of [
      "corp.example.",
      "10.0.0.4",
      "2001:db8::1",
      "[::1]",
      "::1",
      "a..example",
      "-a.b",
      "",
    ]) {
      assert.deepEqual(await messages(ofZone({ zoneName: given })), [
        refusal("zones[0].zoneName", given, zoneAllowed),
      ]);
    }
  });

  it("take DNS servers by address and name, with a port, and refuse all else", async () => {
    const servers = ["10.0.0.4", "dc1.corp.example:5353", "[::1]:53"];
    assert.deepEqual(await ofZone({ dynamicUpdate: { servers } }), []);
    const wrong = ["10.0.0.4:65536", "10.0.0.4:99999", "[::1]:70000", "10.0.0.4:0", "10.0.0.4:"].concat([
      "10.0.0.256",
      "300.1.1.1:53",
      "[1::2::3]:53",
      "::1",
      "2001:db8::4",
      "dc1_",
      "udp://10.0.0.4",
      "",
    ]);
    for (const server of wrong) {
      assert.deepEqual(await messages(ofZone({ dynamicUpdate: { servers: ["10.0.0.4", server] } })), [
        refusal(
          "zones[0].dynamicUpdate.servers[1]",
          server,
          "an IPv4 address, a name, or an IPv6 address in brackets, with a port where that is not 53: 10.0.0.4, dc1.corp.example:5353, [::1]:53",
        ),
      ]);
    }
    for (const list of [[], ["10.0.0.4", "10.0.0.4"]]) {
      assert.deepEqual(await brief(ofZone({ dynamicUpdate: { servers: list } })), [
        "KMS1003 zones[0].dynamicUpdate.servers",
      ]);
    }
  });

  it("take TSIG keys with the algorithms of the package, and do not show a secret that is no base64", async () => {
    const ofKey = (changes: object) =>
      ofZone({ dynamicUpdate: { ...dynamicUpdate, tsig: { ...tsig, ...changes } } });
    assert.deepEqual(await ofKey({ keyName: "kms-update.", algorithm: "hmac-sha512" }), []);
    const path = "zones[0].dynamicUpdate.tsig";
    assert.deepEqual(await messages(ofKey({ algorithm: "hmac-md5" })), [
      refusal(`${path}.algorithm`, "hmac-md5", "hmac-sha256, hmac-sha384 or hmac-sha512"),
    ]);
    for (const secret of ["no base64!", "YWJ", "", "=abc"]) {
      assert.deepEqual(await messages(ofKey({ secret })), [
        `KMS1003 ${path}.secret: a text of ${secret.length} characters is not allowed. ` +
          "Specify the secret of the key in base64, as in the server's key statement.",
      ]);
    }
    assert.deepEqual(await brief(ofZone({ dynamicUpdate: { ...dynamicUpdate, tsig: {} } })), [
      `KMS1002 ${path}.keyName`,
      `KMS1002 ${path}.secret`,
    ]);
  });
});
