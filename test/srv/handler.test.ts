import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { SrvRecordInputs, SrvRecordOutputs } from "../../provider/srv/state";
import { srvRecordHandler as handler } from "../../provider/srv/handler";
import { type SrvData } from "../../provider/srv/zone";
import { rfc2136 } from "../../provider/srv/dynamic-update";
import { muted } from "../faults/muted";
import { printed } from "./printed";
import { type Named, hasNamed, skippedWithoutNamed, startNamed } from "./named";

const zoneName = "corp.example";

const inputs = (server: string, changes: Partial<SrvRecordInputs> = {}): SrvRecordInputs => ({
  kind: "SrvRecord",
  name: "kms",
  zone: { zoneName, dynamicUpdate: { servers: [server] } },
  computerName: "kms01",
  target: "kms01.corp.example",
  priority: 0,
  weight: 0,
  port: 1688,
  ttlSeconds: 600,
  ready: true,
  publishedBy: "package",
  readOnly: false,
  ...changes,
});

const stored = ({ kind: _, ...from }: SrvRecordInputs): SrvRecordOutputs => ({ ...from, drift: [] });
const { unknownValue } = pulumi.runtime;
const zoneIdOf = (resourceGroup: string) =>
  `/subscriptions/s/resourceGroups/${resourceGroup}/providers/Microsoft.Network/privateDnsZones/${zoneName}`;

describe("srv/handler", () => {
  const news = inputs("10.0.0.4");
  const check = (changes: object) =>
    handler.check({ ...news, ...changes }).map(({ property, reason }) => [property, reason.slice(0, 7)]);

  it("repeats the rules for targets that are known only here", () => {
    assert.deepEqual(check({}), []);
    assert.deepEqual(check({ target: "kms01" }), [["", "KMS5012"]]);
    assert.deepEqual(check({ target: "::1" }), [["", "KMS5012"]]);
    assert.deepEqual(check({ computerName: "kms02" }), [["", "KMS5013"]]);
    assert.deepEqual(check({ computerName: unknownValue }), []);
    assert.deepEqual(check({ target: unknownValue, zone: unknownValue }), []);
  });

  it("updates the record for another server, key or key that is not known yet, and moves it for another zone", async () => {
    const olds = stored(news);
    const diff = async (zone: unknown) => {
      const { changes, replaces } = await handler.diff(olds, { ...news, zone } as SrvRecordInputs);
      return [changes, replaces];
    };
    const update = { servers: ["10.0.0.4"] };
    assert.deepEqual(await diff({ ...news.zone }), [false, []]);
    assert.deepEqual(await diff({ zoneName, dynamicUpdate: { servers: ["10.0.0.5"] } }), [true, []]);
    const tsig = { keyName: "k", secret: unknownValue };
    assert.deepEqual(await diff({ zoneName, dynamicUpdate: { ...update, tsig } }), [true, []]);
    assert.deepEqual(await diff({ zoneName, dynamicUpdate: unknownValue }), [true, []]);
    assert.deepEqual(await diff({ zoneName: "b.example", dynamicUpdate: update }), [true, ["zone"]]);
    assert.deepEqual(await diff({ zoneName: unknownValue, dynamicUpdate: update }), [true, ["zone"]]);
    assert.deepEqual(await diff(unknownValue), [true, ["zone"]]);
    assert.deepEqual(await diff({ zoneName, azurePrivateZoneId: unknownValue }), [true, ["zone"]]);
    assert.deepEqual(await diff({ zoneName, azurePrivateZoneId: zoneIdOf("rg") }), [true, ["zone"]]);
  });

  it("reports what differs of its records as drift, with a code and a level", async () => {
    const drift = ["its SRV record has port 1700, expected 1688"];
    const text = await printed(async () => handler.diff({ ...stored(news), drift }, news));
    assert.match(
      text,
      /^kms: warning: KMS5043 zones: the records of kms in the zone corp\.example are not in the desired state any more: its SRV record has port 1700, expected 1688\. /,
    );
    assert.equal(await printed(async () => handler.diff(stored(news), news)), "");
  });

  it("finds a change of each input, and none in another spelling of a name", async () => {
    const olds = stored(news);
    const changes = async (changed: object) => {
      const { changes, replaces } = await handler.diff(olds, { ...news, ...changed });
      assert.deepEqual(replaces, []);
      return changes;
    };
    for (const changed of [
      { name: "other" },
      { computerName: "kms1" },
      { target: "kms02.corp.example" },
      { target: unknownValue },
      { priority: 1 },
      { weight: 1 },
      { port: 1689 },
      { port: unknownValue },
      { ttlSeconds: 300 },
      { publishedBy: "windows" },
      { addressRecord: "10.0.0.9" },
      { ready: false },
      { readOnly: true },
    ]) {
      assert.equal(await changes(changed), true, JSON.stringify(changed));
    }
    assert.equal(await changes({}), false);
    assert.equal(await changes({ target: "KMS01.corp.example." }), false);
    assert.equal(await changes({ ready: unknownValue }), false);
    assert.equal((await handler.diff({ ...olds, addressRecord: "10.0.0.9" }, news)).changes, true);
  });
});

