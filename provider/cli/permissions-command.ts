import { type Command, InvalidArgumentError, Option } from "commander";
import { createHash } from "node:crypto";
import { customRoles, featurePermissions, type FeatureUse } from "../catalog/permissions";
import { KmsError } from "../errors/kms-error";
import { runCommandPrefix } from "../machine/run-command-removal";
import { licensingScript } from "../machine/licensing-script";
import { usedFeatures } from "../report/used-features";
import { stackOptions, type StackFlags } from "./stack-options";
import { exportStack, readExport } from "./status/stack";

/** Adds `permissions`. */
export function permissionsCommand(program: Command): void {
  const command = program
    .command("permissions")
    .description("custom roles that allow what a stack, or these features, do in Azure, and nothing else");
  stackOptions(command)
    .addOption(
      new Option("--features <names...>", "features of a program that was never updated, in place of a stack")
        .choices(featurePermissions.map(({ feature }) => feature))
        .conflicts(["stack", "file"]),
    )
    .option(
      "--subscription <id>",
      "subscription of the features, and of what the stack does not name one for",
      subscription,
    )
    .action(showPermissions);
}

function subscription(given: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(given)) {
    throw new InvalidArgumentError("It must be the ID of a subscription, a UUID.");
  }
  return given.toLowerCase();
}

/** Flags of `permissions`. */
interface PermissionsFlags extends StackFlags {
  features?: string[];
  subscription?: string;
}

async function showPermissions(flags: PermissionsFlags, command: Command): Promise<void> {
  const { cwd, stack, file, features } = flags;
  const { uses, elsewhere, otherTypes } =
    features === undefined
      ? usedFeatures(await (file === undefined ? exportStack({ cwd, stack }) : readExport(file)))
      : { uses: [], elsewhere: features, otherTypes: [] };
  const permissions = {
    roles: customRoles([...uses, ...inSubscription(elsewhere, uses, flags.subscription)]),
    runCommand: {
      namePrefix: runCommandPrefix,
      scriptSha256: createHash("sha256").update(licensingScript, "utf8").digest("hex"),
    },
    otherTypes,
  };
  const output = command.configureOutput();
  output.writeOut?.(`${JSON.stringify(permissions, undefined, 2)}\n`);
  if (permissions.roles.length === 0) {
    output.writeErr?.(
      "The stack, as it was last updated, has nothing in Azure that needs a permission. For a program that was not updated yet, name its features: --features and --subscription.\n",
    );
  }
}

/** Features in the subscription that was given, else in the only one of the stack. @throws KmsError KMS9015 */
function inSubscription(
  features: readonly string[],
  uses: readonly FeatureUse[],
  given: string | undefined,
): FeatureUse[] {
  const [only, ...others] = new Set(uses.map(({ subscriptionId }) => subscriptionId));
  const subscriptionId = given ?? (others.length === 0 ? only : undefined);
  if (subscriptionId === undefined && features.length > 0) {
    throw new KmsError("KMS9015", { values: { given: features.join(", ") } });
  }
  return features.map((feature) => ({ feature, subscriptionId: subscriptionId! }));
}
