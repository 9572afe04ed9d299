import { deniedAction } from "../azure/denied-action";
import { isRestError, type RestError } from "../azure/rest-error";
import { KmsError } from "../errors/kms-error";
import { oneSentence, withoutSecrets } from "./secrets";

/** A run command in progress: what its errors say, and the secrets that they must not show. */
export interface RunContext {
  machine: string;
  azureVmId: string;
  secrets: readonly string[];
  signal: AbortSignal;
}

/** Errors of @azure/identity. */
const identityErrors = [
  "AuthenticationError",
  "AggregateAuthenticationError",
  "AuthenticationRequiredError",
  "CredentialUnavailableError",
];

/** A KmsError about the machine that was caused by an error of Azure. Secrets stay out of it and of its cause. */
export function azureFailure(code: string, error: unknown, context: RunContext, values = {}): KmsError {
  const { machine, azureVmId: id, secrets } = context;
  const cause = withoutSecrets(error, secrets, isRestError(error) ? ["code", "statusCode"] : []);
  return new KmsError(code, {
    values: { machine, id, reason: oneSentence(cause.message), ...values },
    cause,
  });
}

/** Explains what an error of Azure means for the machine. */
export function explainAzureError(error: unknown, context: RunContext): KmsError {
  if (error instanceof KmsError) {
    return error;
  }
  const fail = (code: string) => azureFailure(code, error, context);
  if (context.signal.aborted) {
    return azureFailure("KMS3004", error, context, { reason: "the time given for it ran out" });
  }
  if (error instanceof Error && identityErrors.includes(error.name)) {
    return fail("KMS3009");
  }
  const words = wordsOf(error);
  const known = refusals.find(([pattern]) => pattern.test(words));
  if (known !== undefined) {
    return azureFailure(known[1], error, context, { assignment: assignmentIn(words) });
  }
  if (!isRestError(error)) {
    return fail("KMS3003");
  }
  switch (error.statusCode) {
    case 401:
    case 403:
      return azureFailure("KMS3010", error, context, {
        action: "Microsoft.Compute/virtualMachines/runCommands/*",
        scope: context.azureVmId,
        ...deniedAction(error),
      });
    case 404:
      return fail(error.code === "ParentResourceNotFound" ? "KMS3001" : "KMS3003");
    default:
      return fail(isConflict(error) && isNotRunning(error) ? "KMS3002" : "KMS3003");
  }
}

/**
 * What can be mended on the machine or in the subscription, by Azure's words for it: an operation that was begun and fails
 * leaves Microsoft's clients with a text alone.
 */
const refusals: [words: RegExp, code: string][] = [
  [/\bRequestDisallowedByPolicy\b/, "KMS3012"],
  [/extension operations are disallowed/i, "KMS3013"],
  [/\bVMAgentStatusCommunicationError\b/, "KMS3014"],
  [/\bOperationPreempted\b/, "KMS3015"],
  [/\bScopeLocked\b/, "KMS3036"],
];

const wordsOf = (error: unknown): string =>
  error instanceof Error
    ? `${isRestError(error) ? `${error.code ?? ""} ` : ""}${error.message}`
    : String(error);

/** The policy assignment that a refusal names. */
const assignmentIn = (words: string): string =>
  /"policyAssignment":\s*\{\s*"name":\s*"([^"]+)"/.exec(words)?.[1] ?? "a policy of the subscription";

/** Whether Azure ended an operation on the machine in favour of a newer one. */
export const isPreempted = (error: unknown): boolean => /\bOperationPreempted\b/.test(wordsOf(error));

/** Whether a request for the machine itself says that it does not exist. A missing subscription says nothing about it. */
export function isMachineMissing(error: unknown): boolean {
  return (
    isRestError(error) &&
    error.statusCode === 404 &&
    ["ResourceNotFound", "ResourceGroupNotFound", "NotFound"].includes(error.code ?? "")
  );
}

/** Whether Azure refused a run command because of the machine's state, so that it may accept it later. */
export function isConflict(error: unknown): error is RestError {
  return isRestError(error) && error.statusCode === 409;
}

/** Whether Azure refused because something else is being done to the machine. */
export function isBusy({ code, message }: RestError): boolean {
  return busyCodes.includes(code ?? "") || /in progress/i.test(message);
}

const busyCodes = ["Conflict", "AnotherOperationInProgress", "RetryableError", "OperationInProgress"];

/** Azure has no error code of its own for a machine that is not running. */
const isNotRunning = ({ message }: RestError) => /not running|deallocated|stopped/i.test(message);
