import { type LicensingPlan, windowsApplicationId } from "../machine/licensing-plan";

/**
 * Takes back how a machine finds its KMS host, so that it looks for SRV records in its own DNS domain again. Its setup
 * key stays: Windows keeps the activation until it ends.
 */
export function releaseClientPlan(): LicensingPlan {
  return {
    version: 1,
    applicationId: windowsApplicationId,
    operations: [
      {
        id: "clearHost",
        on: "service",
        method: "ClearKeyManagementServiceMachine",
        unless: [{ on: "service", property: "KeyManagementServiceMachine", is: "" }],
      },
      {
        id: "clearPort",
        on: "service",
        method: "ClearKeyManagementServicePort",
        unless: [{ on: "service", property: "KeyManagementServicePort", is: ["", 0, 1688] }],
      },
      {
        id: "clearLookupDomain",
        on: "service",
        method: "ClearKeyManagementServiceLookupDomain",
        unless: [{ on: "service", property: "KeyManagementServiceLookupDomain", is: "" }],
      },
    ],
    read: {
      service: ["KeyManagementServiceMachine", "KeyManagementServiceLookupDomain"],
      product: [],
      features: [],
      firewall: [],
      events: false,
    },
  };
}
