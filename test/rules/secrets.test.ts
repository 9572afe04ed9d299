import assert from "node:assert/strict";
import { diagnostic } from "../../provider/rules/diagnostic";
import { secretTexts, withoutSecrets } from "../../provider/rules/secrets";

describe("secrets in diagnostics", () => {
  const args = {
    os: "Windows Server 2022",
    machine: { fqdn: "hidden.corp.example" },
    clientPrefixes: ["10.0.0.0/8", "10.20.0.0/16"],
    key: { productKey: "abc" },
  };

  it("are the texts whose paths are secret, as far as they are long enough to be one", () => {
    const secret = ["machine.fqdn", "clientPrefixes[1]", "key.productKey"];
    assert.deepEqual(secretTexts({ args, isSecret: (path) => secret.includes(path) }), [
      "hidden.corp.example",
      "10.20.0.0/16",
    ]);
    assert.deepEqual(secretTexts({ args }), []);
  });

  it("are taken out of the message, in any case and in full, and nothing else is", () => {
    const long = `${"x".repeat(70)}.corp.example`;
    const shown = (given: string, texts: string[]) =>
      withoutSecrets([diagnostic("KMS2242", "error", "hosts[0]", { given })], texts)[0].message;
    const plain =
      "KMS2242 hosts[0]: the program has no KMSHost NAME. Specify the logical name of a KMSHost of the same program.";
    assert.equal(shown("a.b (Hidden.Corp)", ["hidden.corp"]), plain.replace("NAME", "a.b ([secret])"));
    assert.equal(shown("aXb", ["a.b"]), plain.replace("NAME", "aXb"));
    const texts = secretTexts({ args: { long }, isSecret: () => true });
    assert.equal(shown(long, texts), plain.replace("NAME", "[secret]"));
    assert.equal(shown(`"${long}`.slice(0, 60), texts), plain.replace("NAME", '"[secret]'));
    assert.equal(shown("plain", []), plain.replace("NAME", "plain"));
  });
});
