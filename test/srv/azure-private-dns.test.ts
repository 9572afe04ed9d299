import assert from "node:assert/strict";
import { azureClients } from "../../provider/azure/clients";
import { azurePrivateDns } from "../../provider/srv/azure-private-dns";
import { isKmsError } from "./is-kms-error";
import { subscriptionId } from "../lab/arm/arm-names";
import { type Arm, startArm } from "../lab/arm/arm-fixture";
import { hostRecord, srvZoneContract, text } from "./contract";

describe("dns/azure-private-dns on the lab's ARM endpoint", () => {
  let arm: Arm;
  let opened = 0;

  const openZone = (zoneName: string) =>
    azurePrivateDns(
      { subscriptionId, resourceGroupName: "rg", zoneName },
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

  it("says that there is no such zone", async () => {
    await assert.rejects(openZone("missing.example").add(hostRecord(1), 600), isKmsError("KMS5001"));
  });
});
