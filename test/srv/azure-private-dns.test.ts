import type { RecordSet } from "@azure/arm-privatedns";
import assert from "node:assert/strict";
import { azureClients } from "../../provider/azure/clients";
import { azurePrivateDns } from "../../provider/srv/azure-private-dns";
import { isKmsError } from "./is-kms-error";
import { subscriptionId } from "../lab/arm/arm-names";
import { type Arm, startArm } from "../lab/arm/arm-fixture";
import { hostRecord, srvZoneContract, text } from "./contract";

describe("srv/azure-private-dns on the lab's ARM endpoint", () => {
  let arm: Arm;
  let opened = 0;

  const openZone = (zoneName: string) =>
    azurePrivateDns(
      `/subscriptions/${subscriptionId}/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/${zoneName}`,
      azureClients({ PULUMI_WINDOWS_KMS_ARM_ENDPOINT: arm.endpoint }).privateDns(subscriptionId),
    );

  before(async () => {
    arm = await startArm();
  });
  after(() => arm?.close());

  srvZoneContract(async () => {
    const zoneName = `z${opened++}.corp.example`;
    await arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", zoneName, { location: "global" });
    const set = ["rg", zoneName, "SRV", "_vlmcs._tcp"] as const;
    return {
      zone: openZone(zoneName),
      seen: async () => {
        const sets = [];
        for await (const one of arm.dns.recordSets.listByType("rg", zoneName, "SRV")) {
          sets.push(one);
        }
        const records = sets.flatMap(({ srvRecords }) => srvRecords ?? []);
        return records
          .map(({ priority = 0, weight = 0, port = 0, target = "" }) =>
            text({ priority, weight, port, target }),
          )
          .sort();
      },
      plant: async (record) => {
        await arm.dns.recordSets.createOrUpdate(...set, { ttl: 600, srvRecords: [record] });
      },
    };
  });

  describe("the record set that others share", () => {
    const open = async () => {
      const zoneName = `s${opened++}.corp.example`;
      await arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", zoneName, { location: "global" });
      const set = ["rg", zoneName, "SRV", "_vlmcs._tcp"] as const;
      return {
        zone: openZone(zoneName),
        seen: async () => {
          const { ttl, metadata, srvRecords } = await arm.dns.recordSets.get(...set);
          return { ttl, metadata, targets: srvRecords?.map(({ target }) => target) };
        },
        plant: (body: RecordSet) => arm.dns.recordSets.createOrUpdate(...set, body),
      };
    };
    const others = { priority: 0, weight: 0, port: 1688, target: "kms09.corp.example" };
    const ours = hostRecord(1);

    it("keeps its metadata and the time to live of the others, and is alone again with ours", async () => {
      const { zone, seen, plant } = await open();
      const metadata = { owner: "network" };
      await plant({ ttl: 300, metadata, srvRecords: [others] });
      await zone.add(ours, 3600);
      assert.deepEqual(await seen(), { ttl: 300, metadata, targets: [others.target, ours.target] });
      await zone.add({ ...ours, port: 1700 }, 3600);
      assert.equal((await seen()).ttl, 300);
      await zone.remove(others);
      assert.deepEqual(await seen(), { ttl: 300, metadata, targets: [ours.target] });
      await zone.add({ ...ours, port: 1700 }, 3600);
      assert.deepEqual(await seen(), { ttl: 3600, metadata, targets: [ours.target] });
    });

    it("settles on the first time to live when two owners write in turn", async () => {
      const { zone, seen } = await open();
      for (let turn = 0; turn < 2; turn++) {
        await zone.add(hostRecord(1), 300);
        await zone.add(hostRecord(2), 3600);
        assert.equal((await seen()).ttl, 300);
      }
    });

    it("takes a new time to live where all records are of one owner", async () => {
      const { zone, seen } = await open();
      await zone.add(hostRecord(1), 300);
      await zone.add(hostRecord(2), 300);
      await zone.add(hostRecord(1), 60, ({ target }) => target === hostRecord(2).target);
      assert.equal((await seen()).ttl, 60);
    });
  });

  describe("address records", () => {
    const host = "kms01";
    const open = async () => {
      const zoneName = `a${opened++}.corp.example`;
      await arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", zoneName, { location: "global" });
      const set = ["rg", zoneName, "A", host] as const;
      return {
        addresses: openZone(zoneName).addresses,
        seen: () =>
          arm.dns.recordSets.get(...set).then(
            ({ ttl, metadata, aRecords = [] }) => ({
              ttl,
              metadata,
              addresses: aRecords.map(({ ipv4Address }) => ipv4Address),
            }),
            () => undefined,
          ),
        plant: (body: RecordSet) => arm.dns.recordSets.createOrUpdate(...set, body),
      };
    };

    it("are added once, with their own time to live, and removed with their set", async () => {
      const { addresses, seen } = await open();
      assert.deepEqual(await addresses.list(host), []);
      await addresses.add(host, "10.0.0.4", 600);
      await addresses.add(host, "10.0.0.4", 600);
      assert.deepEqual(await addresses.list(host), ["10.0.0.4"]);
      await addresses.add(host, "10.0.0.4", 300);
      assert.deepEqual(await seen(), { ttl: 300, metadata: undefined, addresses: ["10.0.0.4"] });
      await addresses.remove(host, "10.0.0.4");
      await addresses.remove(host, "10.0.0.4");
      assert.equal(await seen(), undefined);
    });

    it("leave addresses of others, their time to live and their metadata as they are", async () => {
      const { addresses, seen, plant } = await open();
      const metadata = { owner: "network" };
      await plant({ ttl: 60, metadata, aRecords: [{ ipv4Address: "10.0.0.9" }] });
      await addresses.add(host, "10.0.0.4", 600);
      assert.deepEqual(await seen(), { ttl: 60, metadata, addresses: ["10.0.0.9", "10.0.0.4"] });
      await addresses.remove(host, "10.0.0.4");
      assert.deepEqual(await seen(), { ttl: 60, metadata, addresses: ["10.0.0.9"] });
    });

    it("lose no address of concurrent writers", async () => {
      const { addresses } = await open();
      const all = Array.from({ length: 8 }, (_, index) => `10.0.0.${index + 1}`);
      await Promise.all(all.map((address) => addresses.add(host, address, 600)));
      assert.deepEqual((await addresses.list(host)).sort(), all);
    }).timeout(60_000);

    it("are not made in a zone that does not exist", async () => {
      const { addresses } = openZone("missing.example");
      await assert.rejects(addresses.add(host, "10.0.0.4", 600), isKmsError("KMS5001"));
    });
  });

  it("keeps the metadata of the set", async () => {
    const zoneName = `m${opened++}.corp.example`;
    await arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", zoneName, { location: "global" });
    const set = ["rg", zoneName, "SRV", "_vlmcs._tcp"] as const;
    const metadata = { owner: "network" };
    await arm.dns.recordSets.createOrUpdate(...set, { ttl: 600, metadata, srvRecords: [hostRecord(1)] });
    await openZone(zoneName).add(hostRecord(2), 600);
    assert.deepEqual((await arm.dns.recordSets.get(...set)).metadata, metadata);
  });

  it("says that there is no such zone", async () => {
    await assert.rejects(openZone("missing.example").add(hostRecord(1), 600), isKmsError("KMS5001"));
  });
});
