import { findOperatingSystem } from "../../catalog/operating-systems";
import type { GroupFacts } from "../facts";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/** What a group that Azure's own KMS activates can be, and which arguments belong to such a group alone. */
export function azureKmsVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  return group.azureKms === true
    ? [
        ...elsewhereVerdicts(group),
        ...meaninglessVerdicts(group, ["discovery", "lookupDomain"], "Azure's own KMS activates"),
        ...servedByAzureVerdicts(group),
        ...sameRouteTableVerdicts(group, index),
      ]
    : meaninglessVerdicts(group, ["azureKmsRoutes"], "a KMSHost activates");
}

/** Azure's KMS answers only what comes from an Azure public address. Source: custom-routes-enable-kms-activation. */
function elsewhereVerdicts({ azure, sshServers }: GroupFacts): Verdict[] {
  return azure === false ? [verdict("KMS2251", "error", sshServers ? "ssh" : "azureKms", {})] : [];
}

const meaninglessVerdicts = (group: GroupFacts, names: (keyof GroupFacts)[], activator: string) =>
  names.flatMap((name) => {
    const value = group[name];
    const given = typeof value === "string" ? `"${value}"` : "it";
    return value === undefined ? [] : [verdict("KMS2252", "error", name, { given, activator })];
  });

/**
 * Office has host keys of its own, which Azure's KMS has not; of Windows clients the Product Terms speak for Azure
 * Government. Source: learn.microsoft.com activation-error-0xc004c008; windows-itpro-docs #11262, #8823.
 */
function servedByAzureVerdicts({ office, os, azureCloud = "public" }: GroupFacts): Verdict[] {
  if (office !== undefined) {
    const reason = "each version of Office needs a host key of its own";
    const instead = "Give a KMSHost with a host key of this version in hosts.";
    return [verdict("KMS2253", "error", "office", { given: `Office ${office}`, reason, instead })];
  }
  const system = os === undefined ? undefined : findOperatingSystem(os);
  if (system?.family !== "client" || azureCloud === "usgovernment") {
    return [];
  }
  const reason =
    "Windows clients on Azure are licensed per user and activated through Microsoft Entra ID, and Microsoft's Product Terms foresee KMS there for Azure Government";
  const instead =
    "Check your agreement, and acknowledge this where it is met, as for session hosts of Azure Virtual Desktop.";
  return [verdict("KMS2253", "warning", "os", { given: system.name, reason, instead })];
}

/** Azure refuses a second route for the same address in a table, so one group brings them for all. */
function sameRouteTableVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  const table = group.azureKmsRoutes;
  const [first] = table === undefined ? [] : index.groupsWithRouteTable(table);
  return first === undefined || first === group
    ? []
    : [
        verdict("KMS2254", "error", "azureKmsRoutes.routeTableName", {
          given: table?.routeTableName ?? "",
          group: first.name,
        }),
      ];
}
