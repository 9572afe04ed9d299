import { azureKmsNamed } from "../catalog/azure-kms";
import { Discovery } from "../catalog/constants";
import { limits } from "../catalog/limits";
import { byActiveDirectory, clientKeyChannel, hostKeyChannel, licensed } from "../machine/licensing-answer";
import {
  type Condition,
  type GuardedOperation,
  type LicensingPlan,
  officeApplicationId,
  refreshAfter,
  type Refusal,
  windowsApplicationId,
} from "../machine/licensing-plan";
import { keptKey, type SystemLimits } from "./found-system";
import type { HostAddress } from "./state";

/** Desired state of a KMS client. Machines that its system limits keep out are left as they are. */
export interface DesiredClient extends SystemLimits {
  /** KMS client setup key (GVLK); Microsoft publishes them, so it is no secret. @default - selected from `systems` */
  setupKey?: string;
  /** Whether the key is Office's and not that of Windows. */
  office?: boolean;
  discovery: Discovery;
  /** Names of the KMS hosts that may serve the group, lower case. */
  hostNames: string[];
  /** For discovery `fixedHost`: the host that the client is pinned to. */
  host?: HostAddress;
  /** For discovery `dns`: the zone whose SRV records the client reads. @default - the machine's own DNS suffix */
  lookupDomain?: string;
  /** Windows may remember that DNS had no answer, and has to ask anew. */
  asksDnsAnew?: boolean;
  /** No KMS host is activated yet: the client is configured and does not ask for activation. */
  awaitsHost?: boolean;
  /** Whether a KMS host becomes a client, instead of being left as it is. */
  replacesHostKey?: boolean;
}

/** Whether Azure's own KMS activates the members; it has no threshold that they could wait for. */
export const asksAzure = ({ host }: DesiredClient) =>
  host !== undefined && azureKmsNamed(host.name) !== undefined;

/** What identifies the license of a KMS client. */
export type ClientLicense = Pick<DesiredClient, "office" | "setupKey">;

/**
 * Which license of a KMS client a plan is about. A machine uses one license of Windows, but one for each product of
 * Office, which is identified by its key.
 */
export const clientLicense = ({
  office,
  setupKey = "",
}: ClientLicense): Pick<LicensingPlan, "applicationId" | "keyEnding"> =>
  office === true
    ? { applicationId: officeApplicationId, keyEnding: setupKey.slice(-5) }
    : { applicationId: windowsApplicationId };

/**
 * Where a client keeps which KMS host it asks: Windows in the service, for all applications; Office in its own product,
 * so that Windows on the same machine keeps its own host.
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
    "VLActivationType",
    "VLActivationTypeEnabled",
    "DiscoveredKeyManagementServiceMachineName",
    ...(discoveryTarget(desired) === "product" ? discoverySettings : []),
  ],
  features: [],
  firewall: [],
  events: true,
});

/** Reads a client and changes nothing. */
export function observeClientPlan(desired: ClientLicense = {}): LicensingPlan {
  return { version: 1, ...clientLicense(desired), operations: [], read: clientRead(desired) };
}

/** Name of the plan's selection that gives a machine its setup key. */
const keySelection = "setupKey";

/** Refusals of a machine: it is a KMS host, or a system that the group does not activate. */
export const refuseKmsHost = "refuseKmsHost";
export const refuseSystem = "refuseSystem";

/** Brings a KMS client into the desired state and asks for activation once, unless it is activated already. */
export function ensureClientPlan(desired: DesiredClient): LicensingPlan {
  const { systems } = desired;
  return {
    version: 1,
    ...clientLicense(desired),
    ...(systems !== undefined && { selections: { [keySelection]: systems } }),
    refusals: refusals(desired),
    operations: [
      ...(desired.asksDnsAnew === true ? [clearDnsCache] : []),
      installSetupKey(desired),
      refreshAfter("refreshStatus", "installKey"),
      ...discoveryOperations(desired),
      ...(desired.awaitsHost === true ? [] : activate(desired)),
    ],
    read: clientRead(desired),
  };
}

