import { azureKmsNamed } from "../catalog/azure-kms";
import { clientKeyChannel, licensed } from "../machine/licensing-answer";
import {
  type GuardedOperation,
  type LicensingPlan,
  officeApplicationId,
  windowsApplicationId,
} from "../machine/licensing-plan";

/** What the members of a client group shall be. */
export interface DesiredClient {
  /** KMS client setup key (GVLK); Microsoft publishes them, so it is no secret. */
  setupKey: string;
  /** Whether the key is Office's and not that of Windows. */
  office?: boolean;
  /** How a member finds a KMS host: SRV records, or a fixed name. */
  discovery: "dns" | "host";
  /** Names of the KMS hosts that may serve the group, lower case. */
  hostNames: string[];
  /** For discovery `host`: the host and port that members are pinned to. */
  host?: { name: string; port: number };
  /** For discovery `dns`: the zone whose SRV records members read; absent: the machine's own DNS suffix. */
  lookupDomain?: string;
  /** No KMS host is activated yet: members are configured and do not ask. */
  awaitsHost?: boolean;
  /** What activated the members before. */
  convertFrom?: ConvertFrom;
}

/** What a machine was activated by before it becomes a KMS client: R145, R146, R147. */
export type ConvertFrom = "kmsHost" | "mak" | "retail";

/** Whether Azure's own KMS activates the members; it has no threshold that they could wait for. */
export const asksAzure = ({ host }: DesiredClient) =>
  host !== undefined && azureKmsNamed(host.name) !== undefined;

/** What tells which license of a KMS client is meant. */
export type ClientLicense = Pick<DesiredClient, "office" | "setupKey">;

/**
 * Which license of a KMS client a plan is about. A machine has one license of Windows in use, but one for each product
 * of Office, so that Office's is told by its key.
 */
export const clientLicense = ({
  office,
  setupKey,
}: ClientLicense): Pick<LicensingPlan, "applicationId" | "keyEnding"> =>
  office === true
    ? { applicationId: officeApplicationId, keyEnding: setupKey.slice(-5) }
    : { applicationId: windowsApplicationId };

/**
 * Where a client keeps which KMS host it asks: Windows in the service, for all applications; Office in its own product,
 * so that Windows on the same machine is not told another host.
 */
export const discoveryTarget = ({ office }: Pick<DesiredClient, "office">) =>
  office === true ? "product" : "service";

const discoverySettings = [
  "KeyManagementServiceMachine",
  "KeyManagementServicePort",
  "KeyManagementServiceLookupDomain",
];

const clientRead = (desired: ClientLicense): LicensingPlan["read"] => ({
  service: ["ClientMachineID", ...(discoveryTarget(desired) === "service" ? discoverySettings : [])],
  product: [
    "PartialProductKey",
    "ProductKeyChannel",
    "LicenseStatus",
    "LicenseStatusReason",
    "GracePeriodRemaining",
    "DiscoveredKeyManagementServiceMachineName",
    ...(discoveryTarget(desired) === "product" ? discoverySettings : []),
  ],
  features: [],
  firewall: [],
  events: true,
});

/** Reads a member and changes nothing. */
export function observeClientPlan(desired: ClientLicense = { setupKey: "" }): LicensingPlan {
  return { version: 1, ...clientLicense(desired), operations: [], read: clientRead(desired) };
}

/** Makes a machine a KMS client as the desired describes and asks for activation once, unless it has it already. */
export function ensureClientPlan(desired: DesiredClient): LicensingPlan {
  return {
    version: 1,
    ...clientLicense(desired),
    operations: [
      installSetupKey(desired),
      ...leaveHosting(desired),
      ...discovery(desired),
      ...(desired.awaitsHost === true ? [] : activate(desired)),
    ],
    read: clientRead(desired),
  };
}

function installSetupKey(desired: DesiredClient): GuardedOperation {
  return {
    id: "installKey",
    on: "service",
    method: "InstallProductKey",
    arguments: { ProductKey: desired.setupKey },
    unless: [
      { on: "product", property: "PartialProductKey", is: desired.setupKey.slice(-5) },
      { on: "product", property: "ProductKeyChannel", is: clientKeyChannel },
    ],
  };
}

/** A former KMS host goes on answering until the licensing service has looked at its new key (R145). */
function leaveHosting(desired: DesiredClient): GuardedOperation[] {
  return desired.convertFrom === "kmsHost"
    ? [{ id: "refreshStatus", on: "service", method: "RefreshLicenseStatus", onlyAfter: "installKey" }]
    : [];
}

function discovery(desired: DesiredClient): GuardedOperation[] {
  const on = discoveryTarget(desired);
  return desired.discovery === "host" && desired.host !== undefined
    ? fixedHost(on, desired.host)
    : srvRecords(on, desired.lookupDomain);
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
function activate(desired: DesiredClient): GuardedOperation[] {
  const whenLicensed: GuardedOperation["unless"] = [
    { on: "product", property: "LicenseStatus", is: licensed },
  ];
  if (desired.discovery === "host") {
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
        ...(desired.hostNames.length === 0
          ? []
          : [
              {
                on: "product" as const,
                property: "DiscoveredKeyManagementServiceMachineName",
                is: desired.hostNames,
              },
            ]),
      ],
    },
  ];
}

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
