import type { LicensingPlan } from "../machine/licensing-plan";
import { type ClientLicense, clientLicense, discoveryTarget } from "./licensed-application";

/**
 * Takes back how a machine finds its KMS host, so that it looks for SRV records in its own DNS domain again. Its setup
 * key stays: Windows keeps the activation until it ends.
 */
export function releaseClientPlan(license: ClientLicense): LicensingPlan {
  const on = discoveryTarget(license);
  const read = ["KeyManagementServiceMachine", "KeyManagementServiceLookupDomain"];
  return {
    version: 1,
    ...clientLicense(license),
    operations: [
      {
        id: "clearHost",
        on,
        method: "ClearKeyManagementServiceMachine",
        unless: [{ on, property: "KeyManagementServiceMachine", is: "" }],
      },
      {
        id: "clearPort",
        on,
        method: "ClearKeyManagementServicePort",
        unless: [{ on, property: "KeyManagementServicePort", is: ["", 0, 1688] }],
      },
      {
        id: "clearLookupDomain",
        on,
        method: "ClearKeyManagementServiceLookupDomain",
        unless: [{ on, property: "KeyManagementServiceLookupDomain", is: "" }],
      },
    ],
    read: {
      service: on === "service" ? read : [],
      product: on === "product" ? read : [],
      features: [],
      firewall: [],
      events: false,
    },
  };
}
