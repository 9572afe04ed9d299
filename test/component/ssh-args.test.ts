import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { argumentDiagnostics } from "../../provider/component/validate-args";
import { withSshSecrets } from "../../provider/component/old-args";
import { ssh } from "../../provider/validators.generated";

const good = {
  host: "kms1.corp.example",
  user: "CORP\\admin",
  hostKeyFingerprint: `SHA256:${"a".repeat(43)}`,
};
const messages = (values: Record<string, unknown>) =>
  argumentDiagnostics(ssh, { values, unknownPaths: new Set<string>() }).map(({ message }) => message);

describe("ssh arguments", () => {
  it("need a host, a user and the fingerprint of the host key", () => {
    assert.deepEqual(messages(good), []);
    assert.deepEqual(messages({ ...good, jump: good, port: 2222, keepAliveSeconds: 30, agent: true }), []);
    assert.deepEqual(
      messages({}).map((message) => message.split(":")[0]),
      ["KMS1002 host", "KMS1002 user", "KMS1002 hostKeyFingerprint"],
    );
  });

  it("refuse a fingerprint of another form and a jump over a jump", () => {
    assert.match(
      messages({ ...good, hostKeyFingerprint: "MD5:aa:bb" })[0],
      /^KMS1003 hostKeyFingerprint: "MD5:aa:bb"/,
    );
    assert.match(messages({ ...good, jump: { ...good, jump: good } })[0], /^KMS1001 jump\.jump/);
    assert.match(messages({ ...good, port: 0 })[0], /^KMS1003 port: .*1 to 65535/);
  });

  it("never repeat a secret", () => {
    const secrets = { password: 12345678, privateKey: "", passphrase: 87654321 };
    const text = messages({ ...good, ...secrets, jump: { ...good, ...secrets } }).join("\n");
    assert.equal(text.split("\n").length, 6);
    assert.doesNotMatch(text, /12345678|87654321/);
  });

  it("are marked where they are secret", async () => {
    const marked = withSshSecrets({ ...good, password: "swordfish", jump: { ...good, privateKey: "key" } });
    assert.equal(await pulumi.isSecret(pulumi.output(marked.password)), true);
    assert.equal(await pulumi.isSecret(pulumi.output(marked.jump!.privateKey)), true);
    assert.equal(marked.host, "kms1.corp.example");
    assert.equal("passphrase" in marked, false);
  });
});
