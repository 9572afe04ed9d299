import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { KmsError } from "../../provider/errors/kms-error";
import { describeHostKey, expectedHostKeys } from "../../provider/machine/host-keys";

/** A public key in SSH's wire format, as far as its type goes. */
function publicKey(type: string, text: string): { line: string; fingerprint: string } {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(type.length);
  const key = Buffer.concat([length, Buffer.from(`${type}${text}`)]);
  return { line: `${type} ${key.toString("base64")}`, fingerprint: describeHostKey(key).fingerprint };
}

const ed25519 = publicKey("ssh-ed25519", "one");
const rsa = publicKey("ssh-rsa", "two");
const other = publicKey("ssh-ed25519", "other");

const server = { host: "KMS1.corp.example" };
const expected = (knownHosts: string, address: { host: string; port?: number } = server) =>
  expectedHostKeys({ ...address, knownHosts });
const accepted = (knownHosts: string, address?: { host: string; port?: number }) =>
  expected(knownHosts, address).accepted;

const fails = (code: string, text: RegExp) => (error: unknown) => {
  assert.ok(error instanceof KmsError);
  assert.equal(error.code, code);
  assert.match(error.message, text);
  return true;
};

function hashed(name: string): string {
  const salt = Buffer.from("twenty bytes of salt");
  return `|1|${salt.toString("base64")}|${createHmac("sha1", salt).update(name).digest("base64")}`;
}

describe("machine/host-keys", () => {
  it("takes a fingerprint before knownHosts, padded or not", () => {
    const hostKeyFingerprint = `${ed25519.fingerprint}=`;
    assert.deepEqual(expectedHostKeys({ ...server, hostKeyFingerprint, knownHosts: "" }), {
      accepted: [ed25519.fingerprint],
      revoked: [],
    });
  });

  it("finds every key of a host by its name, without regard to case, and asks for their types", () => {
    const lines = `
# a comment
other.example ${other.line}
kms1,kms1.CORP.example,10.0.0.4 ${ed25519.line} root@kms1
kms1.corp.example ${rsa.line}
`;
    assert.deepEqual(expected(lines), {
      accepted: [ed25519.fingerprint, rsa.fingerprint],
      revoked: [],
      algorithms: ["ssh-ed25519", "rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"],
    });
  });

  it("finds hashed names, with and without a port", () => {
    const lines = [
      `${hashed("other.example")} ${other.line}`,
      `${hashed("kms1.corp.example")} ${ed25519.line}`,
      `${hashed("[kms1.corp.example]:2222")} ${rsa.line}`,
    ].join("\n");
    assert.deepEqual(accepted(lines), [ed25519.fingerprint]);
    assert.deepEqual(accepted(lines, { ...server, port: 2222 }), [rsa.fingerprint]);
  });

  it("prefers the line with the port, and takes that of the host where there is none", () => {
    const lines = `kms1.corp.example ${ed25519.line}\n[kms1.corp.example]:2222 ${rsa.line}\r\n`;
    assert.deepEqual(accepted(lines, { ...server, port: 2222 }), [rsa.fingerprint]);
    assert.deepEqual(accepted(lines, { ...server, port: 2223 }), [ed25519.fingerprint]);
    assert.deepEqual(accepted(lines), [ed25519.fingerprint]);
    assert.deepEqual(accepted(`[::1]:2222 ${rsa.line}`, { host: "::1", port: 2222 }), [rsa.fingerprint]);
  });

  it("understands patterns and exclusions", () => {
    const lines = `*.corp.example,!kms2.corp.example,kms?.site ${ed25519.line}`;
    assert.deepEqual(accepted(lines), [ed25519.fingerprint]);
    assert.deepEqual(accepted(lines, { host: "kms3.site" }), [ed25519.fingerprint]);
    assert.throws(() => accepted(lines, { host: "kms2.corp.example" }), fails("KMS3213", /no line of/));
    assert.throws(() => accepted(lines, { host: "kms33.site" }), fails("KMS3213", /no line of/));
    assert.throws(() => accepted(lines, { host: "kmsxcorpxexample" }), fails("KMS3213", /no line of/));
  });

  it("keeps the keys that are revoked", () => {
    const lines = `*.corp.example ${ed25519.line}\n@revoked * ${other.line}`;
    const { accepted, revoked } = expected(lines);
    assert.deepEqual([accepted, revoked], [[ed25519.fingerprint], [other.fingerprint]]);
    assert.throws(() => expected(`@revoked * ${other.line}`), fails("KMS3213", /no line of knownHosts/));
  });

  it("names the command for the key that is missing", () => {
    assert.throws(
      () => expected(`other.example ${other.line}`, { ...server, port: 2222 }),
      fails("KMS3213", /names \[kms1\.corp\.example\]:2222\. Run `ssh-keyscan -p 2222 KMS1\.corp\.example`/),
    );
    assert.throws(
      () => expectedHostKeys(server),
      fails("KMS3213", /neither hostKeyFingerprint nor knownHosts/),
    );
  });

  it("says which line it cannot use, and why", () => {
    const authority = `@cert-authority *.corp.example ${ed25519.line}`;
    assert.throws(
      () => expected(`\n${authority}`),
      fails("KMS3214", /line 2 .* names a certificate authority/),
    );
    assert.deepEqual(accepted(`${authority}\nkms1.corp.example ${rsa.line}`), [rsa.fingerprint]);
    const dsa = publicKey("ssh-dss", "old").line;
    assert.throws(
      () => expected(`kms1.corp.example ${dsa}`),
      fails("KMS3214", /has a ssh-dss key; supported/),
    );
    assert.throws(() => expected(`@other * ${rsa.line}`), fails("KMS3214", /has the marker @other/));
    for (const broken of [
      "kms1.corp.example",
      "kms1 ssh-rsa",
      `kms1 ssh-rsa ${ed25519.line.split(" ")[1]}`,
    ]) {
      assert.throws(() => expected(broken), fails("KMS3214", /line 1 .* is not made of names/));
    }
  });
});
