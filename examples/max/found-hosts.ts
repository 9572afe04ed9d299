import { KMSHost, OperatingSystem } from "pulumi-windows-kms";
import { azureHost } from "./azure-host";
import { hostKey } from "./settings";
import { siteMachines } from "./site";
import { siteHost } from "./site-host";
import { zone } from "./zone";

const { keyGroup } = hostKey;
const os = OperatingSystem.WindowsServer2022;

/** What another program declares of a host that it does not manage. Here both hosts are this program's own. */
export const foundInAzure = KMSHost.get(
  "found-in-azure",
  {
    keyGroup,
    os,
    azureVmId: azureHost.azureVmId,
    zoneNames: [zone.name],
    port: 1688,
    osBuild: "20348.2322",
    updates: ["KB5034770"],
    strict: true,
    acknowledge: [],
  },
  { dependsOn: [azureHost] },
);

const [ssh] = siteMachines("kmsHosts");

export const foundAtSite = KMSHost.get(
  "found-at-site",
  { keyGroup, os, ssh, fqdn: "site-kms.corp.example", officeVersions: ["LTSC 2024"] },
  { dependsOn: [siteHost] },
);
