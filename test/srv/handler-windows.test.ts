import assert from "node:assert/strict";
import { type SrvData } from "../../provider/srv/zone";
import { rfc2136 } from "../../provider/srv/dynamic-update";
import type { SrvRecordInputs, SrvRecordOutputs } from "../../provider/srv/state";
import { srvRecordHandlerOn } from "../../provider/srv/handler";
import { type Named, hasNamed, skippedWithoutNamed, startNamed } from "./named";

const zoneName = "corp.example";
const own: SrvData = { priority: 0, weight: 0, port: 1688, target: "kms01.corp.example" };

describe(`srv/handler of a record that Windows publishes, on BIND${skippedWithoutNamed}`, function () {
  let named: Named;
  let news: SrvRecordInputs;
  let outs: SrvRecordOutputs;
  let minutes: number;
  /** What Windows publishes in the first pause of the handler. */
  let published: SrvData[];

  const zone = () => rfc2136({ zoneName, servers: [named.server] });
  const handler = srvRecordHandlerOn({
    now: () => minutes * 60_000,
    async sleep() {
      minutes++;
      for (const record of published.splice(0)) {
        await zone().add(record, 3600);
      }
    },
  });
  const seen = () => named.dig(`_vlmcs._tcp.${zoneName}`, "SRV");
  const refresh = async () => (await handler.read("id", outs))!.drift;
  const changes = async (olds: SrvRecordOutputs, inputs = news) => (await handler.diff(olds, inputs)).changes;

  beforeEach(async function () {
    if (!hasNamed) {
      this.skip();
    }
    named = await startNamed([{ name: zoneName, access: "allow-update { any; };" }]);
    news = {
      kind: "SrvRecord",
      name: "kms",
      zone: { zoneName, dynamicUpdate: { servers: [named.server] } },
      computerName: "kms01",
      ...own,
      ttlSeconds: 600,
      ready: true,
      publishedBy: "windows",
      readOnly: false,
    };
    handler.check(news);
    minutes = 0;
    published = [];
  });
  afterEach(() => named?.stop());

  /** The handler's record is there, as an update left it. */
  const create = async () => {
    published = [own];
    ({ outs } = await handler.create(news));
    minutes = 0;
  };

  it("fails when the record does not come, and writes none itself", async () => {
    await assert.rejects(handler.create(news), { code: "KMS5035", message: /shows no record/ });
    assert.deepEqual(seen(), []);
  });

  it("waits for the record, and leaves others of the host to it", async () => {
    published = [{ ...own, priority: 5 }, own];
    ({ outs } = await handler.create(news));
    assert.deepEqual(seen(), ["0 0 1688 kms01.corp.example.", "5 0 1688 kms01.corp.example."]);
    assert.deepEqual([minutes, outs.publishedBy, outs.drift], [1, "windows", []]);
    assert.deepEqual(await refresh(), []);
    assert.equal(await changes(outs), false);
  });

  it("names a record with another port and a missing one as drift, and waits for them anew", async () => {
    await create();
    await zone().add({ ...own, port: 1700 }, 3600);
    assert.deepEqual(await refresh(), ["its SRV record has port 1700, expected 1688"]);
    await zone().remove(own);
    const drift = await refresh();
    assert.deepEqual(drift, ["its SRV record kms01.corp.example:1688 is missing from the zone"]);
    assert.equal(await changes({ ...outs, drift }), true);
    await assert.rejects(handler.update("id", { ...outs, drift }, news), { code: "KMS5035" });
    assert.deepEqual(seen(), []);
    minutes = 0;
    published = [own];
    outs = await handler.update("id", { ...outs, drift }, news);
    assert.deepEqual(seen(), ["0 0 1688 kms01.corp.example."]);
  });

  it("removes the record of former settings once the new one is there", async () => {
    await create();
    published = [{ ...own, priority: 10 }];
    outs = await handler.update("id", outs, { ...news, priority: 10 });
    assert.deepEqual(seen(), ["10 0 1688 kms01.corp.example."]);
    published = [own];
    outs = await handler.update("id", outs, news);
    assert.deepEqual(seen(), ["0 0 1688 kms01.corp.example."]);
  });

  it("is handed to the package and back without touching the record", async () => {
    await create();
    const byPackage: SrvRecordInputs = { ...news, publishedBy: "package" };
    assert.equal(await changes(outs, byPackage), true);
    outs = await handler.update("id", outs, byPackage);
    outs = await handler.update("id", outs, news);
    assert.deepEqual([minutes, seen()], [0, ["0 0 1688 kms01.corp.example."]]);
  });

  it("removes the record of a host that is no longer activated", async () => {
    await create();
    outs = await handler.update("id", outs, { ...news, ready: false });
    assert.deepEqual([minutes, seen()], [0, []]);
  });

  it("R145: removes the record that Windows leaves behind, and no other", async () => {
    await create();
    outs = await handler.update("id", outs, { ...news, ready: false });
    await zone().add(own, 3600);
    await zone().add({ ...own, target: "kms02.corp.example" }, 3600);
    await handler.remove("id", outs);
    assert.deepEqual(seen(), ["0 0 1688 kms02.corp.example."]);
  });
});
