import assert from "node:assert/strict";
import * as packet from "dns-packet";
import { encodeRequest, opcode, recordType } from "../../provider/srv/dns-message";
import { checkAnswer, signMessage } from "../../provider/srv/tsig";
import type { TsigKey } from "../../provider/srv/tsig";
import { type Named, hasNamed, skippedWithoutNamed, startNamed } from "./named";
import { exchange } from "../../provider/srv/dns-transport";

const now = 1_700_000_000;
const key: TsigKey = { name: "kms-key", algorithm: "hmac-sha256", secret: Buffer.alloc(32, 7) };
const message = encodeRequest({
  id: 4711,
  opcode: opcode.query,
  question: { name: "corp.example", type: recordType.soa },
});

describe("srv/tsig", () => {
  it("adds a signature with the key's name, the algorithm and the time", () => {
    const { signed, mac } = signMessage(message, key, now);
    const [record] = packet.decode(signed).additionals!;
    assert.equal(record.type, "TSIG");
    assert.equal(record.name, "kms-key");
    const data = record.data;
    assert.ok(data.subarray(0, 13).equals(packet.name.encode("hmac-sha256")));
    assert.equal(data.readUIntBE(13, 6), now);
    assert.equal(mac.length, 32);
    assert.deepEqual(signed.subarray(12, message.length), message.subarray(12));
  });

  it("finds an answer that is not signed", () => {
    assert.deepEqual(checkAnswer(message, key, Buffer.alloc(32), now), {
      valid: false,
      reason: "it is not signed",
    });
  });

  it("finds an answer that is signed for nobody's request, or with another key", () => {
    const { signed } = signMessage(message, key, now);
    const check = (other: Partial<TsigKey>) =>
      checkAnswer(signed, { ...key, ...other }, Buffer.alloc(32), now).reason;
    assert.equal(check({}), "its signature is not made with the secret of the key");
    assert.match(check({ name: "other" }) ?? "", /signed with the key kms-key and hmac-sha256/);
    assert.match(check({ algorithm: "hmac-sha512" }) ?? "", /signed with the key kms-key and hmac-sha256/);
  });
});

describe(`srv/tsig and BIND's signature${skippedWithoutNamed}`, function () {
  let named: Named;
  let answer: Buffer;
  let mac: Buffer;
  let nowSeconds: number;

  before(async function () {
    if (!hasNamed) {
      this.skip();
    }
    const secret = key.secret.toString("base64");
    named = await startNamed(
      [{ name: "corp.example", access: "allow-update { none; };" }],
      `key "${key.name}" { algorithm ${key.algorithm}; secret "${secret}"; };`,
    );
    nowSeconds = Math.floor(Date.now() / 1000);
    const sent = signMessage(message, key, nowSeconds);
    mac = sent.mac;
    const server = { host: "127.0.0.1", port: named.port };
    answer = await exchange(server, sent.signed, { timeoutMilliseconds: 3000, udpTries: 2 });
  });
  after(() => named?.stop());

  it("agree", () => {
    assert.deepEqual(checkAnswer(answer, key, mac, nowSeconds), { valid: true });
  });

  it("do not agree when a single bit of the answer is changed on the way", () => {
    const changed = Buffer.from(answer);
    changed[message.length + 20] ^= 1;
    assert.equal(checkAnswer(changed, key, mac, nowSeconds).valid, false);
  });

  it("do not agree for another request or another secret", () => {
    assert.equal(checkAnswer(answer, key, Buffer.alloc(32), nowSeconds).valid, false);
    assert.equal(checkAnswer(answer, { ...key, secret: Buffer.alloc(32) }, mac, nowSeconds).valid, false);
  });

  it("are too old after five minutes", () => {
    assert.equal(checkAnswer(answer, key, mac, nowSeconds + 200).valid, true);
    assert.deepEqual(checkAnswer(answer, key, mac, nowSeconds + 400), {
      valid: false,
      reason: "it was signed too long ago",
    });
  });
});