describe(`srv/handler on BIND${skippedWithoutNamed}`, function () {
  let named: Named;
  let news: SrvRecordInputs;
  let id: string;
  let outs: SrvRecordOutputs;

  const seen = () => named.dig(`_vlmcs._tcp.${zoneName}`, "SRV");
  const plant = (record: Partial<SrvData>) =>
    rfc2136({ zoneName, servers: [named.server] }).add(
      { priority: 0, weight: 0, port: 1688, target: "x", ...record },
      600,
    );
  const refresh = async () => (await muted(() => handler.read("id", outs)))!.drift;

  beforeEach(async function () {
    if (!hasNamed) {
      this.skip();
    }
    named = await startNamed([{ name: zoneName, access: "allow-update { any; };" }]);
    news = inputs(named.server);
    ({ id, outs } = await handler.create(news));
  });
  afterEach(() => named?.stop());

  it("publishes the record and finds no drift", async () => {
    assert.equal(id, "corp.example/_vlmcs._tcp/kms01.corp.example");
    assert.deepEqual(seen(), ["0 0 1688 kms01.corp.example."]);
    assert.deepEqual(await refresh(), []);
  });

  it("sees a changed port, and a record of the host too many, and repairs both", async () => {
    await plant({ target: outs.target, port: 1700 });
    await plant({ target: outs.target, priority: 5 });
    const drift = await refresh();
    assert.deepEqual(drift, [
      "its SRV record has port 1700, expected 1688",
      "the zone has one more SRV record of it, with priority 5, weight 0, port 1688",
    ]);
    const { changes } = await muted(async () => handler.diff({ ...outs, drift: [drift[0]] }, news));
    assert.equal(changes, true);
    outs = await handler.update("id", outs, news);
    assert.deepEqual(seen(), ["0 0 1688 kms01.corp.example."]);
  });

  it("sees that its record is missing", async () => {
    await rfc2136({ zoneName, servers: [named.server] }).remove(outs);
    assert.deepEqual(await refresh(), ["its SRV record kms01.corp.example:1688 is missing from the zone"]);
    outs = await handler.update("id", outs, news);
    assert.deepEqual(seen(), ["0 0 1688 kms01.corp.example."]);
  });

  it("names records of hosts that the program does not declare, and leaves them", async () => {
    await plant({ target: "gone.corp.example" });
    await plant({ target: "kms02.corp.example" });
    handler.check(inputs(named.server, { target: "kms02.corp.example", computerName: "kms02" }));
    const text = await printed(async () => {
      outs = await handler.update("id", outs, { ...news, priority: 10 });
    });
    assert.match(
      text,
      /^kms: corp\.example also sends KMS clients to hosts .*declare: gone\.corp\.example\. The records are kept \(KMS2221\)\n$/,
    );
    assert.deepEqual(seen(), [
      "0 0 1688 gone.corp.example.",
      "0 0 1688 kms02.corp.example.",
      "10 0 1688 kms01.corp.example.",
    ]);
  });

  it("removes its record and leaves the others", async () => {
    await plant({ target: "gone.corp.example" });
    await plant({ target: "kms02.corp.example" });
    await handler.remove("id", outs);
    assert.deepEqual(seen(), ["0 0 1688 gone.corp.example.", "0 0 1688 kms02.corp.example."]);
  });
});
