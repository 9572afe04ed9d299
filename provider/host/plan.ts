import { hostKeyChannel, licensed } from "../machine/licensing-answer";
import {
  type Condition,
  type GuardedOperation,
  type LicensingPlan,
  officeApplicationId,
  windowsApplicationId,
} from "../machine/licensing-plan";
import { firewallRuleName, hostReadList, kmsFeature } from "./observed";
import { desiredFirewall, type HostSettings, type DesiredHost } from "./settings";

/** Which license of a KMS host a plan is about: that of Windows, or with an activation ID that of one Office version. */
export const hostLicense = (activationId?: string): Pick<LicensingPlan, "applicationId" | "activationId"> =>
  activationId === undefined
    ? { applicationId: windowsApplicationId }
    : { applicationId: officeApplicationId, activationId };

/** Name of the operation that installs the key. */
export const installOperation = "installKey";

/** Reads a machine and changes nothing. */
export function observeHostPlan(port: number, activationId?: string): LicensingPlan {
  return { version: 1, ...hostLicense(activationId), operations: [], read: hostReadList(port) };
}

/**
 * Makes a machine the KMS host that the desired describes. Every operation is guarded by what it would change, so a
 * machine that is as wanted is not touched and no activation is spent.
 * The order is Windows' own: it refuses the host settings before the host key is activated.
 */
export function ensureHostPlan(desired: DesiredHost): LicensingPlan {
  return {
    version: 1,
    ...hostLicense(desired.activationId),
    operations: isOfficeKey(desired)
      ? [installKey(desired), ...activate(desired)]
      : [
          ...role(desired),
          installKey(desired),
          refreshStatus,
          ...activate(desired),
          ...settings(desired),
          firewall(desired),
        ],
    read: hostReadList(desired.port),
  };
}

/** Whether the key is that of an Office version: role, port and all other settings are those of the machine's Windows key. */
export const isOfficeKey = ({ activationId }: Pick<HostSettings, "activationId">) =>
  activationId !== undefined;

/** Name of the operation that spends an activation. */
export const activateOperation = "activate";

/** Whether the plan activates the key, so that the host can serve. */
export const becomesActivated = ({ activation, confirmedInstallationId }: DesiredHost) =>
  activation === "online" || (activation === "offline" && confirmedInstallationId !== undefined);

function role(desired: DesiredHost): GuardedOperation[] {
  if (!desired.installRole) {
    return [];
  }
  return [
    {
      id: "installRole",
      on: "feature",
      method: "Install",
      arguments: { Name: kmsFeature },
      unless: [{ on: "feature", property: kmsFeature, is: ["Installed", "unsupported"] }],
    },
  ];
}

function installKey(desired: DesiredHost): GuardedOperation {
  return {
    id: installOperation,
    on: "service",
    method: "InstallProductKey",
    secretArguments: { ProductKey: "productKey" },
    unless: [
      { on: "product", property: "PartialProductKey", is: desired.partialProductKey },
      { on: "product", property: "ProductKeyChannel", is: hostKeyChannel },
    ],
  };
}

const refreshStatus: GuardedOperation = {
  id: "refreshStatus",
  on: "service",
  method: "RefreshLicenseStatus",
  onlyAfter: installOperation,
};

/** The one operation that spends an activation: over the Internet, or with what Microsoft said on the telephone. */
function activate(desired: DesiredHost): GuardedOperation[] {
  const unless: Condition[] = [{ on: "product", property: "LicenseStatus", is: licensed }];
  if (desired.activation === "online") {
    return [{ id: activateOperation, on: "product", method: "Activate", unless }];
  }
  return desired.activation === "offline" && desired.confirmedInstallationId !== undefined
    ? [
        {
          id: activateOperation,
          on: "product",
          method: "DepositOfflineConfirmationId",
          arguments: { InstallationId: desired.confirmedInstallationId },
          secretArguments: { ConfirmationId: "confirmationId" },
          unless,
        },
      ]
    : [];
}

/** Windows refuses the settings of a KMS host whose key is not activated. */
function settings(desired: DesiredHost): GuardedOperation[] {
  if (!becomesActivated(desired)) {
    return [];
  }
  const unless = (property: string, is: Condition["is"]): Condition[] => [{ on: "service", property, is }];
  return [
    {
      id: "setPort",
      on: "service",
      method: "SetKeyManagementServiceListeningPort",
      arguments: { PortNumber: desired.port },
      unless: unless("KeyManagementServiceListeningPort", desired.port),
    },
    {
      id: "setActivationInterval",
      on: "service",
      method: "SetVLActivationInterval",
      arguments: { ActivationInterval: desired.activationIntervalMinutes },
      unless: unless("VLActivationInterval", desired.activationIntervalMinutes),
    },
    {
      id: "setRenewalInterval",
      on: "service",
      method: "SetVLRenewalInterval",
      arguments: { RenewalInterval: desired.renewalIntervalMinutes },
      unless: unless("VLRenewalInterval", desired.renewalIntervalMinutes),
    },
    {
      id: "setPriority",
      on: "service",
      method: "EnableKeyManagementServiceLowPriority",
      arguments: { EnableLowPriority: desired.lowPriority },
      unless: unless("KeyManagementServiceLowPriority", desired.lowPriority),
    },
    {
      id: "setPublishing",
      on: "service",
      method: "DisableKeyManagementServiceDnsPublishing",
      arguments: { DisablePublishing: !desired.dnsPublishing },
      unless: unless("KeyManagementServiceDnsPublishing", desired.dnsPublishing),
    },
  ];
}

function firewall(desired: DesiredHost): GuardedOperation {
  const name = firewallRuleName(desired.port);
  return {
    id: "allowPort",
    on: "firewall",
    method: "Allow",
    arguments: { Name: name, Port: desired.port, Profiles: [...desired.firewallProfiles].sort().join(",") },
    unless: [{ on: "firewall", property: name, is: desiredFirewall(desired) }],
  };
}

/** Makes a former KMS host a KMS client of its own edition: its setup key replaces the host key. */
export function retireHostPlan(setupKey: string, port: number): LicensingPlan {
  return {
    version: 1,
    ...hostLicense(),
    operations: [
      {
        id: "installSetupKey",
        on: "service",
        method: "InstallProductKey",
        arguments: { ProductKey: setupKey },
        unless: [{ on: "product", property: "PartialProductKey", is: setupKey.slice(-5) }],
      },
      { id: "refreshStatus", on: "service", method: "RefreshLicenseStatus", onlyAfter: "installSetupKey" },
    ],
    read: hostReadList(port),
  };
}

/** Takes one Office version's host key off a machine. The key of Windows and those of other versions stay. */
export function uninstallOfficeKeyPlan(port: number, activationId: string): LicensingPlan {
  return {
    version: 1,
    ...hostLicense(activationId),
    operations: [
      {
        id: "uninstallKey",
        on: "product",
        method: "UninstallProductKey",
        unless: [{ on: "product", property: "PartialProductKey", is: "" }],
      },
    ],
    read: hostReadList(port),
  };
}
