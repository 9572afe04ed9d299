import assert from "node:assert/strict";
import { completeSshAddress, sshKey, sshName, sshSecrets } from "../../provider/machine/ssh-address";

describe("machine/ssh-address", () => {
  const jump = { host: "gate.corp.example", user: "jump", password: "jump-Passw0rd" };
  const common = {
    user: "corp\\svc",
    password: "Zq7!lab-Passw",
    port: 2222,
    knownHosts: "*.corp.example …",
    jump,
  };

  it("lets a machine override what machines have in common, member by member", () => {
    const own = { host: "web1", port: undefined, user: "local", hostKeyFingerprint: "SHA256:abc" };
    assert.deepEqual(completeSshAddress(own, common), {
      host: "web1",
      port: 2222,
      user: "local",
      password: "Zq7!lab-Passw",
      knownHosts: "*.corp.example …",
      hostKeyFingerprint: "SHA256:abc",
      jump,
    });
    assert.deepEqual(completeSshAddress({ host: "web1", user: "local" }), { host: "web1", user: "local" });
  });

  it("tells machines apart by name and fingerprint, whatever they sign in with", () => {
    const one = { host: "Web1.corp.example", hostKeyFingerprint: "SHA256:abc" };
    assert.equal(sshKey(one), "web1.corp.example SHA256:abc");
    assert.equal(sshKey({ ...one, port: 2222 }), "web1.corp.example:2222 SHA256:abc");
    assert.equal(sshKey({ host: "web1" }), "web1");
    assert.equal(sshKey(completeSshAddress({ host: "web1" }, common)), "web1:2222");
    assert.equal(sshName({ host: "::1", port: 2222 }), "[::1]:2222");
  });

  it("knows the secrets of the machine and of its jump host", () => {
    assert.deepEqual(sshSecrets(completeSshAddress({ host: "web1", privateKey: "" }, common)), [
      "Zq7!lab-Passw",
      "jump-Passw0rd",
    ]);
  });
});
