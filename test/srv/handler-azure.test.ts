import assert from "node:assert/strict";
import { azureClients } from "../../provider/azure/clients";
import { PartialFailure } from "../../provider/engine/handler";
import type { LedgerDocument } from "../../provider/ledger/document";
import { openLedger } from "../../provider/ledger/open-ledger";
import { changeLedger } from "../../provider/ledger/store";
import { adopt, retire } from "../../provider/ledger/transitions";
import { srvRecordHandler as handler } from "../../provider/srv/handler";
import type { SrvRecordInputs, SrvRecordOutputs } from "../../provider/srv/state";
import { azureEndpoint } from "../environment";
import { temporaryLedger } from "../faults/host-fixture";
import { muted } from "../faults/muted";
import { type Arm, startArm } from "../lab/arm/arm-fixture";
import { subscriptionId } from "../lab/arm/arm-names";
import { text } from "./contract";
import { printed } from "./printed";

/** The subscription of the network team. */
const hub = "99999999-9999-4999-8999-999999999999";

describe("srv/handler in Azure private DNS zones", () => {
  let arm: Arm;
  let opened = 0;
  const findAzureAt = azureEndpoint();

  before(async () => {
    arm = await startArm({ otherSubscriptionIds: [hub] });
    findAzureAt(arm.endpoint);
  });
  after(async () => {
    await arm?.close();
  });

  /** A new zone, and a host's record in it with an address record. */
  async function open() {
    const zoneName = `h${opened++}.corp.example`;
    await arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", zoneName, { location: "global" });
    const inputs = (changes: Partial<SrvRecordInputs> = {}): SrvRecordInputs => ({
      kind: "SrvRecord",
      name: "kms",
      zone: {
        zoneName,
        azurePrivateZoneId: `/subscriptions/${subscriptionId}/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/${zoneName}`,
      },
      computerName: "kms01",
      target: `kms01.${zoneName}`,
      priority: 0,
      weight: 0,
      port: 1688,
      ttlSeconds: 600,
      publishedBy: "package",
      addressRecord: "10.0.0.4",
      ready: true,
      readOnly: false,
      ...changes,
    });
    const set = async (type: "A" | "SRV", name: string) =>
      arm.dns.recordSets.get("rg", zoneName, type, name).catch(() => undefined);
    return {
      zoneName,
      inputs,
      bare: { zoneName },
      /** Records of the zone, SRV first. */
      async seen() {
        const records = (await set("SRV", "_vlmcs._tcp"))?.srvRecords ?? [];
        const addresses = (await set("A", "kms01"))?.aRecords ?? [];
        const srv = records.map(({ priority = 0, weight = 0, port = 0, target = "" }) =>
          text({ priority, weight, port, target }),
        );
        return [...srv, ...addresses.map(({ ipv4Address }) => ipv4Address)];
      },
      plantAddress: (...addresses: string[]) =>
        arm.dns.recordSets.createOrUpdate("rg", zoneName, "A", "kms01", {
          ttl: 60,
          aRecords: addresses.map((ipv4Address) => ({ ipv4Address })),
        }),
    };
  }

  const created = async (inputs: SrvRecordInputs) => (await muted(() => handler.create(inputs))).outs;
  const diff = async (olds: SrvRecordOutputs, news: SrvRecordInputs) =>
    muted(async () => handler.diff(olds, news));
  const changes = async (olds: SrvRecordOutputs, news: SrvRecordInputs) => (await diff(olds, news)).changes;
  const update = (olds: SrvRecordOutputs, news: SrvRecordInputs) =>
    muted(() => handler.update("id", olds, news));

  it("writes the address before the host is activated, and the SRV record afterwards", async () => {
    const { zoneName, inputs, seen } = await open();
    let outs = await created(inputs({ ready: false }));
    assert.deepEqual(await seen(), ["10.0.0.4"]);
    outs = await update(outs, inputs());
    assert.deepEqual(await seen(), [`0 0 1688 kms01.${zoneName}`, "10.0.0.4"]);
    assert.equal(await changes(outs, inputs()), false);
    await handler.remove("id", outs);
    assert.deepEqual(await seen(), []);
    await handler.remove("id", outs);
  });

  it("writes both to the subscription that the zone's ID names", async () => {
    const zoneName = "hub.example";
    const zoneId = `/subscriptions/${hub}/resourceGroups/dns/providers/Microsoft.Network/privateDnsZones/${zoneName}`;
    const client = azureClients(process.env).privateDns(hub);
    await fetch(`${arm.endpoint}/subscriptions/${hub}/resourceGroups/dns?api-version=2024-03-01`, {
      method: "PUT",
      body: JSON.stringify({ location: "westeurope" }),
    });
    await client.privateZones.beginCreateOrUpdateAndWait("dns", zoneName, { location: "global" });
    const { inputs } = await open();
    const outs = await created(inputs({ zone: { zoneName, azurePrivateZoneId: zoneId } }));
    const set = (type: "A" | "SRV", name: string) => client.recordSets.get("dns", zoneName, type, name);
    assert.equal((await set("SRV", "_vlmcs._tcp")).srvRecords?.length, 1);
    assert.equal((await set("A", "kms01")).aRecords?.[0].ipv4Address, "10.0.0.4");
    await handler.remove("id", outs);
    await assert.rejects(set("A", "kms01"), { statusCode: 404 });
  });

  it("leaves an address record alone that the program does not ask for", async () => {
    const { zoneName, inputs, seen, plantAddress } = await open();
    await plantAddress("10.0.0.4");
    const outs = await created(inputs({ addressRecord: undefined }));
    assert.equal("addressRecord" in outs, false);
    await handler.remove("id", outs);
    assert.deepEqual(await seen(), ["10.0.0.4"], zoneName);
  });

  it("keeps addresses that others gave the name, and names them", async () => {
    const { zoneName, inputs, seen, plantAddress } = await open();
    await plantAddress("10.0.0.9");
    let outs!: SrvRecordOutputs;
    handler.check(inputs());
    const said = await printed(async () => {
      ({ outs } = await handler.create(inputs()));
    });
    assert.equal(said, `kms: kms01.${zoneName} also has addresses of others: 10.0.0.9\n`);
    await handler.remove("id", outs);
    assert.deepEqual(await seen(), ["10.0.0.9"]);
  });

  it("finds an address that is missing or another, and repairs it", async () => {
    const { zoneName, inputs, seen, plantAddress } = await open();
    const outs = await created(inputs());
    assert.deepEqual((await handler.read("id", outs))!.drift, []);
    await plantAddress("10.0.0.9");
    const drifted = (await handler.read("id", outs))!;
    assert.deepEqual(drifted.drift, ["its name kms01 has 10.0.0.9 in the zone, expected 10.0.0.4"]);
    assert.equal(await changes(drifted, inputs()), true);
    const repaired = await update(drifted, inputs());
    assert.deepEqual(await seen(), [`0 0 1688 kms01.${zoneName}`, "10.0.0.9", "10.0.0.4"]);
    await arm.dns.recordSets.delete("rg", zoneName, "A", "kms01");
    assert.deepEqual((await handler.read("id", repaired))!.drift, [
      "its name kms01 has no address in the zone, expected 10.0.0.4",
    ]);
  });

  it("replaces its address by the new one, and removes it once it is not asked for", async () => {
    const { zoneName, inputs, seen, plantAddress } = await open();
    let outs = await created(inputs());
    await plantAddress("10.0.0.9", "10.0.0.4");
    outs = await update(outs, inputs({ addressRecord: "10.0.0.5" }));
    assert.deepEqual(await seen(), [`0 0 1688 kms01.${zoneName}`, "10.0.0.9", "10.0.0.5"]);
    outs = await update(outs, inputs({ addressRecord: undefined }));
    assert.deepEqual(await seen(), [`0 0 1688 kms01.${zoneName}`, "10.0.0.9"]);
    assert.equal("addressRecord" in outs, false);
  });

  it("hands a host over and takes it back without touching its records", async () => {
    const { zoneName, inputs, seen, bare } = await open();
    const records = [`0 0 1688 kms01.${zoneName}`, "10.0.0.4"];
    let outs = await created(inputs());
    for (const readOnly of [inputs({ readOnly: true }), inputs({ readOnly: true, zone: bare })]) {
      const { changes, replaces } = await diff(outs, readOnly);
      assert.deepEqual([changes, replaces], [true, []]);
      const handedOver = await update(outs, { ...readOnly, port: 1700, addressRecord: undefined });
      assert.deepEqual(await seen(), records);
      assert.equal(await changesNothing(handedOver), true);
      await handler.remove("id", handedOver);
      assert.deepEqual(await seen(), records);
      assert.deepEqual((await diff(handedOver, inputs())).replaces, []);
      outs = await update(handedOver, inputs());
      assert.deepEqual(await seen(), records);
    }
  });

  /** Whether a refresh leaves the record as it is, without looking at the zone. */
  const changesNothing = async (outs: SrvRecordOutputs) => (await handler.read("id", outs)) === outs;

  it("only remembers a record whose zone has no address", async () => {
    const { inputs, bare, zoneName, seen } = await open();
    const news = inputs({ zone: bare, publishedBy: "windows", addressRecord: undefined });
    const outs = await created(news);
    assert.equal(outs.target, `kms01.${zoneName}`);
    assert.equal(await changesNothing(outs), true);
    assert.deepEqual(await seen(), []);
    assert.deepEqual((await diff(outs, inputs())).replaces, []);
    await handler.remove("id", outs);
  });

  it("moves a record that it manages to another zone", async () => {
    const [one, other] = [await open(), await open()];
    const outs = await created(one.inputs());
    const moved = await diff(outs, one.inputs({ zone: other.inputs().zone }));
    assert.deepEqual([moved.changes, moved.replaces], [true, ["zone"]]);
    const spelled = one.inputs();
    spelled.zone.azurePrivateZoneId = spelled.zone.azurePrivateZoneId!.toUpperCase();
    assert.deepEqual((await diff(outs, spelled)).replaces, []);
  });

  it("does not take records of the same program for those of strangers, whatever the zone's address", async () => {
    const { inputs, bare, zoneName } = await open();
    const [first, second, third] = [1, 2, 3].map((number) => ({
      computerName: `kms0${number}`,
      target: `kms0${number}.${zoneName}`,
    }));
    handler.check(inputs(first));
    handler.check(inputs({ ...second, zone: bare, readOnly: true }));
    await handler.create(inputs({ ...second, addressRecord: undefined }));
    await handler.create(inputs({ ...third, addressRecord: undefined }));
    assert.equal(
      await printed(() => handler.create(inputs(first))),
      `kms: ${zoneName} also sends KMS clients to hosts that this program does not declare: kms03.${zoneName}. The records are kept (KMS2221)\n`,
    );
  });

  describe("what another resource has", () => {
    it("stays when a resource of another name has confirmed it, and goes with that one", async () => {
      const { zoneName, inputs, seen } = await open();
      const both = [`0 0 1688 kms01.${zoneName}`, "10.0.0.4"];
      const former = await created(inputs());
      const newer = await created(inputs({ name: "licensing" }));
      await handler.remove("id", former);
      assert.deepEqual(await seen(), both);
      // A run that was cut off before the removal: the next one finds nothing to change.
      await created(inputs());
      assert.equal(await changes(newer, inputs({ name: "licensing" })), false);
      await handler.remove("id", former);
      assert.deepEqual(await seen(), both);
      await handler.remove("id", newer);
      assert.deepEqual(await seen(), []);
    });

    it("stays when hosts exchange their names", async () => {
      const { zoneName, inputs, seen } = await open();
      const other = { computerName: "kms02", target: `kms02.${zoneName}`, addressRecord: "10.0.0.5" };
      const [first, second] = [await created(inputs()), await created(inputs(other))];
      await update(first, inputs(other));
      await update(second, inputs());
      assert.deepEqual((await seen()).sort(), [
        `0 0 1688 kms01.${zoneName}`,
        `0 0 1688 kms02.${zoneName}`,
        "10.0.0.4",
      ]);
    });

    it("stays when another stack has taken over the host, as the ledger says", async () => {
      const { zoneName, inputs, seen } = await open();
      const ledger = await temporaryLedger();
      const machine = { machineId: "00000000-0000-4000-8000-000000000001", computerName: "kms01" };
      const by = (stack: string) => ({ at: "2026-01-01T00:00:00Z", who: "somebody", stack, resource: "kms" });
      const key = { keyFingerprint: "0".repeat(32), keyEnding: "NN1NN", keyGroup: "group" };
      const entry = { ledger: ledger.url, keyFingerprint: key.keyFingerprint, machineId: machine.machineId };
      const changeTo = (to: (document: LedgerDocument) => LedgerDocument) =>
        changeLedger(openLedger(ledger.url), key, to);
      const outs = await created(inputs({ entry: { ...entry, stack: "prod" } }));
      await changeTo((document) => adopt(adopt(document, by("prod"), machine), by("other"), machine));
      const said = await printed(() => handler.remove("id", outs));
      assert.match(said, /stays in .*: it belongs to the resource kms of the stack other now/);
      assert.deepEqual(await seen(), [`0 0 1688 kms01.${zoneName}`, "10.0.0.4"]);
      await changeTo((document) => retire(document, by("other"), machine.machineId));
      await handler.remove("id", outs);
      assert.deepEqual(await seen(), []);
      await ledger.remove();
    });
  });

  it("keeps what it has written when the SRV record could not be, so that it is repaired or removed", async () => {
    const { inputs, seen, zoneName } = await open();
    await arm.dns.recordSets.createOrUpdate("rg", zoneName, "CNAME", "_vlmcs._tcp", {
      ttl: 60,
      cnameRecord: { cname: "kms.example" },
    });
    const failure = await handler.create(inputs()).then(
      () => assert.fail("it was written"),
      (error: unknown) => error as PartialFailure,
    );
    assert.ok(failure instanceof PartialFailure);
    assert.match(failure.message, /^KMS5002 /);
    const outs = failure.properties as SrvRecordOutputs;
    assert.deepEqual(await seen(), ["10.0.0.4"]);
    assert.equal(await changes(outs, inputs()), true);
    await handler.remove("id", outs);
    assert.deepEqual(await seen(), []);
  });

  it("refuses an ID that is not a private zone's", async () => {
    const { inputs, zoneName } = await open();
    const zone = { zoneName, azurePrivateZoneId: `/subscriptions/s/${zoneName}` };
    await assert.rejects(async () => handler.create(inputs({ zone })), { code: "KMS5019" });
  });
});
