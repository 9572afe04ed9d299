import { KMSClientGroup, OperatingSystem } from "pulumi-windows-kms";
import { web } from "./azure-clients";
import { azureHost } from "./azure-host";
import { vm } from "./network";

/** A scale set that the package creates. */
export const burst = new KMSClientGroup(
  "burst",
  {
    hosts: [azureHost],
    os: OperatingSystem.WindowsServer2022,
    edition: "Datacenter",
    scaleSet: {
      ...vm,
      capacity: 2,
      orchestrationMode: "Flexible",
      name: "burst",
      computerNamePrefix: "burst",
    },
  },
  // The other group brings the host above its threshold first.
  { dependsOn: [web] },
);
