import { InvalidArgumentError } from "commander";

/** Source: pulumi.com/docs/iac/concepts/stacks, names of stacks: letters, digits, hyphens, underscores and periods. */
const format = /^([\w.-]+\/){0,2}[\w.-]+$/;

/** The name of a stack, which may begin with those of its organization and project. */
export function stackName(given: string): string {
  if (!format.test(given) || given.startsWith("-")) {
    throw new InvalidArgumentError(
      "It must be STACK, ORGANIZATION/STACK or ORGANIZATION/PROJECT/STACK, of letters, digits, hyphens, underscores and periods.",
    );
  }
  return given;
}
