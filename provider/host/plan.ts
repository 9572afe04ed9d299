import { hostKeyChannel, licensed } from "../machine/licensing-answer";
import {
  type Condition,
  type GuardedOperation,
  type LicensingPlan,
  officeApplicationId,
  windowsApplicationId,
} from "../machine/licensing-plan";
import { firewallRuleName, hostReadList, kmsFeature } from "./observed";
import { firewallWish, type HostSettings, type HostWish } from "./settings";

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
 * Makes a machine the KMS host that the wish describes. Every operation is guarded by what it would change, so a
 * machine that is as wanted is not touched and no activation is spent.
 * The order is Windows' own: it refuses the host settings before the host key is activated.
 */
export function ensureHostPlan(wish: HostWish): LicensingPlan {
  return {
    version: 1,
    ...hostLicense(wish.activationId),
    operations: isOfficeKey(wish)
      ? [installKey(wish), ...activate(wish)]
      : [
          ...role(wish),
          installKey(wish),
          refreshStatus,
          ...activate(wish),
          ...settings(wish),
          firewall(wish),
        ],
    read: hostReadList(wish.port),
  };
}

/** Whether the key is that of an Office version: role, port and all other settings are those of the machine's Windows key. */
export const isOfficeKey = ({ activationId }: Pick<HostSettings, "activationId">) =>
  activationId !== undefined;

/** Name of the operation that spends an activation. */
export const activateOperation = "activate";

/** Whether the plan activates the key, so that the host can serve. */
export const becomesActivated = ({ activation, confirmedInstallationId }: HostWish) =>
  activation === "online" || (activation === "offline" && confirmedInstallationId !== undefined);

function role(wish: HostWish): GuardedOperation[] {
  if (!wish.installRole) {
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

function installKey(wish: HostWish): GuardedOperation {
  return {
    id: installOperation,
    on: "service",
    method: "InstallProductKey",
    secretArguments: { ProductKey: "productKey" },
    unless: [
      { on: "product", property: "PartialProductKey", is: wish.partialProductKey },
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
function activate(wish: HostWish): GuardedOperation[] {
  const unless: Condition[] = [{ on: "product", property: "LicenseStatus", is: licensed }];
  if (wish.activation === "online") {
    return [{ id: activateOperation, on: "product", method: "Activate", unless }];
  }
  return wish.activation === "offline" && wish.confirmedInstallationId !== undefined
    ? [
        {
          id: activateOperation,
          on: "product",
          method: "DepositOfflineConfirmationId",
          arguments: { InstallationId: wish.confirmedInstallationId },
          secretArguments: { ConfirmationId: "confirmationId" },
          unless,
        },
      ]
    : [];
}

/** Windows refuses the settings of a KMS host whose key is not activated. */
function settings(wish: HostWish): GuardedOperation[] {
  if (!becomesActivated(wish)) {
    return [];
  }
  const unless = (property: string, is: Condition["is"]): Condition[] => [{ on: "service", property, is }];
  return [
    {
      id: "setPort",
      on: "service",
      method: "SetKeyManagementServiceListeningPort",
      arguments: { PortNumber: wish.port },
      unless: unless("KeyManagementServiceListeningPort", wish.port),
    },
    {
      id: "setActivationInterval",
      on: "service",
      method: "SetVLActivationInterval",
      arguments: { ActivationInterval: wish.activationIntervalMinutes },
      unless: unless("VLActivationInterval", wish.activationIntervalMinutes),
    },
    {
      id: "setRenewalInterval",
      on: "service",
      method: "SetVLRenewalInterval",
      arguments: { RenewalInterval: wish.renewalIntervalMinutes },
      unless: unless("VLRenewalInterval", wish.renewalIntervalMinutes),
    },
    {
      id: "setPriority",
      on: "service",
      method: "EnableKeyManagementServiceLowPriority",
      arguments: { EnableLowPriority: wish.lowPriority },
      unless: unless("KeyManagementServiceLowPriority", wish.lowPriority),
    },
    {
      id: "setPublishing",
      on: "service",
      method: "DisableKeyManagementServiceDnsPublishing",
      arguments: { DisablePublishing: !wish.dnsPublishing },
      unless: unless("KeyManagementServiceDnsPublishing", wish.dnsPublishing),
    },
  ];
}

function firewall(wish: HostWish): GuardedOperation {
  const name = firewallRuleName(wish.port);
  return {
    id: "allowPort",
    on: "firewall",
    method: "Allow",
    arguments: { Name: name, Port: wish.port, Profiles: [...wish.firewallProfiles].sort().join(",") },
    unless: [{ on: "firewall", property: name, is: firewallWish(wish) }],
  };
}

/** Makes a former KMS host a KMS client of its own edition: its setup key replaces the host key. */
export function demoteHostPlan(setupKey: string, port: number): LicensingPlan {
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
