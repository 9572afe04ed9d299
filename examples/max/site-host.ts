import { KMSHost, OperatingSystem } from "pulumi-windows-kms";
import { config, hostKey } from "./settings";
import { siteMachines, siteZone } from "./site";

const [ssh] = siteMachines("kmsHosts");

/** A host outside Azure, which has host keys of Office as well: one of them activated by telephone. */
export const siteHost = new KMSHost("site-kms", {
  ...hostKey,
  os: OperatingSystem.WindowsServer2022,
  edition: "Datacenter",
  ssh,
  srvRecords: [{ dnsUpdate: siteZone }],
  officeKeys: [
    { office: "LTSC 2024", productKey: config.requireSecret("officeHostKey2024") },
    {
      office: "LTSC 2021",
      productKey: config.requireSecret("officeHostKey2021"),
      activation: "offline",
      confirmationId: config.getSecret("officeConfirmationId"),
      activationsSpent: { hosts: 0, activations: 0 },
      hostLimitException: { hosts: 8, reference: "case 2026-0002" },
    },
  ],
});
