import * as packet from "dns-packet";
import { createHmac, timingSafeEqual } from "node:crypto";
import { TsigAlgorithm } from "../catalog/constants";
import { KmsError } from "../errors/kms-error";
import {
  beforeLastAdditional,
  encodeRecord,
  recordClass,
  recordType,
  uint16,
  withAdditional,
} from "./dns-message";
import type { TsigKeyAddress } from "./zone";

/** Names of the hash functions in Node.js. */
const hashes: Record<TsigAlgorithm, string> = {
  [TsigAlgorithm.HmacSha256]: "sha256",
  [TsigAlgorithm.HmacSha384]: "sha384",
  [TsigAlgorithm.HmacSha512]: "sha512",
};

/** A key that updates are signed with. */
export interface TsigKey {
  name: string;
  algorithm: TsigAlgorithm;
  secret: Buffer;
}

/** The key of an address; undefined when updates are not signed. @throws KmsError KMS5015 */
export function tsigKey(address: TsigKeyAddress | undefined): TsigKey | undefined {
  if (address === undefined) {
    return undefined;
  }
  const { keyName, secret } = address;
  const algorithm = (address.algorithm ?? TsigAlgorithm.HmacSha256).toLowerCase();
  if (!isBase64(secret) || !isAlgorithm(algorithm)) {
    const allowed = Object.keys(hashes).join(", ");
    throw new KmsError("KMS5015", { values: { keyName, algorithm, allowed } });
  }
  return { name: keyName, algorithm, secret: Buffer.from(secret, "base64") };
}

const isAlgorithm = (name: string): name is TsigAlgorithm => Object.hasOwn(hashes, name);

const isBase64 = (text: string) =>
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) && text !== "";

/** What a signature says of an answer. */
export interface TsigCheck {
  /** Whether the answer carries the right signature of the server, made just now. */
  valid: boolean;
  /** Why it is not valid, in words. */
  reason?: string;
  /** The server's complaint about our signature: BADSIG, BADKEY, BADTIME or a number. */
  error?: string;
  /** For BADTIME: the server's clock, seconds since 1970. */
  serverTimeSeconds?: number;
}

/** How far two clocks may be apart. Source: RFC 8945 section 10. */
const fudgeSeconds = 300;

/** Source: RFC 8945 section 3. */
const errorNames: Record<number, string> = { 16: "BADSIG", 17: "BADKEY", 18: "BADTIME", 22: "BADTRUNC" };

/** The fields of a TSIG record. */
interface Tsig {
  timeSigned: number;
  fudgeSeconds: number;
  mac: Buffer;
  originalId: number;
  error: number;
  other: Buffer;
}

/** A message with its signature, and the code that the answer's signature builds on. */
export function signMessage(message: Buffer, key: TsigKey, nowSeconds: number) {
  const times = { timeSigned: nowSeconds, fudgeSeconds };
  const mac = hmac(key, [message, variables(key, { ...times, error: 0, other: Buffer.alloc(0) })]);
  const data = Buffer.concat([
    wireName(algorithmName(key)),
    time48(nowSeconds),
    uint16(fudgeSeconds, mac.length),
    mac,
    uint16(message.readUInt16BE(0), 0, 0),
  ]);
  const record = { name: key.name, type: recordType.tsig, class: recordClass.any, ttlSeconds: 0, data };
  return { signed: withAdditional(message, encodeRecord(record)), mac };
}

/** Whether an answer was made by who has the key, for this request, just now. Source: RFC 8945 section 5.3. */
export function checkAnswer(answer: Buffer, key: TsigKey, requestMac: Buffer, nowSeconds: number): TsigCheck {
  const additionals = packet.decode(answer).additionals ?? [];
  if (additionals.at(-1)?.type !== "TSIG") {
    return { valid: false, reason: "it is not signed" };
  }
  const before = beforeLastAdditional(answer);
  const { name, data } = packet.answer.decode(answer, before.length) as {
    name: string;
    data: Buffer;
  };
  const { algorithm, tsig } = decodeTsig(data);
  const error = tsig.error === 0 ? {} : { error: errorNames[tsig.error] ?? String(tsig.error) };
  const serverTime = tsig.other.length === 6 ? { serverTimeSeconds: tsig.other.readUIntBE(0, 6) } : {};
  const found = { ...error, ...serverTime };
  if (!sameName(name, key.name) || !sameName(algorithm, algorithmName(key))) {
    return { valid: false, reason: `it is signed with the key ${name} and ${algorithm}`, ...found };
  }
  before.writeUInt16BE(tsig.originalId, 0);
  const expected = hmac(key, [uint16(requestMac.length), requestMac, before, variables(key, tsig)]);
  if (tsig.mac.length !== expected.length || !timingSafeEqual(tsig.mac, expected)) {
    return { valid: false, reason: "its signature is not made with the secret of the key", ...found };
  }
  return Math.abs(nowSeconds - tsig.timeSigned) > tsig.fudgeSeconds
    ? { valid: false, reason: "it was signed too long ago", ...found }
    : { valid: true, ...found };
}

function decodeTsig(data: Buffer): { algorithm: string; tsig: Tsig } {
  const algorithm = packet.name.decode(data, 0);
  let offset = packet.name.decode.bytes;
  const take = (length: number) => data.subarray(offset, (offset += length));
  const timeSigned = take(6).readUIntBE(0, 6);
  const fudge = take(2).readUInt16BE();
  const mac = take(take(2).readUInt16BE());
  const originalId = take(2).readUInt16BE();
  const error = take(2).readUInt16BE();
  const other = take(take(2).readUInt16BE());
  return { algorithm, tsig: { timeSigned, fudgeSeconds: fudge, mac, originalId, error, other } };
}

/** What is signed beside the message. Source: RFC 8945 section 4.3.3. */
function variables(key: TsigKey, tsig: Omit<Tsig, "mac" | "originalId">): Buffer {
  return Buffer.concat([
    wireName(key.name),
    uint16(recordClass.any, 0, 0),
    wireName(algorithmName(key)),
    time48(tsig.timeSigned),
    uint16(tsig.fudgeSeconds, tsig.error, tsig.other.length),
    tsig.other,
  ]);
}

function hmac(key: TsigKey, pieces: Buffer[]): Buffer {
  const code = createHmac(hashes[key.algorithm], key.secret);
  pieces.forEach((piece) => code.update(piece));
  return code.digest();
}

const algorithmName = ({ algorithm }: TsigKey) => `${algorithm}.`;

/** A name as it is signed: lower case, not compressed. */
const wireName = (name: string) => packet.name.encode(name.toLowerCase());
const sameName = (left: string, right: string) => wireName(left).equals(wireName(right));

function time48(seconds: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUIntBE(seconds, 0, 6);
  return bytes;
}
