import * as pulumi from "@pulumi/pulumi";
import { formatError } from "./errors/kms-error";
import type { Verdict } from "./rules/verdict";

/** Shows verdicts on a resource, in the preview and in the update; tells whether one of them is an error. */
export function logVerdicts(verdicts: Verdict[], resource: pulumi.Resource): boolean {
  for (const { severity, message } of verdicts) {
    const log = { error: pulumi.log.error, warning: pulumi.log.warn, info: pulumi.log.info }[severity];
    void log(message, resource);
  }
  const invalid = verdicts.some(({ severity }) => severity === "error");
  if (invalid) {
    failProgram();
  }
  return invalid;
}

/** Pulumi shows the message of such an error alone, without a stack. */
class InvalidProgramError extends pulumi.RunError {}

const failedPrograms = new WeakSet<object>();

/**
 * Makes the command fail without stopping the program, so that all its errors are seen: the engine shows a logged error
 * and ends with exit code 0 all the same. A rejection that nobody handles is an error of the program, in the CLI and in
 * the Automation API.
 */
function failProgram(): void {
  const program = pulumi.runtime.getMonitor();
  if (program === undefined || failedPrograms.has(program)) {
    return;
  }
  failedPrograms.add(program);
  void Promise.reject(new InvalidProgramError(formatError("KMS2302")));
}

/**
 * An output of a component that has errors: not known in a preview, so that the whole program is shown; in an update
 * it stops whatever was to be made from it.
 */
export function invalidOutput<T>(resource: string): pulumi.Output<T> {
  if (pulumi.runtime.isDryRun()) {
    return pulumi.output(pulumi.unknown) as unknown as pulumi.Output<T>;
  }
  const refused = Promise.reject<T>(
    new InvalidProgramError(`${resource} has errors, so nothing is made from it`),
  );
  return pulumi.output(refused) as pulumi.Output<T>;
}

/** One output of a component whose children are declared later; `invalidOutput` when it has errors. */
export function laterOutput<Parts extends object, Key extends keyof Parts>(
  parts: Promise<Parts | undefined>,
  key: Key,
  resource: string,
): Parts[Key] {
  const part = parts.then((all) => all?.[key] ?? invalidOutput(resource));
  return pulumi.output(part) as unknown as Parts[Key];
}
