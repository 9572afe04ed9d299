import {
  type Condition,
  type GuardedOperation,
  type LicensingPlan,
  windowsApplicationId,
} from "../machine/licensing-plan";
import { firewallWish } from "./firewall-wish";
import { firewallRuleName, hostReadList, kmsFeature } from "./host-state";
import type { HostWish } from "./host-wish";
import { hostKeyChannel } from "./key-channel";
import { licensed } from "./license-status";

/** Reads a machine and changes nothing. */
export function observeHostPlan(port: number): LicensingPlan {
  return { version: 1, applicationId: windowsApplicationId, operations: [], read: hostReadList(port) };
}

/**
 * Makes a machine the KMS host that the wish describes. Every operation is guarded by what it would change, so a
 * machine that is as wanted is not touched and no activation is spent.
 * The order is Windows' own: it refuses the host settings before the host key is activated.
 */
export function ensureHostPlan(wish: HostWish): LicensingPlan {
  return {
    version: 1,
    applicationId: windowsApplicationId,
    operations: [
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
    id: "installKey",
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
  onlyAfter: "installKey",
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
    applicationId: windowsApplicationId,
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
