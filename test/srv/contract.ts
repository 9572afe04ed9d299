import assert from "node:assert/strict";
import type { SrvData, SrvZone } from "../../provider/srv/zone";

/** A zone under test, empty at the start. */
export interface ZoneUnderTest {
  zone: SrvZone;
  /** The records as another client sees them, sorted, each `priority weight port target`. */
  seen(): Promise<string[]>;
  /** Puts a record there behind the driver's back. */
  plant(record: SrvData): Promise<void>;
}

/** A record of the host with this number. */
export const hostRecord = (number: number, changes: Partial<SrvData> = {}): SrvData => ({
  priority: 0,
  weight: 0,
  port: 1688,
  target: `kms${String(number).padStart(2, "0")}.corp.example`,
  ...changes,
});

/** A record as `seen` gives it. */
export const text = ({ priority, weight, port, target }: SrvData) =>
  `${priority} ${weight} ${port} ${target.replace(/\.$/, "")}`;

const ttlSeconds = 600;

/** What every driver for SRV records keeps. `open` gives a zone that nobody else uses. */
export function srvZoneContract(open: () => Promise<ZoneUnderTest>): void {
  let under: ZoneUnderTest;
  let zone: SrvZone;

  beforeEach(async () => {
    under = await open();
    ({ zone } = under);
  });

  it("has no records at first", async () => {
    assert.deepEqual(await zone.list(), []);
  });

  it("adds a record that others see", async () => {
    await zone.add(hostRecord(1, { priority: 5, weight: 7 }), ttlSeconds);
    assert.deepEqual(await zone.list(), [hostRecord(1, { priority: 5, weight: 7 })]);
    assert.deepEqual(await under.seen(), ["5 7 1688 kms01.corp.example"]);
  });

  it("adds a record once, however often it is asked to", async () => {
    await zone.add(hostRecord(1), ttlSeconds);
    await zone.add(hostRecord(1), ttlSeconds);
    await zone.add(hostRecord(1, { target: "KMS01.corp.example" }), ttlSeconds);
    assert.equal((await under.seen()).length, 1);
  });

  it("leaves records of others as they are", async () => {
    await under.plant(hostRecord(9, { priority: 3 }));
    await zone.add(hostRecord(1), ttlSeconds);
    await zone.remove(hostRecord(1));
    assert.deepEqual(await under.seen(), ["3 0 1688 kms09.corp.example"]);
  });

  it("replaces its record when the port changes", async () => {
    await under.plant(hostRecord(9));
    await zone.add(hostRecord(1), ttlSeconds);
    await zone.add(hostRecord(1, { port: 1700 }), ttlSeconds);
    assert.deepEqual(await under.seen(), ["0 0 1688 kms09.corp.example", "0 0 1700 kms01.corp.example"]);
  });

  it("keeps records of one target with other priorities apart", async () => {
    await zone.add(hostRecord(1), ttlSeconds);
    await zone.add(hostRecord(1, { priority: 10 }), ttlSeconds);
    await zone.remove(hostRecord(1));
    assert.deepEqual(await under.seen(), ["10 0 1688 kms01.corp.example"]);
  });

  it("removes the last record, and removing it again changes nothing", async () => {
    await zone.add(hostRecord(1), ttlSeconds);
    await zone.remove(hostRecord(1));
    await zone.remove(hostRecord(1));
    assert.deepEqual(await under.seen(), []);
    assert.deepEqual(await zone.list(), []);
  });

  it("loses no record of 20 concurrent writers", async () => {
    const hosts = Array.from({ length: 20 }, (_, index) => hostRecord(index + 1));
    await Promise.all(hosts.map((record) => zone.add(record, ttlSeconds)));
    assert.deepEqual(await under.seen(), hosts.map(text));
  }).timeout(60_000);

  it("loses nothing when some write and others remove", async () => {
    const [old, fresh] = [1, 11].map((first) => Array.from({ length: 5 }, (_, n) => hostRecord(first + n)));
    await Promise.all(old.map((record) => zone.add(record, ttlSeconds)));
    await Promise.all([
      ...old.map((record) => zone.remove(record)),
      ...fresh.map((record) => zone.add(record, ttlSeconds)),
    ]);
    assert.deepEqual(await under.seen(), fresh.map(text));
  }).timeout(60_000);
}
