import { featurePermissions } from "../catalog/permissions";
import type { FeatureUse } from "../catalog/permissions";
import type { ClientActivationOutputs } from "../group/state";
import { readMembers } from "../group/stored-members";
import type { HostActivationOutputs } from "../host/state";
import { azureKind } from "../rules/azure-network/declared-resource";
import type { SrvRecordOutputs } from "../srv/state";
import { type ExportedStack, type Stored, storedResources, storedText } from "./exported-stack";

/** What a stack uses of Azure. */
export interface UsedFeatures {
  uses: FeatureUse[];
  /** Features that are used in a subscription that the stack does not name. */
  elsewhere: string[];
  /** Types of azure-native resources whose actions are not known here: those of the program's own. */
  otherTypes: string[];
}

/** The features of Azure that the resources of a stack use, by subscription. @throws KmsError KMS9001 */
export function usedFeatures(exported: ExportedStack): UsedFeatures {
  const uses: FeatureUse[] = [];
  const elsewhere = new Set<string>();
  const otherTypes = new Set<string>();
  const use = (feature: string, id: unknown) => {
    const subscriptionId = subscriptionOf(id);
    if (subscriptionId === undefined) {
      elsewhere.add(feature);
    } else if (!uses.some((known) => known.feature === feature && known.subscriptionId === subscriptionId)) {
      uses.push({ feature, subscriptionId });
    }
  };
  for (const { type, id } of (exported.deployment.resources ?? []).filter(isAzureResource)) {
    const declaredAs = withoutVersion(type);
    const rows = featurePermissions.filter((row) => row.declaredAs?.includes(declaredAs));
    rows.forEach(({ feature }) => use(feature, id));
    if (rows.length === 0) {
      otherTypes.add(declaredAs);
    }
  }
  for (const { outputs } of storedResources<Stored<HostActivationOutputs>>(exported, "HostActivation")) {
    if (outputs.azureVmId !== undefined) {
      use("runCommands", outputs.azureVmId);
      use("hostAddresses", outputs.azureVmId);
    }
    if (storedText(outputs.ledger)?.startsWith("azblob://")) {
      use("blobLedger", undefined);
    }
  }
  for (const { outputs } of storedResources<ClientActivationOutputs>(exported, "ClientActivation")) {
    useOfGroup(outputs, use);
  }
  for (const { outputs } of storedResources<SrvRecordOutputs>(exported, "SrvRecord")) {
    if (outputs.zone?.azurePrivateZoneId !== undefined) {
      use("azureRecords", outputs.zone.azurePrivateZoneId);
    }
  }
  return { uses, elsewhere: [...elsewhere], otherTypes: [...otherTypes].sort() };
}

function useOfGroup(group: ClientActivationOutputs, use: (feature: string, id: string) => void): void {
  const { scaleSet } = group;
  // A program can make an output a secret, and an update that was cut off can leave it empty.
  if (typeof scaleSet === "object" && scaleSet !== null) {
    use("scaleSetMembers", scaleSet.id);
    if (scaleSet.uniform || scaleSet.autoscaled) {
      use("scaleSetExtension", scaleSet.id);
    }
  }
  for (const { azureVmId = "" } of readMembers(group)) {
    if (azureVmId !== "") {
      use("runCommands", azureVmId);
      use("powerStates", azureVmId);
    }
  }
}

const isAzureResource = ({ type }: { type: string }) => azureKind(type) !== undefined;

/** Tokens may name an API version, for example `azure-native_network_v20240501:network:Subnet`. */
const withoutVersion = (type: string) => `azure-native:${azureKind(type) ?? type}`;

const subscriptionOf = (id: unknown) =>
  /^\/subscriptions\/([^/]+)/i.exec(storedText(id) ?? "")?.[1].toLowerCase();
