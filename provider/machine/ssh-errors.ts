import { KmsError } from "../errors/kms-error";
import { maskSecrets } from "./licensing-script";
import { type SshEndpoint, sshName, sshPort } from "./ssh-address";
import { isSameFingerprint, type SeenHostKey } from "./ssh-connection";

/** What ssh2 adds to errors: the layer that failed, and the system's own code. */
interface SshFailure extends Error {
  level?: string;
  code?: string;
}

/** An attempt to connect, for what its errors say and what they must not say. */
export interface ConnectContext {
  /** The server's name in messages. */
  machine: string;
  endpoint: SshEndpoint;
  secrets: readonly string[];
  /** The host key that the server showed; undefined before it did. */
  seen?: SeenHostKey;
}

const notFound = ["ENOTFOUND", "EAI_AGAIN", "EAI_NODATA", "EAI_NONAME"];
const notReached = ["ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN", "EACCES", "EPERM"];

/** Says what it means that no connection came about; nothing has been done on the machine. */
export function connectError(failure: unknown, context: ConnectContext): KmsError {
  const { endpoint, seen, secrets } = context;
  const error = asError(failure);
  const { level, code = "" } = error;
  const fail = (kmsCode: string, values = {}) =>
    sshError(kmsCode, error, context.machine, secrets, { port: sshPort(endpoint), ...values });
  if (seen !== undefined && !isSameFingerprint(seen.fingerprint, endpoint.hostKeyFingerprint)) {
    const { type, fingerprint } = seen;
    return fail("KMS3204", { type, seen: fingerprint, expected: endpoint.hostKeyFingerprint });
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
    return fail("KMS3205", { user: endpoint.user, methods: methodsOf(endpoint) });
  }
  return fail(error.message.startsWith("Cannot parse privateKey") ? "KMS3206" : "KMS3212", {
    user: endpoint.user,
    target: sshName(endpoint),
  });
}

/** Whether the server dropped the connection before it said who it is, as a busy one does; another attempt may succeed. */
export function isDroppedEarly(failure: unknown, seen: SeenHostKey | undefined): boolean {
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
  const cause = withoutSecrets(asError(failure), secrets);
  return new KmsError(code, { values: { machine, reason: oneSentence(cause.message), ...values }, cause });
}

const asError = (failure: unknown): SshFailure =>
  failure instanceof Error ? failure : new Error(String(failure));

function methodsOf({ password, privateKey, agent }: SshEndpoint): string {
  const given = [
    ...(password === undefined ? [] : ["the password"]),
    ...(privateKey === undefined ? [] : ["the private key"]),
    ...(agent === true || (password === undefined && privateKey === undefined) ? ["the agent's keys"] : []),
  ];
  return given.join(" and ");
}

function withoutSecrets(
  { message, name, stack, code, level }: SshFailure,
  secrets: readonly string[],
): Error {
  const copy = new Error(maskSecrets(message, secrets));
  copy.name = name;
  copy.stack = stack === undefined ? undefined : maskSecrets(stack, secrets);
  return Object.assign(copy, code !== undefined && { code }, level !== undefined && { level });
}

const oneSentence = (message: string) => message.trim().split("\n")[0].replace(/\.$/, "");
