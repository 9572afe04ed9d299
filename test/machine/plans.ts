import {
  type GuardedOperation,
  type LicensingAnswer,
  type LicensingPlan,
  windowsApplicationId,
} from "../../provider/machine/licensing-plan";

/** An invented product key: a real one has one letter N at most. */
export const labKey = "NLABN-KMSNN-22222-NNNNN-LAB22";

/** Installs a secret key and reads the product back. */
export const installPlan: LicensingPlan = {
  version: 1,
  applicationId: windowsApplicationId,
  operations: [
    {
      id: "installKey",
      on: "service",
      method: "InstallProductKey",
      secretArguments: { ProductKey: "productKey" },
      unless: [{ on: "product", property: "PartialProductKey", is: "LAB22" }],
    },
  ],
  read: {
    service: ["KeyManagementServiceListeningPort"],
    product: ["PartialProductKey", "LicenseStatus"],
    features: ["VolumeActivation"],
    firewall: ["SPPSVC-In-TCP"],
    events: true,
  },
};

/** What a machine answers to `installPlan`. */
export const installAnswer: LicensingAnswer = {
  version: 1,
  operations: [{ id: "installKey", result: "done" }],
  machine: {
    name: "kms1",
    domain: "corp.example",
    uuid: "5f0c1d1e-0d5b-4f1e-9d43-5a7a3f1f0c55",
    osBuild: "20348.2322",
    editionId: "ServerDatacenter",
    productType: 3,
    utc: "2026-11-25T12:00:00Z",
  },
  service: { KeyManagementServiceListeningPort: 0 },
  product: { PartialProductKey: "LAB22", LicenseStatus: 0 },
  features: { VolumeActivation: "Available" },
  firewall: { "SPPSVC-In-TCP": "disabled:1688:Domain,Private,Public" },
  events: {},
};

export const activate: GuardedOperation = {
  id: "activate",
  on: "product",
  method: "Activate",
  unless: [{ on: "product", property: "LicenseStatus", is: 1 }],
};
