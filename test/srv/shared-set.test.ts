import assert from "node:assert/strict";
import { srvRecordHandler as handler } from "../../provider/srv/handler";
import type { SrvRecordInputs, SrvRecordOutputs } from "../../provider/srv/state";
import { azureEndpoint } from "../environment";
import { muted } from "../faults/muted";
import { type Arm, startArm } from "../lab/arm/arm-fixture";
import { idOf } from "../lab/arm/arm-names";
import { printed } from "./printed";

const zoneName = "shared.corp.example";
const inputs: SrvRecordInputs = {
  kind: "SrvRecord",
  name: "kms",
  zone: { zoneName, azurePrivateZoneId: idOf(`Microsoft.Network/privateDnsZones/${zoneName}`) },
  computerName: "kms01",
  target: `kms01.${zoneName}`,
  priority: 0,
  weight: 0,
  port: 1688,
  ttlSeconds: 600,
  publishedBy: "package",
  ready: true,
  readOnly: false,
};

describe("srv/handler on a record set that others share", () => {
  let arm: Arm;
  const findAzureAt = azureEndpoint();

  before(async () => {
    arm = await startArm();
    findAzureAt(arm.endpoint);
    await arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", zoneName, { location: "global" });
  });
  after(async () => {
    await arm?.close();
  });

  it("K36: keeps the time to live of others, says so, and takes its own back once it is alone", async () => {
    const set = ["rg", zoneName, "SRV", "_vlmcs._tcp"] as const;
    const ttl = async () => (await arm.dns.recordSets.get(...set)).ttl;
    const other = { priority: 0, weight: 0, port: 1688, target: `kms-eu.${zoneName}` };
    await arm.dns.recordSets.createOrUpdate(...set, { ttl: 300, srvRecords: [other] });
    let outs!: SrvRecordOutputs;
    handler.check(inputs);
    const text = await printed(async () => void (outs = (await handler.create(inputs)).outs));
    assert.match(
      text,
      /_vlmcs\._tcp\.\S+ keeps its time to live of 300 seconds instead of 600: .*records of others, kms-eu\./,
    );
    assert.equal(await ttl(), 300);
    assert.deepEqual(
      (await handler.read("id", outs))?.drift,
      [],
      "it is no difference while others are there",
    );
    assert.match(
      text,
      /also sends KMS clients to hosts that this program does not declare: kms-eu\.\S+ The records are kept \(KMS2221\)/,
    );
    const targets = (await arm.dns.recordSets.get(...set)).srvRecords?.map(({ target }) => target);
    assert.deepEqual(targets, [other.target, inputs.target]);
    const alone = (await arm.dns.recordSets.get(...set)).srvRecords?.filter(
      ({ target }) => target !== other.target,
    );
    await arm.dns.recordSets.createOrUpdate(...set, { ttl: 300, srvRecords: alone });
    const seen = (await handler.read("id", outs))!;
    assert.deepEqual(seen.drift, ["its record set has a time to live of 300 seconds, expected 600"]);
    assert.equal((await muted(async () => handler.diff(seen, inputs))).changes, true);
    await muted(() => handler.update("id", seen, inputs));
    assert.equal(await ttl(), 600);
    await muted(() => handler.remove("id", seen));
  });

  it("K28, K36: names the record of a retired host at the update, and never changes or removes it", async () => {
    const set = ["rg", zoneName, "SRV", "_vlmcs._tcp"] as const;
    const retired = { priority: 10, weight: 5, port: 1688, target: `kms2012.${zoneName}` };
    await arm.dns.recordSets.createOrUpdate(...set, { ttl: 600, srvRecords: [retired] });
    let outs!: SrvRecordOutputs;
    handler.check(inputs);
    const text = await printed(async () => void (outs = (await handler.create(inputs)).outs));
    assert.match(
      text,
      /also sends KMS clients to hosts that this program does not declare: kms2012\.\S+ The records are kept \(KMS2221\)/,
    );
    await muted(() => handler.remove("id", outs));
    assert.deepEqual((await arm.dns.recordSets.get(...set)).srvRecords, [retired]);
  });
});
