import assert from "node:assert/strict";
import { configValues } from "../../../provider/lab/run/config-values";
import { labProductKey } from "../../../provider/lab/run/lab-product-key";

const keyGroup = "Volume License for Windows Server 2022";

describe("configValues", () => {
  it("makes the secrets that lab.json asks for", () => {
    const { plain, secret } = configValues({
      config: { location: "westeurope" },
      secrets: { key: { labKey: keyGroup }, password: { generate: "password" } },
    });
    assert.deepEqual(plain, { location: "westeurope" });
    assert.deepEqual(Object.keys(secret), ["key", "password"]);
    assert.equal(secret.key, labProductKey(keyGroup));
    assert.equal(secret.password.length, 24);
  });

  it("adds what the lab found out, unless lab.json has a value of its own", () => {
    const found = {
      plain: { zone: "corp.example", dnsServer: "127.0.0.1:5300" },
      secret: { sshPrivateKey: "key" },
    };
    assert.deepEqual(configValues({ config: { zone: "other.example" }, secrets: {} }, found), {
      plain: { zone: "other.example", dnsServer: "127.0.0.1:5300" },
      secret: { sshPrivateKey: "key" },
    });
  });
});
