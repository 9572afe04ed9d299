import { report } from "../engine/handler";
import { KmsError } from "../errors/kms-error";
import { isAboutOneMachine } from "../machine/one-machine";
import { type Diagnostic, diagnostic } from "../rules/diagnostic";
import { isAcknowledged } from "./consent";
import { entriesOf, retireEntries } from "./ledger-entry";
import type { HostActivationInputs, HostActivationOutputs, ManagedHostOutputs } from "./state";

/*
 * A KMS host whose machine cannot be reached keeps its last known state, so that the rest of the program goes on. The
 * program may give it up: its entry in the ledger stays spent and is retired, and its machine is not reached any more.
 */

const code = "KMS4020";

/** The error of a host that cannot be reached, with the ways out; any other error as it is. */
export function lostError(host: { name: string; computerName?: string }, error: unknown): unknown {
  if (!isMachineError(error)) {
    return error;
  }
  return new KmsError(code, { values: valuesOf(host, error.message), cause: error });
}

const valuesOf = ({ name, computerName }: { name: string; computerName?: string }, reason: string) => ({
  machine: computerName ?? name,
  reason,
});

/** Says of a host that did not answer when it was last to be looked at that it is left as it is. */
export const unreachableDiagnostic = (host: HostActivationOutputs, reason: string): Diagnostic =>
  diagnostic(code, "warning", "machine", valuesOf(host, reason));

/** Whether an error is that one machine could not be reached, or did not answer. */
export const isMachineError = (error: unknown): error is KmsError =>
  isAboutOneMachine(error) && error.code.startsWith("KMS3");

/** What is known of a host that did not answer. An error that is not about its machine is thrown on. */
export function withoutAnswer<Host extends HostActivationOutputs>(host: Host, error: unknown): Host {
  if (!isMachineError(error)) {
    throw error;
  }
  const unreachable = unreachableDiagnostic(host, error.message);
  report(host.name, unreachable.message);
  return { ...host, unreachable: error.message, diagnostics: [unreachable] };
}

/** Whether the program gives the host up, should it not answer. */
export const mayBeGivenUp = (inputs: HostActivationInputs): boolean =>
  !inputs.readOnly && isAcknowledged(code, inputs);

/**
 * Gives the host up: its entries are retired, and it keeps its last known state until it leaves the program.
 * @param reason why it cannot be reached
 */
export async function giveUp(host: ManagedHostOutputs, reason: string): Promise<ManagedHostOutputs> {
  const { cause } = await retireEntries(entriesOf(host));
  if (cause !== undefined) {
    throw cause;
  }
  report(host.name, `${host.computerName} is given up; its entry in the ledger stays spent`);
  const { formerEntries: _retired, ...rest } = host;
  return { ...rest, unreachable: reason, givenUp: true };
}
