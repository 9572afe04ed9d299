import * as pulumi from "@pulumi/pulumi";
import { withoutSecretsOf } from "../engine/secret-arguments";
import { formatError } from "../errors/kms-error";
import type { Diagnostic } from "../rules/diagnostic";

/** Shows diagnostics on a resource, in the preview and in the update; tells whether one of them is an error. */
export function logDiagnostics(diagnostics: Diagnostic[], resource: pulumi.Resource): boolean {
  for (const { severity, message } of diagnostics) {
    const log = { error: pulumi.log.error, warning: pulumi.log.warn, info: pulumi.log.info }[severity];
    void log(withoutSecretsOf(resource, message), resource);
  }
  const invalid = diagnostics.some(({ severity }) => severity === "error");
  if (invalid) {
    failProgram();
  }
  return invalid;
}

/**
 * Pulumi shows the message of such an error alone. It formats the stack all the same, which may keep Node 20 busy for
 * 20 seconds, so there is none.
 */
class InvalidProgramError extends pulumi.RunError {
  override readonly stack = undefined;
}

/** The one error of a program with errors: Pulumi reports an error once, however many promises are rejected with it. */
const failures = new WeakMap<object, InvalidProgramError>();
const withoutEngine = {};

/**
 * Makes the command fail without stopping the program, so that all its errors are seen: the engine shows a logged error
 * and ends with exit code 0 all the same. A rejection that nobody handles is an error of the program, in the CLI and in
 * the Automation API.
 */
function failProgram(): Error {
  const program = pulumi.runtime.getMonitor() ?? withoutEngine;
  const known = failures.get(program);
  if (known !== undefined) {
    return known;
  }
  const failure = new InvalidProgramError(formatError("KMS2302"));
  failures.set(program, failure);
  void Promise.reject(failure);
  return failure;
}

/**
 * An output of a component that has errors: not known in a preview, so that the whole program is shown; in an update
 * it stops whatever was to be made from it.
 */
export function invalidOutput<T>(): pulumi.Output<T> {
  return pulumi.runtime.isDryRun()
    ? (pulumi.output(pulumi.unknown) as unknown as pulumi.Output<T>)
    : (pulumi.output(Promise.reject<T>(failProgram())) as pulumi.Output<T>);
}
