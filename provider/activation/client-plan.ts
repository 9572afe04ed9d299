import type { GuardedOperation, LicensingPlan } from "../machine/licensing-plan";
import type { ClientWish } from "./client-wish";
import { clientKeyChannel } from "./key-channel";
import { type ClientLicense, clientLicense, discoveryTarget } from "./licensed-application";
import { licensed } from "./license-status";

const discoverySettings = [
  "KeyManagementServiceMachine",
  "KeyManagementServicePort",
  "KeyManagementServiceLookupDomain",
];

const clientRead = (wish: ClientLicense): LicensingPlan["read"] => ({
  service: ["ClientMachineID", ...(discoveryTarget(wish) === "service" ? discoverySettings : [])],
  product: [
    "PartialProductKey",
    "ProductKeyChannel",
    "LicenseStatus",
    "LicenseStatusReason",
    "GracePeriodRemaining",
    "DiscoveredKeyManagementServiceMachineName",
    ...(discoveryTarget(wish) === "product" ? discoverySettings : []),
  ],
  features: [],
  firewall: [],
  events: true,
});

/** Reads a member and changes nothing. */
export function observeClientPlan(wish: ClientLicense = { setupKey: "" }): LicensingPlan {
  return { version: 1, ...clientLicense(wish), operations: [], read: clientRead(wish) };
}

/** Makes a machine a KMS client as the wish describes and asks for activation once, unless it has it already. */
export function ensureClientPlan(wish: ClientWish): LicensingPlan {
  return {
    version: 1,
    ...clientLicense(wish),
    operations: [
      installSetupKey(wish),
      ...leaveHosting(wish),
      ...discovery(wish),
      ...(wish.awaitsHost === true ? [] : activate(wish)),
    ],
    read: clientRead(wish),
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
  const on = discoveryTarget(wish);
  return wish.discovery === "host" && wish.host !== undefined
    ? fixedHost(on, wish.host)
    : srvRecords(on, wish.lookupDomain);
}

type DiscoveryTarget = ReturnType<typeof discoveryTarget>;

/** Windows ignores the lookup domain once a host is fixed, so the two are never set together. */
function fixedHost(on: DiscoveryTarget, host: { name: string; port: number }): GuardedOperation[] {
  return [
    {
      id: "clearLookupDomain",
      on,
      method: "ClearKeyManagementServiceLookupDomain",
      unless: [{ on, property: "KeyManagementServiceLookupDomain", is: "" }],
    },
    {
      id: "setHost",
      on,
      method: "SetKeyManagementServiceMachine",
      arguments: { MachineName: host.name },
      unless: [{ on, property: "KeyManagementServiceMachine", is: host.name }],
    },
    {
      id: "setPort",
      on,
      method: "SetKeyManagementServicePort",
      arguments: { PortNumber: host.port },
      unless: [{ on, property: "KeyManagementServicePort", is: host.port }],
    },
  ];
}

function srvRecords(on: DiscoveryTarget, lookupDomain: string | undefined): GuardedOperation[] {
  const clearHost: GuardedOperation = {
    id: "clearHost",
    on,
    method: "ClearKeyManagementServiceMachine",
    unless: [{ on, property: "KeyManagementServiceMachine", is: "" }],
  };
  if (lookupDomain === undefined) {
    return [clearHost];
  }
  return [
    clearHost,
    {
      id: "setLookupDomain",
      on,
      method: "SetKeyManagementServiceLookupDomain",
      arguments: { LookupDomain: lookupDomain },
      unless: [{ on, property: "KeyManagementServiceLookupDomain", is: lookupDomain }],
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
