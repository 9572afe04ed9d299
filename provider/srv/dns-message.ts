import * as packet from "dns-packet";

interface Codec<T> {
  encode(value: T, target?: Buffer, offset?: number): Buffer;
  decode: { (message: Buffer, offset: number): T; bytes: number };
}

declare module "dns-packet" {
  // The package has these; its type declarations leave them out.
  interface DecodedPacket {
    rcode: string;
  }
  const name: Codec<string>;
  const question: Codec<packet.Question>;
  const answer: Codec<packet.Answer>;
  const srv: Codec<packet.SrvData>;
}

/** Numbers of the record types and classes in use. Source: IANA DNS parameters, RFC 2136 section 2. */
export const recordType = { cname: 5, soa: 6, srv: 33, opt: 41, tsig: 250, any: 255 } as const;
export const recordClass = { internet: 1, none: 254, any: 255 } as const;

/** Numbers of the kinds of message. */
export const opcode = { query: 0, update: 5 } as const;

/** One record as it stands in a message; prerequisites and deletions have no data or another class. */
export interface WireRecord {
  name: string;
  type: number;
  class: number;
  ttlSeconds: number;
  data: Buffer;
}

/** A request: the question or zone, and records of the three sections behind it. */
export interface DnsRequest {
  id: number;
  opcode: number;
  question: { name: string; type: number };
  /** Prerequisites of an update. */
  answers?: WireRecord[];
  /** Changes of an update. */
  authorities?: WireRecord[];
  additionals?: WireRecord[];
}

const headerLength = 12;
const additionalCountOffset = 10;

/**
 * The message as it is sent, without a signature. It is put together from the codecs of dns-packet, whose own messages
 * have no class NONE, which deletions and prerequisites of an update need.
 */
export function encodeRequest({
  id,
  opcode,
  question,
  answers = [],
  authorities = [],
  additionals = [],
}: DnsRequest): Buffer {
  const header = Buffer.alloc(headerLength);
  [id, opcode << 11, 1, answers.length, authorities.length, additionals.length].forEach((value, index) =>
    header.writeUInt16BE(value, index * 2),
  );
  const asked = [packet.name.encode(question.name), uint16(question.type, recordClass.internet)];
  const records = [...answers, ...authorities, ...additionals].map(encodeRecord);
  return Buffer.concat([header, ...asked, ...records]);
}

/** One record as it is sent. */
export function encodeRecord({ name, type, class: ofClass, ttlSeconds, data }: WireRecord): Buffer {
  const ttl = Buffer.alloc(4);
  ttl.writeUInt32BE(ttlSeconds);
  return Buffer.concat([packet.name.encode(name), uint16(type, ofClass), ttl, uint16(data.length), data]);
}

/** Numbers of 16 bits, one behind the other. */
export function uint16(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16BE(value, index * 2));
  return bytes;
}

/** A message with one more additional record at its end. */
export function withAdditional(message: Buffer, record: Buffer): Buffer {
  const longer = Buffer.concat([message, record]);
  longer.writeUInt16BE(message.readUInt16BE(additionalCountOffset) + 1, additionalCountOffset);
  return longer;
}

/** A message as it was before its last additional record was added. */
export function beforeLastAdditional(message: Buffer): Buffer {
  const counts = [4, 6, 8, 10].map((offset) => message.readUInt16BE(offset));
  let offset = headerLength;
  const skip = (codec: Codec<unknown>["decode"], times: number) => {
    for (let passed = 0; passed < times; passed++) {
      codec(message, offset);
      offset += codec.bytes;
    }
  };
  skip(packet.question.decode, counts[0]);
  skip(packet.answer.decode, counts[1] + counts[2] + counts[3] - 1);
  const before = Buffer.from(message.subarray(0, offset));
  before.writeUInt16BE(counts[3] - 1, additionalCountOffset);
  return before;
}
