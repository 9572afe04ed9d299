import path from "node:path";
import { pathToFileURL } from "node:url";
import { folderVariable, labPassphrase, runFolder } from "./lab-folder";

/** What leads a program to a lab. */
export interface LabEndpoints {
  /** ARM endpoint, http on loopback, with the token that each request needs as the first part of its path. */
  arm: string;
  /** Port of the azure-native provider. */
  azureNative: number;
  subscriptionId: string;
  tenantId: string;
}

/** What the lab prints for the process that started it, as one JSON line. */
export interface LabAddress extends LabEndpoints {
  pid: number;
  /** For programs that work in two subscriptions. */
  otherSubscriptionId: string;
  /** Random; no other lab has it. */
  id: string;
  /** ISO 8601. */
  startedAt: string;
  /** Environment that a Pulumi program must have to use the lab. */
  environment: Record<string, string>;
}

/** Environment that a Pulumi program must have to use the lab. */
export function labVariables(lab: LabEndpoints): Record<string, string> {
  return {
    PULUMI_DEBUG_PROVIDERS: `azure-native:${lab.azureNative}`,
    PULUMI_WINDOWS_KMS_ARM_ENDPOINT: lab.arm,
    ARM_SUBSCRIPTION_ID: lab.subscriptionId,
    ARM_TENANT_ID: lab.tenantId,
  };
}

/**
 * What leads a program to the lab and away from the user's own stacks and activations: a backend and a ledger below
 * `folder`, the passphrase of the backend's stacks, and the addresses of the lab. The engine would otherwise download
 * the plugin that the lab stands for (pulumi/pulumi#10572).
 */
export function labEnvironment(
  folder: string,
  passphrase: string,
  lab: Record<string, string>,
): Record<string, string> {
  return {
    PULUMI_WINDOWS_KMS_LAB_LEDGER: pathToFileURL(path.join(folder, "ledger")).href,
    ...lab,
    PULUMI_BACKEND_URL: pathToFileURL(path.join(folder, "state")).href,
    PULUMI_CONFIG_PASSPHRASE: passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_SUPPRESS_NEO_LINK: "true",
  };
}

/** Environment in which a user's own program runs against the lab, with stacks and a ledger of the lab. */
export async function userEnvironment(folder: string, lab: LabAddress): Promise<Record<string, string>> {
  return {
    ...labEnvironment(runFolder(folder, lab.id), await labPassphrase(folder), lab.environment),
    [folderVariable]: folder,
  };
}

/** The variables of `userEnvironment`. */
export function userVariables(): string[] {
  const lab = { arm: "", azureNative: 0, subscriptionId: "", tenantId: "" };
  return [...Object.keys(labEnvironment("/", "", labVariables(lab))), folderVariable];
}
