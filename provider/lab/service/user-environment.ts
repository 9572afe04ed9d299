import { labVariables } from "../lab-variables";
import type { LabAddress } from "../main";
import { labEnvironment } from "../run/engine-environment";
import { labPassphrase, runFolder } from "./lab-folder";
import { folderVariable } from "./state-folder";

/** Environment in which a user's own program runs against the lab, with stacks and a ledger of the lab. */
export async function userEnvironment(folder: string, lab: LabAddress): Promise<Record<string, string>> {
  return {
    ...labEnvironment(runFolder(folder, lab.id), await labPassphrase(folder), lab.environment),
    [folderVariable]: folder,
  };
}

/** The variables of `userEnvironment`. */
export function userVariables(): string[] {
  const place = { arm: "", azureNative: 0, subscriptionId: "", tenantId: "" };
  return [...Object.keys(labEnvironment("/", "", labVariables(place))), folderVariable];
}
