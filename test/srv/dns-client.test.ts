import assert from "node:assert/strict";
import { rfc2136 } from "../../provider/srv/dynamic-update";
import type { KmsError } from "../../provider/errors/kms-error";
import { hostRecord } from "./contract";
import { isKmsError } from "./is-kms-error";
import { type Answer, type StubDns, emptyAnswer, stubDns, truncatedFlag } from "./stub-dns";

const zoneName = "corp.example";
const key = { tsig: { keyName: "kms-key", secret: Buffer.alloc(32, 7).toString("base64") } };
const hasty = { timeoutMilliseconds: 60, udpTries: 2 };

describe("srv/dns-client", () => {
  const started: StubDns[] = [];

  const start = async (answer: Answer) => {
    const stub = await stubDns(answer);
    started.push(stub);
    return stub;
  };
  const list = (servers: string[], keyOf = {}) => rfc2136({ zoneName, servers, ...keyOf }, hasty).list();

  afterEach(async () => {
    await Promise.all(started.splice(0).map((stub) => stub.stop()));
  });

  it("asks over TCP what was cut over UDP", async () => {
    const stub = await start((request, protocol) =>
      emptyAnswer(request, protocol === "UDP" ? truncatedFlag : 0),
    );
    assert.deepEqual(await list([stub.server]), []);
    assert.deepEqual(stub.asked, ["UDP", "TCP"]);
  });

  it("sends a lost request again", async () => {
    let lost = 0;
    const stub = await start((request) => (lost++ === 0 ? undefined : emptyAnswer(request)));
    assert.deepEqual(await list([stub.server]), []);
    assert.deepEqual(stub.asked, ["UDP", "UDP"]);
  });

  it("ignores answers to other requests", async () => {
    const forged = await start((request) => {
      const answer = emptyAnswer(request);
      answer.writeUInt16BE((answer.readUInt16BE(0) + 1) & 0xffff, 0);
      return answer;
    });
    await assert.rejects(
      list([forged.server]),
      isKmsError("KMS5020", "no answer over UDP within 0.12 seconds"),
    );
  });

  it("goes on to the next server when one is silent, closed or refuses", async () => {
    const silent = await start(() => undefined);
    const refusing = await start((request) => emptyAnswer(request, 5));
    const closed = await stubDns(() => undefined);
    await closed.stop();
    const good = await start((request) => emptyAnswer(request));
    const zone = rfc2136(
      { zoneName, servers: [silent.server, closed.server, refusing.server, good.server] },
      hasty,
    );
    assert.deepEqual(await zone.list(), []);
    assert.deepEqual(await zone.list(), []);
    assert.deepEqual(refusing.asked, ["UDP"], "the server that answered is asked first from then on");
    assert.deepEqual(good.asked, ["UDP", "UDP"]);
  });

  it("reports the refusal rather than of the silence, with the others as the cause", async () => {
    const silent = await start(() => undefined);
    const failing = await start((request) => emptyAnswer(request, 2));
    await assert.rejects(list([silent.server, failing.server]), (error: KmsError) => {
      assert.ok(isKmsError("KMS5025", "SERVFAIL", failing.server)(error));
      const [other] = (error.cause as AggregateError).errors;
      return isKmsError("KMS5020", silent.server)(other);
    });
  });

  it("names the RCODEs that have no remedy of their own", async () => {
    for (const [rcode, name] of [
      [1, "FORMERR"],
      [4, "NOTIMP"],
    ] as const) {
      const stub = await start((request) => emptyAnswer(request, rcode));
      await assert.rejects(list([stub.server]), isKmsError("KMS5030", name));
    }
  });

  it("names NOTAUTH and NOTZONE of an update", async () => {
    for (const [rcode, code, name] of [
      [9, "KMS5023", "NOTAUTH"],
      [10, "KMS5024", "NOTZONE"],
    ] as const) {
      const isUpdate = (request: Buffer) => (request[2] & 0x78) === 5 << 3;
      const stub = await start((request) => emptyAnswer(request, isUpdate(request) ? rcode : 0));
      const zone = rfc2136({ zoneName, servers: [stub.server] }, hasty);
      await assert.rejects(zone.add(hostRecord(1), 600), isKmsError(code, name));
    }
  });

  it("does not use an answer that is not signed, cut short or no message at all", async () => {
    const unsigned = await start((request) => emptyAnswer(request));
    await assert.rejects(list([unsigned.server], key), isKmsError("KMS5031", "it is not signed"));
    const short = await start((request) => {
      const answer = emptyAnswer(request);
      answer.writeUInt16BE(1, 6);
      return answer;
    });
    await assert.rejects(list([short.server]), isKmsError("KMS5031", "it is not a DNS message"));
  });

  it("does not use an answer of a server that does not have the zone", async () => {
    const authoritative = 0x0400;
    const cache = await start((request) => {
      const answer = emptyAnswer(request);
      answer.writeUInt16BE(answer.readUInt16BE(2) & ~authoritative, 2);
      return answer;
    });
    await assert.rejects(list([cache.server]), isKmsError("KMS5021", cache.server));
  });

  it("gives up on a record that never shows", async () => {
    const stub = await start((request) => emptyAnswer(request));
    const zone = rfc2136(
      { zoneName, servers: [stub.server] },
      { ...hasty, attempts: 3, firstPauseMilliseconds: 1 },
    );
    await assert.rejects(zone.add(hostRecord(1), 600), isKmsError("KMS5032", "after 3 attempts"));
  });
});
