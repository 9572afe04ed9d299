import assert from "node:assert/strict";
import { diagnostic } from "../../provider/rules/diagnostic";
import { type Secrets, secretsAmong, withoutSecrets } from "../../provider/rules/secrets";

describe("secrets in diagnostics", () => {
  const args = {
    os: "Windows Server 2022",
    machine: { fqdn: "hidden.corp.example" },
    clientPrefixes: ["10.0.0.0/8", "10.20.0.0/16"],
    key: { productKey: "abc" },
  };

  it("are the texts whose paths are secret, as far as they are long enough to be one", () => {
    const secret = ["machine.fqdn", "clientPrefixes[1]", "key.productKey"];
    assert.deepEqual(secretsAmong({ args, isSecret: (path) => secret.includes(path) }), {
      texts: ["hidden.corp.example", "10.20.0.0/16"],
      short: [{ path: "key.productKey", text: "abc" }],
    });
    assert.deepEqual(secretsAmong({ args }), { texts: [], short: [] });
  });

  it("are taken out of the message, in any case and in full, and nothing else is", () => {
    const long = `${"x".repeat(70)}.corp.example`;
    const shown = (given: string, texts: string[]) =>
      withoutSecrets([diagnostic("KMS2242", "error", "hosts[0]", { given })], { texts, short: [] })[0]
        .message;
    const plain =
      "KMS2242 hosts[0]: the program has no KMSHost NAME. Specify the logical name of a KMSHost of the same program.";
    assert.equal(shown("a.b (Hidden.Corp)", ["hidden.corp"]), plain.replace("NAME", "a.b ([secret])"));
    assert.equal(shown("aXb", ["a.b"]), plain.replace("NAME", "aXb"));
    const { texts } = secretsAmong({ args: { long }, isSecret: () => true });
    assert.equal(shown(long, texts), plain.replace("NAME", "[secret]"));
    assert.equal(shown(`"${long}`.slice(0, 60), texts), plain.replace("NAME", '"[secret]'));
    assert.equal(shown("plain", []), plain.replace("NAME", "plain"));
  });

  it("are taken out of what is said of their own argument where they are short or numbers", () => {
    const given = { port: 1700, os: "XP", zones: [{ zoneName: "a" }], edition: "" };
    const own: Secrets = secretsAmong({ args: given, isSecret: () => true });
    const shown = (code: string, path: string, values: Record<string, string | number>) =>
      withoutSecrets([diagnostic(code, "error", path, values)], own)[0].message;
    assert.match(
      shown("KMS2002", "os", { given: "XP", allowed: "XPerience", hint: "" }),
      /^KMS2002 os: the catalogue has no operating system "\[secret\]"\. Use one of: XPerience\./,
    );
    assert.match(
      shown("KMS2002", "edition", { given: "XP", allowed: "", hint: "" }),
      /no operating system "XP"/,
      "the same letters by chance",
    );
    assert.match(
      shown("KMS1003", "port", { given: 1700, allowed: "1 to 65535" }),
      /^KMS1003 port: \[secret\] is not/,
    );
    assert.match(
      shown("KMS5019", "zones[0].zoneName", { given: "a" }),
      /^KMS5019 zones\[0\]\.zoneName: \[secret\] is not/,
    );
  });
});
