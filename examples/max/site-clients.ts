import { KMSClientGroup, OperatingSystem } from "pulumi-windows-kms";
import { foundAtSite } from "./found-hosts";
import { siteMachines } from "./site";
import { siteHost } from "./site-host";

const machines = siteMachines("servers");

/** Servers outside Azure that were activated by other means before. */
export const site = new KMSClientGroup("site", {
  hosts: [siteHost],
  os: OperatingSystem.WindowsServer2022,
  edition: "Standard",
  ssh: machines,
  convertFrom: "retail",
  onRemove: "clearKmsHost",
  acceptUnlisted: false,
  domainJoined: true,
  domainController: false,
  hypervisor: "VMware vSphere",
  offlineDays: 14,
});

/** Office on the same servers, by the same host. */
export const suite = new KMSClientGroup(
  "suite",
  {
    hosts: [siteHost],
    os: OperatingSystem.WindowsServer2022,
    office: "LTSC 2024",
    edition: "Office LTSC Professional Plus",
    ssh: machines,
  },
  { dependsOn: [site] },
);
