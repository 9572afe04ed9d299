import assert from "node:assert/strict";
import { readZones, zoneDiagnostics } from "../../provider/host/foreign-records";
import { programIndex } from "../../provider/rules/program-index";
import { groupDiagnostics } from "../../provider/rules/rules";
import { readKmsRecords } from "../../provider/srv/read-records";
import { type Arm, startArm } from "../lab/arm/arm-fixture";
import { subscriptionId } from "../lab/arm/arm-names";
import { group, host, type HostChanges } from "../rules/program";

const zoneName = "corp.example";
const zoneId = `/subscriptions/${subscriptionId}/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/${zoneName}`;

describe("K28: zones that a preview reads", () => {
  let arm: Arm;

  before(async () => {
    arm = await startArm();
    await arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", zoneName, { location: "global" });
  });
  after(() => arm?.close());

  const env = () => ({ PULUMI_WINDOWS_KMS_ARM_ENDPOINT: arm.endpoint });
  const publish = (...targets: string[]) =>
    arm.dns.recordSets.createOrUpdate("rg", zoneName, "SRV", "_vlmcs._tcp", {
      ttl: 3600,
      srvRecords: targets.map((target) => ({ priority: 0, weight: 0, port: 1688, target })),
    });

  /** What is said of a host in the zone and of its members, when its preview has read the zone. */
  async function review(changes: HostChanges = {}) {
    const created = { machine: { create: {} }, clientPrefixes: ["10.0.0.0/8"] };
    const zones = [{ zoneName, azurePrivateZoneId: zoneId }];
    const kms = host({ name: "kms2", ...created, zones, ...changes });
    const web = group({ hosts: ["kms2"] });
    const program = programIndex({ hosts: [kms], groups: [web] });
    const read = await readZones(kms, (zone) => readKmsRecords(zone, env()));
    return [...zoneDiagnostics(read, program), ...groupDiagnostics(web, program)].filter(({ code }) =>
      ["KMS2221", "KMS5040", "KMS5045"].includes(code),
    );
  }

  it("K28: have no record before the first update, or no zone", async () => {
    assert.deepEqual(await review(), []);
    const other = zoneId.replace(zoneName, "b.example");
    const notYet = [{ zoneName: "b.example", azurePrivateZoneId: other }];
    assert.deepEqual(await review({ zones: notYet }), []);
  });

  it("K28: name the record of a retired host with its time to live, until it is gone", async () => {
    await publish("kms2012.corp.example", "kms2.corp.example");
    for (let preview = 1; preview <= 2; preview += 1) {
      const [said, ...others] = await review();
      assert.deepEqual([said.code, said.severity, others.length], ["KMS2221", "warning", 0]);
      assert.match(said.message, /does not declare: kms2012\.corp\.example; /);
      assert.match(said.message, /The records are kept; clients look again after 3600 seconds\./);
    }
    await publish("KMS2.corp.example.");
    assert.deepEqual(await review(), []);
  });

  it("K28: are not judged where the name of an own host is not known", async () => {
    await publish("kms2012.corp.example");
    assert.deepEqual(await review({ machine: { azureVmId: "/vms/kms" }, clientPrefixes: undefined }), []);
    const named = { machine: { azureVmId: "/vms/kms", fqdn: "kms2012.corp.example" } };
    assert.deepEqual(await review({ ...named, clientPrefixes: undefined }), []);
  });

  it("name no record of a renamed host, whose machine keeps its computer name", async () => {
    await publish("kms2012.corp.example");
    assert.deepEqual(await review({ seen: { computerName: "KMS2012" } }), []);
    assert.deepEqual(await review({ seen: { formerNames: ["KMS2012"] } }), []);
    const [said] = await review({ seen: { computerName: "KMS2016" } });
    assert.match(said.message, /does not declare: kms2012\.corp\.example; /);
  });

  it("K36: keep the time to live of another stack's record, which the preview says", async () => {
    await publish("kms-eu.corp.example");
    const zone = { zoneName, azurePrivateZoneId: zoneId };
    const [ttl, held, ...others] = await review({ zones: [{ ...zone, ttlSeconds: 600 }] });
    assert.deepEqual([ttl.code, ttl.severity, ttl.path], ["KMS5045", "warning", "zones[0].ttlSeconds"]);
    assert.match(
      ttl.message,
      /one time to live applies to all KMS records of corp\.example, which also has those of kms-eu\.corp\.example: their 3600 seconds are kept instead of 600\./,
    );
    assert.match(held.message, /does not declare: kms-eu\.corp\.example; .*The records are kept/);
    assert.deepEqual(others, []);
    for (const ttlSeconds of [3600, undefined]) {
      const said = await review({ zones: [{ ...zone, ...(ttlSeconds !== undefined && { ttlSeconds }) }] });
      assert.deepEqual(
        said.map(({ code }) => code),
        ["KMS2221"],
      );
    }
    await publish("kms2.corp.example");
    assert.deepEqual(
      await review({ zones: [{ ...zone, ttlSeconds: 600 }] }),
      [],
      "the set is the host's own",
    );
  });

  it("K28: that cannot be read stop nothing", async () => {
    const forbidden = await readZones(host({ zones: [{ zoneName, azurePrivateZoneId: zoneId }] }), () =>
      Promise.reject(Object.assign(new Error("denied"), { code: "AuthorizationFailed" })),
    );
    const [said, ...others] = zoneDiagnostics(forbidden, programIndex());
    assert.deepEqual(
      [said.code, said.severity, said.path, others.length],
      ["KMS5040", "info", "zones[0]", 0],
    );
    assert.match(said.message, /of corp\.example: AuthorizationFailed\. .*windows-kms:readZones false/s);
    const unknown = host({
      zones: [{ zoneName, azurePrivateZoneId: zoneId }],
      unknown: ["zones[0].azurePrivateZoneId"],
    });
    assert.deepEqual(await readZones(unknown, () => assert.fail("must not be read")), []);
  });
});
