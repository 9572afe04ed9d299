import * as pulumi from "@pulumi/pulumi";
import { setImmediate } from "node:timers/promises";
import { failureShownAtEnd, isRunByAnother, outputState } from "../engine/sdk-internals";
import { withoutSecretsOf } from "../engine/secret-arguments";
import { formatError } from "../errors/kms-error";
import type { Diagnostic, Severity } from "../rules/diagnostic";

/** Shows diagnostics on a resource, in the preview and in the update; tells whether one of them is an error. */
export function logDiagnostics(diagnostics: Diagnostic[], resource: pulumi.Resource): boolean {
  const invalid = diagnostics.some(({ severity }) => severity === "error");
  void whileAlive(async () => {
    await Promise.all(diagnostics.map(({ severity, message }) => logOn(resource, severity, message)));
    if (invalid) {
      failProgram();
      // Node.js reports the rejection that makes the program fail in its next turn.
      await setImmediate();
    }
  });
  return invalid;
}

/**
 * Shows a text on a resource once that is registered, which takes as long as the work on what its inputs are made from.
 * Pulumi shows one text after the other: one that waits for its resource holds back those of all others, and one of a
 * resource that an update never came to those of every later program of the process, where the Automation API runs several.
 */
export async function logOn(resource: pulumi.Resource, severity: Severity, text: string): Promise<void> {
  const shown = withoutSecretsOf(resource, text);
  const log = { error: pulumi.log.error, warning: pulumi.log.warn, info: pulumi.log.info }[severity];
  await whileAlive(async () => {
    const registered = await outputState(resource.urn).catch(() => undefined);
    await (registered === undefined ? log(shown) : log(shown, resource));
  });
}

/** Lets the engine wait for something that is no resource. */
export async function whileAlive<Result>(work: () => Promise<Result>): Promise<Result> {
  const finished = pulumi.runtime.rpcKeepAlive();
  try {
    return await work();
  } finally {
    finished();
  }
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
  void Promise.reject(isRunByAnother(process.env) ? failureShownAtEnd(failure.message) : failure);
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
