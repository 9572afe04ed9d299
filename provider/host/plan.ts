import type { ActivationMode } from "../catalog/constants";
import { hostKeyChannel, licensed } from "../machine/licensing-answer";
import {
  type Condition,
  type GuardedOperation,
  type LicensingPlan,
  officeApplicationId,
  refreshAfter,
  type Refusal,
  windowsApplicationId,
} from "../machine/licensing-plan";
import { hostReadList, type HostState } from "./observed";
import {
  type DesiredSettings,
  difference,
  licensingService,
  settingDrift,
  settingOperations,
} from "./settings";

/** The desired state of a KMS host: what the plan is made from and what drift is measured against. */
export interface DesiredHost {
  /** Activation ID of the Office version whose host key this is; left out for the key of Windows. */
  activationId?: string;
  activation: ActivationMode;
  /** Last five characters of the KMS host key. */
  partialProductKey: string;
  /** For `offline`: the installation ID that Microsoft confirmed, once there is a confirmation ID. */
  confirmedInstallationId?: string;
  /** Left out where another key of the machine brings them along. */
  settings?: DesiredSettings;
}

/** Which license of a KMS host a plan is about: that of Windows, or with an activation ID that of one Office version. */
const hostLicense = (activationId?: string): Pick<LicensingPlan, "applicationId" | "activationId"> =>
  activationId === undefined
    ? { applicationId: windowsApplicationId }
    : { applicationId: officeApplicationId, activationId };

/** Reads a machine and changes nothing but its record of reservations that are revoked. */
export const observeHostPlan = (activationId?: string, revoke: readonly string[] = []): LicensingPlan => ({
  version: 1,
  ...hostLicense(activationId),
  operations: [],
  ...(revoke.length > 0 && { revoke: [...revoke] }),
  read: hostReadList(),
});

/**
 * Reads a machine before it is decided whether to activate it. Where it is not activated, Windows looks at its licenses
 * first: a script that ended between an activation and its own such look has left it with what it knew before.
 * @param sealedFor last five characters of a product key that the machine is to make a key pair for, unless it has the key
 */
export const observeAnewPlan = (
  activationId?: string,
  revoke: readonly string[] = [],
  sealedFor?: string,
): LicensingPlan => ({
  ...observeHostPlan(activationId, revoke),
  operations: [lookAnew("refreshStatus")],
  ...(sealedFor !== undefined && { keyPair: { unless: hasKey(sealedFor) } }),
});

/** Lets Windows look at the licenses of a machine that does not show itself activated. */
const lookAnew = (id: string): GuardedOperation => ({
  id,
  on: "service",
  method: "RefreshLicenseStatus",
  unless: [{ on: "product", property: "LicenseStatus", is: licensed }],
  mayFail: true,
});

/** ID of the operation that installs the key. */
export const installOperation = "installKey";

/** ID of the operation that spends an activation. */
export const activateOperation = "activate";

/**
 * Makes a machine the desired KMS host. Every operation is guarded by what it would change, so a machine in the desired
 * state is left alone and no activation is spent.
 * @param reservation what the machine records the activation by, where one is reserved; Windows then looks at its licenses
 * first, since another run may have activated it meanwhile
 */
export function ensureHostPlan(desired: DesiredHost, reservation?: string): LicensingPlan {
  const { activationId, settings } = desired;
  const atStage = (stage: "beforeKey" | "afterActivation" | "afterKey") =>
    settings === undefined ? [] : settingOperations(settings, stage);
  return {
    version: 1,
    ...hostLicense(activationId),
    operations: [
      ...atStage("beforeKey"),
      installKey(desired),
      refreshAfter("refreshStatus", installOperation),
      ...(reservation === undefined ? [] : [lookAnew("refreshBeforeActivation")]),
      ...(settings !== undefined && becomesActivated(desired) ? beforeActivation(settings) : []),
      ...activate(desired),
      ...(becomesActivated(desired)
        ? [refreshAfter("refreshActivation", activateOperation), ...atStage("afterActivation")]
        : []),
      ...atStage("afterKey"),
      ...(settings === undefined ? [] : [restart("restartService")]),
    ],
    ...(reservation !== undefined && { reservation: { id: reservation, operation: activateOperation } }),
    read: hostReadList(),
  };
}

/** Whether the plan activates the key, so that the host can serve. */
export const becomesActivated = ({ activation, confirmedInstallationId }: DesiredHost) =>
  activation === "online" || (activation === "offline" && confirmedInstallationId !== undefined);

const installKey = ({ partialProductKey }: DesiredHost): GuardedOperation => ({
  id: installOperation,
  on: "service",
  method: "InstallProductKey",
  secretArguments: { ProductKey: "productKey" },
  unless: hasKey(partialProductKey),
});

