import assert from "node:assert/strict";
import type { SrvData, SrvZone } from "../../provider/srv/zone";
import { untilPublished } from "../../provider/srv/host-record";

const expected: SrvData = { priority: 0, weight: 0, port: 1688, target: "kms01.corp.example" };
const other: SrvData = { ...expected, target: "kms02.corp.example" };

/** Time that passes only in sleep. */
function testClock() {
  let now = 0;
  return { now: () => now, sleep: async (milliseconds: number) => void (now += milliseconds) };
}

/** A zone whose records are those of each look in turn, the last ones for ever; nobody may write to it. */
function zoneOf(...looks: SrvData[][]) {
  let count = 0;
  const refuse = () => Promise.reject(new Error("written to"));
  const list = async () => looks[Math.min(count++, looks.length - 1)];
  const zone: SrvZone = {
    name: "corp.example",
    list,
    read: async () => ({ records: await list() }),
    add: refuse,
    remove: refuse,
  };
  return { zone, looks: () => count };
}

describe("srv/host-record: a record that Windows publishes", () => {
  it("does not wait for a record that is there, in any spelling of its name", async () => {
    const clock = testClock();
    const record = { ...expected, target: "KMS01.corp.example." };
    assert.deepEqual(await untilPublished(zoneOf([other, record]).zone, expected, clock), [other, record]);
    assert.equal(clock.now(), 0);
  });

  it("looks every five seconds until the record comes", async () => {
    const clock = testClock();
    const { zone, looks } = zoneOf([], [other], [{ ...expected, port: 1700 }], [other, expected]);
    assert.deepEqual(await untilPublished(zone, expected, clock), [other, expected]);
    assert.deepEqual([looks(), clock.now()], [4, 15_000]);
  });

  it("gives up after two minutes and says what the zone shows (KMS5035)", async () => {
    const clock = testClock();
    await assert.rejects(untilPublished(zoneOf([other, { ...expected, port: 1700 }]).zone, expected, clock), {
      code: "KMS5035",
      property: "zones",
      message:
        /record 0 0 1688 kms01\.corp\.example into corp\.example within 2 minutes; .* shows 0 0 1688 kms02\.corp\.example, 0 0 1700 kms01\.corp\.example\. .*12293/,
    });
    assert.equal(clock.now(), 120_000);
    await assert.rejects(untilPublished(zoneOf([]).zone, expected, clock), {
      message: /the zone shows no record of _vlmcs\._tcp\. /,
    });
  });

  it("does not wait for a zone that can't be read", async () => {
    const clock = testClock();
    const zone = { ...zoneOf([]).zone, list: () => Promise.reject(new Error("no answer")) };
    await assert.rejects(untilPublished(zone, expected, clock), { message: "no answer" });
    assert.equal(clock.now(), 0);
  });
});
