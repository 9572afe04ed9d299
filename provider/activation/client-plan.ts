import { type GuardedOperation, type LicensingPlan, windowsApplicationId } from "../machine/licensing-plan";
import type { ClientWish } from "./client-wish";
import { clientKeyChannel } from "./key-channel";
import { licensed } from "./license-status";

const clientRead: LicensingPlan["read"] = {
  service: [
    "ClientMachineID",
    "KeyManagementServiceMachine",
    "KeyManagementServicePort",
    "KeyManagementServiceLookupDomain",
  ],
  product: [
    "PartialProductKey",
    "ProductKeyChannel",
    "LicenseStatus",
    "LicenseStatusReason",
    "GracePeriodRemaining",
    "DiscoveredKeyManagementServiceMachineName",
  ],
  features: [],
  firewall: [],
  events: true,
};

/** Reads a member and changes nothing. */
export function observeClientPlan(): LicensingPlan {
  return { version: 1, applicationId: windowsApplicationId, operations: [], read: clientRead };
}

/** Makes a machine a KMS client as the wish describes and asks for activation once, unless it has it already. */
export function ensureClientPlan(wish: ClientWish): LicensingPlan {
  return {
    version: 1,
    applicationId: windowsApplicationId,
    operations: [
      installSetupKey(wish),
      ...leaveHosting(wish),
      ...discovery(wish),
      ...(wish.awaitsHost === true ? [] : activate(wish)),
    ],
    read: clientRead,
  };
}

function installSetupKey(wish: ClientWish): GuardedOperation {
  return {
    id: "installKey",
    on: "service",
    method: "InstallProductKey",
    arguments: { ProductKey: wish.setupKey },
    unless: [
      { on: "product", property: "PartialProductKey", is: wish.setupKey.slice(-5) },
      { on: "product", property: "ProductKeyChannel", is: clientKeyChannel },
    ],
  };
}

/** A former KMS host goes on answering until the licensing service has looked at its new key (R145). */
function leaveHosting(wish: ClientWish): GuardedOperation[] {
  return wish.convertFrom === "kmsHost"
    ? [{ id: "refreshStatus", on: "service", method: "RefreshLicenseStatus", onlyAfter: "installKey" }]
    : [];
}

function discovery(wish: ClientWish): GuardedOperation[] {
  return wish.discovery === "host" && wish.host !== undefined
    ? fixedHost(wish.host)
    : srvRecords(wish.lookupDomain);
}

/** Windows ignores the lookup domain once a host is fixed, so the two are never set together. */
function fixedHost(host: { name: string; port: number }): GuardedOperation[] {
  return [
    {
      id: "clearLookupDomain",
      on: "service",
      method: "ClearKeyManagementServiceLookupDomain",
      unless: [{ on: "service", property: "KeyManagementServiceLookupDomain", is: "" }],
    },
    {
      id: "setHost",
      on: "service",
      method: "SetKeyManagementServiceMachine",
      arguments: { MachineName: host.name },
      unless: [{ on: "service", property: "KeyManagementServiceMachine", is: host.name }],
    },
    {
      id: "setPort",
      on: "service",
      method: "SetKeyManagementServicePort",
      arguments: { PortNumber: host.port },
      unless: [{ on: "service", property: "KeyManagementServicePort", is: host.port }],
    },
  ];
}

function srvRecords(lookupDomain: string | undefined): GuardedOperation[] {
  const clearHost: GuardedOperation = {
    id: "clearHost",
    on: "service",
    method: "ClearKeyManagementServiceMachine",
    unless: [{ on: "service", property: "KeyManagementServiceMachine", is: "" }],
  };
  if (lookupDomain === undefined) {
    return [clearHost];
  }
  return [
    clearHost,
    {
      id: "setLookupDomain",
      on: "service",
      method: "SetKeyManagementServiceLookupDomain",
      arguments: { LookupDomain: lookupDomain },
      unless: [{ on: "service", property: "KeyManagementServiceLookupDomain", is: lookupDomain }],
    },
  ];
}

/**
 * One activation request at most. A machine that was licensed through another KMS host is asked to activate again
 * when its host changed: a member counts only where it asked.
 */
function activate(wish: ClientWish): GuardedOperation[] {
  const whenLicensed: GuardedOperation["unless"] = [
    { on: "product", property: "LicenseStatus", is: licensed },
  ];
  if (wish.discovery === "host") {
    return [
      { id: "activateWithNewHost", on: "product", method: "Activate", onlyAfter: "setHost" },
      { id: "activate", on: "product", method: "Activate", unless: whenLicensed },
    ];
  }
  return [
    { id: "activateWithNewHost", on: "product", method: "Activate", onlyAfter: "clearHost" },
    {
      id: "activate",
      on: "product",
      method: "Activate",
      unless: [
        ...whenLicensed,
        ...(wish.hostNames.length === 0
          ? []
          : [
              {
                on: "product" as const,
                property: "DiscoveredKeyManagementServiceMachineName",
                is: wish.hostNames,
              },
            ]),
      ],
    },
  ];
}
