import assert from "node:assert/strict";
import { utils } from "ssh2";
import { ed25519KeyPair } from "./sshd-config";

describe("lab/ssh/ed25519-key-pair", () => {
  it("gives keys that can be read", () => {
    const pair = ed25519KeyPair();
    assert.ok(!(utils.parseKey(pair.private) instanceof Error));
    assert.match(pair.public, /^ssh-ed25519 /);
  });

  it("throws a pair away that cannot be read", () => {
    const good = ed25519KeyPair();
    const made = [{ ...good, public: "ssh-ed25519 AAAA" }, { ...good, private: "" }, good];
    assert.equal(
      ed25519KeyPair(() => made.shift()!),
      good,
    );
    assert.deepEqual(made, []);
  });
});
