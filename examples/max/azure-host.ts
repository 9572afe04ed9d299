import { KMSHost, OperatingSystem } from "pulumi-windows-kms";
import { facts, resourceGroupName, subnet, vm } from "./network";
import { hostKey } from "./settings";
import { link, zone } from "./zone";

/** A host that the package creates, with all that can be set on a KMS host. */
export const azureHost = new KMSHost(
  "kms",
  {
    ...hostKey,
    os: OperatingSystem.WindowsServer2022,
    edition: "Datacenter",
    activation: "online",
    vm,
    computerName: "max-kms",
    clientPrefixes: ["10.20.0.0/16"],
    port: 1688,
    activationIntervalMinutes: 60,
    renewalIntervalMinutes: 7200,
    lowPriority: true,
    firewallProfiles: ["Public"],
    deadlineMinutes: 90,
    srvRecords: [
      {
        privateZone: {
          resourceGroupName,
          zoneName: zone.name,
          subscriptionId: subnet.id.apply((id) => id.split("/")[2]),
        },
        target: "max-kms.corp.example",
        priority: 10,
        weight: 50,
        ttlSeconds: 600,
        addressRecord: true,
      },
    ],
    dnsPublishing: "package",
    image: { evaluation: false, generalized: true, skipRearm: false },
    network: facts,
    osBuild: "20348.2322",
    updates: ["KB5034770"],
    strict: true,
    acknowledge: [],
  },
  { dependsOn: [link] },
);
