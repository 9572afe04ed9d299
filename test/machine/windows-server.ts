import type { GuardedOperation } from "../../provider/machine/licensing-plan";
import { installPlan } from "./plans";

const applicationId = installPlan.applicationId;

/** A product of the licensing model. */
interface Product {
  ApplicationID: string;
  PartialProductKey: string;
  ProductKeyChannel?: string;
  LicenseIsAddon: boolean;
  LicenseStatus: number;
}

/** A fresh Windows Server with an add-on license besides its own. */
export const windowsServer = () => ({
  windows: {
    Win32_OperatingSystem: { ProductType: 3 },
    Win32_ComputerSystem: { DNSHostName: "kms1-büro", PartOfDomain: true, Domain: "corp.example" },
    Win32_ComputerSystemProduct: { UUID: "5F0C1D1E-0D5B-4F1E-9D43-5A7A3F1F0C55" },
    version: { CurrentBuild: "20348", UBR: 2322, EditionID: "ServerDatacenter" },
  },
  service: { VLRenewalInterval: 10080, KeyManagementServiceListeningPort: 0 },
  products: [
    { ApplicationID: applicationId, PartialProductKey: "ADDON", LicenseIsAddon: true, LicenseStatus: 1 },
    { ApplicationID: applicationId, PartialProductKey: "6VM33", LicenseIsAddon: false, LicenseStatus: 0 },
  ] as Product[],
  features: { VolumeActivation: "Available" },
  rules: {
    "SPPSVC-In-TCP": {
      Enabled: "False",
      Direction: "Inbound",
      Action: "Allow",
      Profile: 0,
      LocalPort: "1688",
    },
  } as Record<string, object>,
  registry: {} as Record<string, string[]>,
  /** Whether the script's own registry key is not there yet. */
  registryMissing: false,
  /** Which access to the script's own registry key Windows denies. */
  registryDenied: "" as "" | "read" | "write",
  /** File with products and registry, where several PowerShells work on the machine. */
  machineFile: "",
  /** How long an activation takes. */
  activateMilliseconds: 0,
  events: {} as Record<string, string>,
  failures: {} as Record<string, string>,
  returns: {} as Record<string, number>,
});

export const activate: GuardedOperation = {
  id: "activate",
  on: "product",
  method: "Activate",
  unless: [{ on: "product", property: "LicenseStatus", is: 1 }],
};
