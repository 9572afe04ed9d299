import { escaped, footnotes, page, table } from "./markdown";
import { featurePermissions } from "./product";

const introduction = `# Permissions

Which actions of Azure a stack needs, feature by feature, and a custom role that allows them and nothing else.

## A role for a stack

\`permissions\` reads the stack as it was last updated and prints a role for each subscription that it has something in. For a
program that was never updated, name the features from the table below and the subscription instead.

\`\`\`sh
npx pulumi-windows-kms permissions --stack prod > permissions.json
npx pulumi-windows-kms permissions --subscription 11111111-1111-4111-8111-111111111111 --features resourceGroups networks privateZones machines securityGroups runCommands powerStates azureRecords > permissions.json
\`\`\`

Whoever may write role definitions makes the role and assigns it to the principal that runs Pulumi. A new assignment can take
ten minutes to be effective.

\`\`\`sh
jq '.roles[0]' permissions.json > role.json
az role definition create --role-definition @role.json
az role assignment create --role "pulumi-windows-kms 11111111-1111-4111-8111-111111111111" --assignee APP_ID --scope /subscriptions/11111111-1111-4111-8111-111111111111
\`\`\`

Assign it on resource groups where a whole subscription is too much; \`powerStates\` needs the subscription, and without it
each machine is asked by itself (KMS3016). The role allows to run scripts on machines as SYSTEM: \`runCommands/write\` is as much
as administrator rights on every machine of its scope.

What the command prints besides is for security teams: the prefix that the names of all run commands of this package have, and the
SHA-256 of the licensing script that they run, which is the same for each machine and changes with the version of this package.
\`otherTypes\` names the types of resources of the program's own whose actions are not in the table.

## What each command needs

| command | actions |
| --- | --- |
| \`pulumi preview\` | of the features of what exists already those that end in \`/read\`, data actions included. A program whose resources are all new needs none |
| \`pulumi refresh\` | those that end in \`/read\`, and all of \`runCommands\`, \`scaleSetMembers\` and \`scaleSetExtension\`: machines are asked by a script |
| \`pulumi up\`, \`pulumi destroy\` | all |
| \`ledger settle\` | all of \`runCommands\` and \`blobLedger\` |
| \`status\`, \`permissions\`, other \`ledger\` commands | none in Azure, except reading the blobs of a ledger there |

Machines over SSH, DNS servers of your own and ledgers in folders need nothing in Azure. A subscription needs the resource providers
Microsoft.Compute and Microsoft.Network registered, and the feature EncryptionAtHost where a program uses it: once, by its owner.

Without the custom role these built-in ones are enough: Virtual Machine Contributor, Network Contributor and Private DNS Zone
Contributor on the resource groups, Contributor on those that the program creates itself, and Storage Blob Data Contributor on the
container of a ledger.

An action that is missing stops the resource that needs it, and the error names action, scope and what to do: KMS3010 for
machines, KMS3019 for scale sets, KMS5044 for zones, KMS6007 for ledgers; for resources of the program, azure-native shows Azure's own
text. Without \`runCommands/delete\`, run commands stay on the machine until it has as many as it can have, 25. To try a
role before you ask for it, use \`npm run lab -- --role FILE\` in the repository, which lets each command do what the table says
of the role and nothing else, or the lab's command [role](lab.md#roles).

## Features`;

const closing = `Microsoft's lists leave some things open. They have no read, write and delete of NAT gateways, which follow from the form that
all actions have. They do not say whether reading a machine together with its state takes \`instanceView/read\`, which actions a
machine needs for the disk that is made with it, or a Flexible scale set for its machines: the role has them, and the
[lab](lab.md#roles) demands them. None of this was tried in a subscription yet.`;

/** The page on permissions, with the actions of the catalogue. */
export async function permissionsPage(): Promise<string> {
  const sourcesOfRows = footnotes();
  const rows = featurePermissions.map(({ feature, purpose, actions, dataActions = [], sources }) => [
    `\`${feature}\``,
    `${escaped(purpose)}${sourcesOfRows.cite(...sources)}`,
    [...grouped(actions), ...grouped(dataActions).map((line) => `${line} (data)`)].join("<br>"),
  ]);
  return page([introduction, table(["feature", "for", "actions"], rows), closing, sourcesOfRows.notes()]);
}

/** Actions by type: `Microsoft.Network/routeTables`: read, write. */
function grouped(actions: readonly string[]): string[] {
  const types = new Map<string, string[]>();
  for (const action of actions) {
    const [, type, verb] = /^(.*?)\/(join\/action|[^/]+\/action|[^/]+)$/.exec(action)!;
    types.set(type, [...(types.get(type) ?? []), verb]);
  }
  return [...types].map(([type, verbs]) => `\`${type}\`: ${verbs.join(", ")}`);
}