const hasKey = (partialProductKey: string): Condition[] => [
  { on: "product", property: "PartialProductKey", is: partialProductKey },
  { on: "product", property: "ProductKeyChannel", is: hostKeyChannel },
];

/** Most settings count from the next start of the service on; it is restarted only where one was changed. */
const restart = (id: string): GuardedOperation => ({
  id,
  on: "windowsService",
  method: "Restart",
  arguments: { Name: licensingService },
  unless: [{ on: "windowsService", property: licensingService, is: "current" }],
});

const unlessActivated: Pick<GuardedOperation, "orUnless"> = {
  orUnless: [{ on: "product", property: "LicenseStatus", is: licensed }],
};

/**
 * A host publishes itself at its activation, so that it must know before whether and where. Windows may refuse that of a
 * machine that is no host yet; the setting is repeated after the activation.
 */
const beforeActivation = ({ values }: DesiredSettings): GuardedOperation[] => [
  ...(values.dnsPublishing
    ? []
    : [
        {
          id: "stopPublishing",
          on: "service" as const,
          method: "DisableKeyManagementServiceDnsPublishing",
          arguments: { DisablePublishing: true },
          unless: [{ on: "service" as const, property: "KeyManagementServiceDnsPublishing", is: false }],
          ...unlessActivated,
          needsRestart: licensingService,
          mayFail: true,
        },
      ]),
  { ...restart("restartBeforeActivation"), ...unlessActivated },
];

/** The one operation that spends an activation: over the Internet, or with what Microsoft said on the telephone. */
function activate({ activation, confirmedInstallationId }: DesiredHost): GuardedOperation[] {
  const unless: Condition[] = [{ on: "product", property: "LicenseStatus", is: licensed }];
  if (activation === "online") {
    return [{ id: activateOperation, on: "product", method: "Activate", unless }];
  }
  return activation === "offline" && confirmedInstallationId !== undefined
    ? [
        {
          id: activateOperation,
          on: "product",
          method: "DepositOfflineConfirmationId",
          arguments: { InstallationId: confirmedInstallationId },
          secretArguments: { ConfirmationId: "confirmationId" },
          unless,
        },
      ]
    : [];
}

/** Each difference between the desired state of a KMS host and what was observed, in words; empty when there is none. */
export function hostDrift(desired: DesiredHost, state: HostState): string[] {
  const activated = becomesActivated(desired);
  const key: [what: string, is: string, expected: string][] = [
    ["ending of the product key", state.partialProductKey, desired.partialProductKey],
    ["product key channel", state.productKeyChannel, hostKeyChannel],
    ...(activated ? [["license status", state.licenseStatus, "Licensed"] as [string, string, string]] : []),
  ];
  const { settings } = desired;
  return [
    ...key.filter(([, is, expected]) => is !== expected).map((one) => difference(...one)),
    ...(settings === undefined
      ? []
      : settingDrift(settings, state.settings, activated || state.licenseStatus === "Licensed")),
    ...(settings !== undefined && state.awaitsRestart
      ? ["Windows' licensing service works with former settings, expected a restart"]
      : []),
  ];
}

/**
 * Makes a former KMS host a KMS client of its own edition: its setup key replaces the host key. A machine that has another
 * key by now is no host of this resource any more, and is left as it is.
 */
export const retireHostPlan = (setupKey: string, hostKeyEndings: readonly string[]): LicensingPlan => ({
  version: 1,
  ...hostLicense(),
  refusals: refuseOtherKey([...hostKeyEndings, setupKey.slice(-5)]),
  operations: [
    {
      id: "installSetupKey",
      on: "service",
      method: "InstallProductKey",
      arguments: { ProductKey: setupKey },
      unless: [{ on: "product", property: "PartialProductKey", is: setupKey.slice(-5) }],
    },
    refreshAfter("refreshStatus", "installSetupKey"),
  ],
  read: hostReadList(),
});

/** Keys that the product may have for the plan to be carried out, by their last five characters. */
const refuseOtherKey = (endings: readonly string[]): Refusal[] => [
  { id: "refuseOtherKey", unless: [{ on: "product", property: "PartialProductKey", is: [...endings] }] },
];

/**
 * Takes one Office version's host key off a machine. The key of Windows and those of other versions stay, and so does
 * another key of this version: the machine is a host with that one.
 */
export const uninstallOfficeKeyPlan = (
  activationId: string,
  hostKeyEndings: readonly string[],
): LicensingPlan => ({
  version: 1,
  ...hostLicense(activationId),
  refusals: refuseOtherKey([...hostKeyEndings, ""]),
  operations: [
    {
      id: "uninstallKey",
      on: "product",
      method: "UninstallProductKey",
      unless: [{ on: "product", property: "PartialProductKey", is: "" }],
    },
    refreshAfter("refreshStatus", "uninstallKey"),
  ],
  read: hostReadList(),
});
