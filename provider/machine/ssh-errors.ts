import { KmsError } from "../errors/kms-error";
import { type ExpectedHostKeys, type HostKey, unknownHostKey } from "./host-keys";
import { oneSentence, withoutSecrets } from "./secrets";
import { sshName, sshPort, type SshServer } from "./ssh-address";

/** What ssh2 adds to errors: the layer that failed, and the system's own code. */
interface SshFailure extends Error {
  level?: string;
  code?: string;
}

/** An attempt to connect, for what its errors say and what they must not say. */
export interface ConnectContext {
  /** The server's name in messages. */
  machine: string;
  server: SshServer;
  secrets: readonly string[];
  expected: ExpectedHostKeys;
  /** The host key that the server showed; undefined before it did. */
  seen?: HostKey;
}

const notFound = ["ENOTFOUND", "EAI_AGAIN", "EAI_NODATA", "EAI_NONAME"];
const notReached = ["ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN", "EACCES", "EPERM"];

/** Says what it means that no connection came about; nothing has been done on the machine. */
export function connectError(failure: unknown, context: ConnectContext): KmsError {
  const { server, expected, seen, secrets } = context;
  const error = asError(failure);
  const { level, code = "" } = error;
  const fail = (kmsCode: string, values = {}) =>
    sshError(kmsCode, error, context.machine, secrets, { port: sshPort(server), ...values });
  if (seen !== undefined && expected.revoked.includes(seen.fingerprint)) {
    return fail("KMS3215", { type: seen.type, seen: seen.fingerprint });
  }
  if (seen !== undefined && !expected.accepted.includes(seen.fingerprint)) {
    const { type, fingerprint } = seen;
    return fail("KMS3204", { type, seen: fingerprint, expected: expected.accepted.join(" or ") });
  }
  if (expected.algorithms !== undefined && error.message.includes("no matching host key format")) {
    const reason = `knownHosts has keys for ${expected.algorithms.join(", ")} only, and the server has none of them`;
    return unknownHostKey(server, reason, error);
  }
  if (notFound.includes(code)) {
    return fail("KMS3201");
  }
  if (code === "ECONNREFUSED") {
    return fail("KMS3202");
  }
  if (level === "client-timeout" || notReached.includes(code)) {
    return fail("KMS3203");
  }
  if (level === "client-authentication") {
    return fail("KMS3205", { user: userOf(server), methods: methodsOf(server) });
  }
  return fail(error.message.startsWith("Cannot parse privateKey") ? "KMS3206" : "KMS3212", {
    user: userOf(server),
    target: sshName(server),
  });
}

/** Whether the server dropped the connection before it said who it is, as a busy one does; another attempt may succeed. */
export function isDroppedEarly(failure: unknown, seen: HostKey | undefined): boolean {
  const { level, code, message } = asError(failure);
  const dropped =
    code === "ECONNRESET" || code === "EPIPE" || /before handshake|socket was closed/i.test(message);
  return seen === undefined && dropped && level !== "client-timeout";
}

/** An error about a machine with what ssh2 said as its cause, without secrets. */
export function sshError(
  code: string,
  failure: unknown,
  machine: string,
  secrets: readonly string[],
  values: Record<string, string | number> = {},
): KmsError {
  const cause = withoutSecrets(failure, secrets, ["code", "level"]);
  return new KmsError(code, { values: { machine, reason: oneSentence(cause.message), ...values }, cause });
}

const asError = (failure: unknown): SshFailure =>
  failure instanceof Error ? failure : new Error(String(failure));

const userOf = ({ user }: SshServer) => user ?? "";

function methodsOf({ password, privateKey, agent }: SshServer): string {
  const given = [
    ...(password === undefined ? [] : ["the password"]),
    ...(privateKey === undefined ? [] : ["the private key"]),
    ...(agent === true || (password === undefined && privateKey === undefined) ? ["the agent's keys"] : []),
  ];
  return given.join(" and ");
}
