import { createHash } from "node:crypto";

/** A host key as a server shows it. */
export interface SeenHostKey {
  /** For example `ssh-ed25519`. */
  type: string;
  /** `SHA256:` and the hash of the key, as `ssh-keygen -l` shows it. */
  fingerprint: string;
}

/** Describes a public key in SSH's wire format, which begins with the key's type. Source: RFC 4253, section 6.6. */
export function describeHostKey(key: Buffer): SeenHostKey {
  const length = key.length < 4 ? 0 : key.readUInt32BE(0);
  const hash = createHash("sha256").update(key).digest("base64").replace(/=+$/, "");
  return { type: key.subarray(4, 4 + length).toString("latin1"), fingerprint: `SHA256:${hash}` };
}

/** Whether a fingerprint is the expected one; some tools pad it. */
export const isSameFingerprint = (seen: string, expected: string) => seen === expected.replace(/=+$/, "");
