import type * as pulumi from "@pulumi/pulumi";
import { diagnostic, type Diagnostic } from "../rules/diagnostic";

/** Options that Pulumi neither applies to a component nor hands down to its children. */
const withoutEffect = ["ignoreChanges", "replaceOnChanges", "deleteBeforeReplace", "customTimeouts"];

/** What a program may expect of a component's resource options, and does not get. */
export function componentOptionDiagnostics(
  opts: pulumi.ComponentResourceOptions,
  component: string,
): Diagnostic[] {
  const given = (option: string) => (opts as Record<string, unknown>)[option] !== undefined;
  const values = { given: component };
  return [
    ...(given("import") ? [diagnostic("KMS1010", "error", "import", values)] : []),
    ...withoutEffect.filter(given).map((option) => diagnostic("KMS1011", "warning", option, values)),
  ];
}
