import * as pulumi from "@pulumi/pulumi";
import { formatError } from "../errors/kms-error";
import { diagnostic, type Diagnostic } from "../rules/diagnostic";

/**
 * Options that Pulumi neither applies to a component nor hands down to its children. `version` and `pluginDownloadURL` are
 * such as well, but generated packages give them to whatever they wrap.
 */
const withoutEffect = [
  "ignoreChanges",
  "replaceOnChanges",
  "replacementTrigger",
  "replaceWith",
  "deleteBeforeReplace",
  "customTimeouts",
  "additionalSecretOutputs",
  "hideDiffs",
];

/**
 * The options as the constructor hands them to Pulumi.
 * @throws KMS1010 for `id`, which Pulumi would refuse with words about a custom provider
 */
export function componentOptions(
  opts: pulumi.ComponentResourceOptions | undefined,
  component: string,
): pulumi.ComponentResourceOptions | undefined {
  if (opts?.id !== undefined) {
    throw new pulumi.RunError(formatError("KMS1010", { property: "id", values: { given: component } }));
  }
  return opts;
}

/**
 * What a program may expect of a component's resource options, and does not get.
 * @param leavesTraces whether records and an entry of a ledger stay behind where nothing is done at its deletion
 */
export function componentOptionDiagnostics(
  opts: pulumi.ComponentResourceOptions,
  component: string,
  leavesTraces = false,
): Diagnostic[] {
  const given = (option: string) => (opts as Record<string, unknown>)[option] !== undefined;
  const values = { given: component };
  return [
    ...(given("import") ? [diagnostic("KMS1010", "error", "import", values)] : []),
    ...withoutEffect.filter(given).map((option) => diagnostic("KMS1011", "warning", option, values)),
    ...(given("deletedWith") && leavesTraces ? [diagnostic("KMS1016", "warning", "deletedWith")] : []),
  ];
}
