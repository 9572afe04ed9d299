import * as pulumi from "@pulumi/pulumi";
import { tolerate, type Tolerance } from "../rules/acknowledge";
import { diagnostic } from "../rules/diagnostic";
import { visitDeclared } from "../component/declared-resources";
import { logDiagnostics } from "../component/diagnostics";
import { dayOf } from "../rules/days";

/**
 * Reports security rules that the program declares beside the network security group of a created KMS host, as soon as the
 * names of both are known. The group has its rules as one list, and azure-native removes what is not in it.
 * Source: pulumi/pulumi-azure-native#1087 and #3359.
 */
export function warnOfSeparateRules(
  host: string,
  securityGroupId: pulumi.Output<string | undefined>,
  acknowledge: Tolerance["acknowledge"],
  component: pulumi.Resource,
): void {
  visitDeclared(
    "network:SecurityRule",
    (rule, { props: { networkSecurityGroupName, resourceGroupName } }) => {
      pulumi
        .all([securityGroupId, networkSecurityGroupName, resourceGroupName])
        .apply(([id, groupName, resourceGroup]) => {
          if (typeof id === "string" && isGroup(id, groupName, resourceGroup)) {
            const found = diagnostic("KMS2279", "warning", "", { rule: `the security rule "${rule}"`, host });
            const today = dayOf(Date.now());
            logDiagnostics(tolerate([found], { acknowledge, today }), component);
          }
        });
    },
  );
}

/** Whether an Azure resource ID is that of the group with this name in this resource group. */
function isGroup(id: string, groupName: unknown, resourceGroup: unknown): boolean {
  const parts = id.toLowerCase().split("/");
  const isSame = (given: unknown, part: string | undefined) =>
    typeof given === "string" && given.toLowerCase() === part;
  return isSame(groupName, parts.at(-1)) && isSame(resourceGroup, parts[parts.indexOf("resourcegroups") + 1]);
}
