import { KMSClientGroup, OperatingSystem } from "pulumi-windows-kms";
import { azureHost } from "./azure-host";
import { facts, vm } from "./network";

/** Servers that the package creates, with all that can be set on a group. */
export const web = new KMSClientGroup("web", {
  hosts: [azureHost],
  os: OperatingSystem.WindowsServer2022,
  edition: "Datacenter",
  vms: { ...vm, count: 5, computerNamePrefix: "max-web" },
  // Microsoft's setup key for this edition, which the group would take by itself as well.
  productKey: "WX4NM-KYWYW-QJJR4-XV3QB-6VM33",
  discovery: "dns",
  lookupDomain: "corp.example",
  rollout: {
    canary: 1,
    batchSize: 2,
    maxConcurrent: 2,
    maxFailures: 0,
    pauseSecondsBetweenBatches: 1,
    deadlineMinutes: 120,
  },
  image: { evaluation: false, generalized: true, skipRearm: false },
  network: facts,
  domainJoined: false,
  dnsSuffix: "corp.example",
  strict: true,
  acknowledge: ["KMS2226"],
});