/** The setup key of Office leaves the key of Windows alone, be it that of a KMS host. */
function refusals({ systems, excluded, editionIds, office, replacesHostKey }: DesiredClient): Refusal[] {
  const isClient: Condition = { on: "product", property: "ProductKeyChannel", isNot: hostKeyChannel };
  const isActivated: Condition[] = [
    ...(systems === undefined ? [] : [{ on: "selection" as const, property: keySelection, isNot: "" }]),
    ...(excluded === undefined
      ? []
      : [
          { on: "machine" as const, property: "build", isNot: excluded.builds },
          ...(excluded.editionIds.length === 0
            ? []
            : [{ on: "machine" as const, property: "editionId", isNot: excluded.editionIds }]),
        ]),
    ...(editionIds === undefined ? [] : [{ on: "machine" as const, property: "editionId", is: editionIds }]),
  ];
  return [
    ...(office === true || replacesHostKey === true ? [] : [{ id: refuseKmsHost, unless: [isClient] }]),
    ...(isActivated.length === 0 ? [] : [{ id: refuseSystem, unless: isActivated }]),
  ];
}

const clearDnsCache: GuardedOperation = { id: "clearDnsCache", on: "dnsCache", method: "Clear" };

function installSetupKey({ setupKey, systems = [] }: DesiredClient): GuardedOperation {
  const keeping = systems.filter(({ value }) => value === keptKey).flatMap(({ editionIds }) => editionIds);
  return {
    id: "installKey",
    on: "service",
    method: "InstallProductKey",
    ...(setupKey === undefined
      ? { selectedArguments: { ProductKey: keySelection } }
      : { arguments: { ProductKey: setupKey } }),
    unless: [
      {
        on: "product",
        property: "PartialProductKey",
        ...(setupKey === undefined ? { isEndOf: keySelection } : { is: setupKey.slice(-5) }),
      },
      { on: "product", property: "ProductKeyChannel", is: clientKeyChannel },
    ],
    ...(keeping.length > 0 && {
      orUnless: [{ on: "machine", property: "editionId", is: [...new Set(keeping)] }],
    }),
  };
}

function discoveryOperations(desired: DesiredClient): GuardedOperation[] {
  const on = discoveryTarget(desired);
  return desired.discovery === Discovery.FixedHost && desired.host !== undefined
    ? fixedHost(on, desired.host)
    : srvRecords(on, desired.lookupDomain);
}

type DiscoveryTarget = ReturnType<typeof discoveryTarget>;

/** Windows ignores the lookup domain once a host is fixed, so the two are never set together. */
function fixedHost(on: DiscoveryTarget, host: HostAddress): GuardedOperation[] {
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
      unless: [
        {
          on,
          property: "KeyManagementServicePort",
          is: host.port === limits.kmsPort ? [host.port, 0] : host.port,
        },
      ],
    },
  ];
}

/** Name and port belong together: a port that stays would be used for hosts that are found by DNS as well. */
const clearFixedHost = (on: DiscoveryTarget): GuardedOperation[] => [
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
    unless: [{ on, property: "KeyManagementServicePort", is: ["", 0, limits.kmsPort] }],
  },
];

function srvRecords(on: DiscoveryTarget, lookupDomain: string | undefined): GuardedOperation[] {
  if (lookupDomain === undefined) {
    return clearFixedHost(on);
  }
  return [
    ...clearFixedHost(on),
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
 * when its host changed: a member counts only where it asked. One that Active Directory activated asks no KMS host.
 */
function activate(desired: DesiredClient): GuardedOperation[] {
  const whenLicensed: GuardedOperation["unless"] = [
    { on: "product", property: "LicenseStatus", is: licensed },
  ];
  const unlessByDirectory: Pick<GuardedOperation, "orUnless"> =
    desired.office === true
      ? {}
      : {
          orUnless: [
            { on: "product", property: "VLActivationType", is: byActiveDirectory },
            { on: "product", property: "LicenseStatus", is: licensed },
          ],
        };
  const ask = (id: string, guard: Pick<GuardedOperation, "unless" | "onlyAfter">): GuardedOperation => ({
    id,
    on: "product",
    method: "Activate",
    ...guard,
    ...unlessByDirectory,
  });
  if (desired.discovery === Discovery.FixedHost) {
    return [
      ask("activateWithNewHost", { onlyAfter: "setHost" }),
      refreshAfter("refreshNewHost", "activateWithNewHost"),
      ask("activate", { unless: whenLicensed }),
      refreshAfter("refreshActivation", "activate"),
    ];
  }
  return [
    ask("activateWithNewHost", { onlyAfter: "clearHost" }),
    refreshAfter("refreshNewHost", "activateWithNewHost"),
    ask("activate", {
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
    }),
    refreshAfter("refreshActivation", "activate"),
  ];
}

/** Whether an operation of the plan sends a request to a KMS host. */
export const asksForActivation = (operation: string) => operation.startsWith("activate");

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
      ...clearFixedHost(on),
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
