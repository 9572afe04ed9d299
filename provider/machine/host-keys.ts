import { createHash, createHmac } from "node:crypto";
import { KmsError } from "../errors/kms-error";
import { type SshServer, sshName, sshPort } from "./ssh-address";

/** A server's public key. */
export interface HostKey {
  /** For example `ssh-ed25519`. */
  type: string;
  /** `SHA256:` and the hash of the key, as `ssh-keygen -l` shows it. */
  fingerprint: string;
}

/** Describes a public key in SSH's wire format, which begins with the key's type. Source: RFC 4253, section 6.6. */
export function describeHostKey(key: Buffer): HostKey {
  const length = key.length < 4 ? 0 : key.readUInt32BE(0);
  const hash = createHash("sha256").update(key).digest("base64").replace(/=+$/, "");
  return { type: key.subarray(4, 4 + length).toString("latin1"), fingerprint: `SHA256:${hash}` };
}

/** What a server is recognised by. */
export interface ExpectedHostKeys {
  /** Fingerprints of which the server must show one. */
  accepted: string[];
  /** Fingerprints that are never accepted. */
  revoked: string[];
  /** Host key algorithms to ask the server for; undefined for those of the SSH client. */
  algorithms?: string[];
}

/** Algorithms that a server proves to have a key by, for the types of keys that the SSH client has. Source: RFC 8332, RFC 5656. */
const algorithmsOf: Record<string, string[]> = {
  "ssh-ed25519": ["ssh-ed25519"],
  "ecdsa-sha2-nistp256": ["ecdsa-sha2-nistp256"],
  "ecdsa-sha2-nistp384": ["ecdsa-sha2-nistp384"],
  "ecdsa-sha2-nistp521": ["ecdsa-sha2-nistp521"],
  "ssh-rsa": ["rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"],
};

/** What the server is recognised by: its own fingerprint, else `knownHosts`. @throws KmsError KMS3213, KMS3214 */
export function expectedHostKeys(server: SshServer): ExpectedHostKeys {
  const { hostKeyFingerprint, knownHosts } = server;
  if (hostKeyFingerprint !== undefined && hostKeyFingerprint !== "") {
    // Some tools pad it.
    return { accepted: [hostKeyFingerprint.replace(/=+$/, "")], revoked: [] };
  }
  if (knownHosts === undefined) {
    throw unknownHostKey(server, "neither hostKeyFingerprint nor knownHosts is given");
  }
  const lines = linesOf(knownHosts, server);
  const named = lines.filter(({ marker }) => marker !== "@revoked");
  const usable = named.filter(({ marker, key }) => marker === "" && key.type in algorithmsOf);
  if (named.length === 0) {
    throw unknownHostKey(server, `no line of knownHosts names ${nameInFile(server)}`);
  }
  if (usable.length === 0) {
    const [{ number, marker, key }] = named;
    const reason =
      marker === ""
        ? `has a ${key.type} key; supported are ${Object.keys(algorithmsOf).join(", ")}`
        : "names a certificate authority, and host certificates are not supported";
    throw unusableLine(server, number, reason);
  }
  return {
    accepted: usable.map(({ key }) => key.fingerprint),
    revoked: lines.filter(({ marker }) => marker === "@revoked").map(({ key }) => key.fingerprint),
    algorithms: [...new Set(usable.flatMap(({ key }) => algorithmsOf[key.type]))],
  };
}

/** The error for a server of which no host key is known. */
export const unknownHostKey = (server: SshServer, reason: string, cause?: unknown) =>
  new KmsError("KMS3213", {
    values: { machine: sshName(server), reason, host: server.host, port: sshPort(server) },
    cause,
  });

const unusableLine = (server: SshServer, line: number, reason: string) =>
  new KmsError("KMS3214", { values: { machine: sshName(server), line, reason } });

/** One line of a `known_hosts` file. */
interface KnownHostLine {
  /** From 1. */
  number: number;
  marker: "" | "@revoked" | "@cert-authority";
  /** Names and patterns with commas between them, or one hashed name. */
  names: string;
  key: HostKey;
}

/**
 * The lines about a server. As with OpenSSH, lines for its host without a port count where none has its port.
 * Format: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT.
 */
function linesOf(knownHosts: string, server: SshServer): KnownHostLine[] {
  const lines = knownHosts.split("\n").flatMap((text, index) => parseLine(text, index + 1, server));
  const about = (name: string) => lines.filter(({ names }) => isNamed(names, name));
  const withPort = about(nameInFile(server));
  const hasKey = withPort.some(({ marker }) => marker !== "@revoked");
  return hasKey ? withPort : [...withPort, ...about(server.host.toLowerCase())];
}

/** The name of a server in the file: `host`, or `[host]:port` with another port than SSH's own. */
const nameInFile = (server: SshServer) => {
  const host = server.host.toLowerCase();
  return sshPort(server) === 22 ? host : `[${host}]:${sshPort(server)}`;
};

function parseLine(text: string, number: number, server: SshServer): KnownHostLine[] {
  const fields = text.trim().split(/\s+/);
  if (fields[0] === "" || fields[0].startsWith("#")) {
    return [];
  }
  const marker = fields[0].startsWith("@") ? fields.shift()! : "";
  if (marker !== "" && marker !== "@revoked" && marker !== "@cert-authority") {
    throw unusableLine(server, number, `has the marker ${marker}; there are @revoked and @cert-authority`);
  }
  const [names, type, base64 = ""] = fields;
  const key = describeHostKey(Buffer.from(base64, "base64"));
  if (type === undefined || key.type !== type) {
    throw unusableLine(server, number, "is not made of names, key type and key in base64");
  }
  return [{ number, marker, names, key }];
}

/** Whether the names of a line stand for this one: a name with a `!` before it excludes what the others include. */
function isNamed(names: string, name: string): boolean {
  const hashed = /^\|1\|([^|]+)\|([^|]+)$/.exec(names);
  if (hashed !== null) {
    const [, salt, hash] = hashed;
    return createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest("base64") === hash;
  }
  const patterns = names.toLowerCase().split(",");
  const matching = patterns.filter((pattern) => matches(pattern.replace(/^!/, ""), name));
  return matching.length > 0 && !matching.some((pattern) => pattern.startsWith("!"));
}

/** `*` stands for any characters, `?` for one. */
function matches(pattern: string, name: string): boolean {
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(name);
}
