import type * as pulumi from "@pulumi/pulumi";
import type { Diagnostic } from "../rules/diagnostic";
import { type Validator, argumentDiagnostics } from "./argument-diagnostics";
import type { ObjectNode } from "./argument-node";
import { type OpenedArguments, openArguments } from "./open-arguments";

/** Opened arguments, and what is wrong with their shape. */
export interface CheckedArguments<Inputs, Values> extends OpenedArguments<Inputs, Values> {
  /** Empty where the arguments have the shape that their types say. */
  diagnostics: Diagnostic[];
}

/** Opens the arguments of a component and checks their shape. */
export async function checkArguments<Inputs, Values>(
  args: unknown,
  tree: ObjectNode,
  validate: Validator,
): Promise<CheckedArguments<Inputs, Values>> {
  const opened = await openArguments<Inputs, Values>(args, tree);
  return { ...opened, diagnostics: argumentDiagnostics(validate, opened) };
}

/** What registered inputs wait for. */
interface Check {
  checked: Promise<CheckedArguments<unknown, unknown>>;
  /** Ends the wait: with the inputs where they were accepted, else with nothing. */
  decide(accepted: boolean): void;
}

/** The check that each object of registered inputs waits for. */
const checks = new WeakMap<pulumi.Inputs, Check>();

/**
 * What a component hands to `super` as its inputs, which the engine stores. Its constructor cannot wait for the check, so
 * there is a promise for each argument: that of the opened argument, or of nothing where the arguments are refused, by
 * their shape or by a rule. A mistyped name with a password behind it is thus never stored. Unlike an Output, a promise of
 * an object stays open: only what is secret in it is stored as a secret.
 */
export function registeredInputs<Inputs, Values>(
  checked: Promise<CheckedArguments<Inputs, Values>>,
  tree: ObjectNode,
): pulumi.Inputs {
  let decide: Check["decide"] = () => undefined;
  const accepted = new Promise<boolean>((resolve) => (decide = resolve));
  const inputs = Object.fromEntries(
    Object.keys(tree.members).map((name) => {
      const input = Promise.all([checked, accepted]).then(([{ inputs }, right]) =>
        right ? (inputs as Record<string, unknown>)[name] : undefined,
      );
      // Whoever waits for the check reports what it rejects with; Node.js would report it once more for each argument.
      input.catch(() => undefined);
      return [name, input];
    }),
  );
  checks.set(inputs, { checked, decide });
  return inputs;
}

function checkOf(inputs: pulumi.Inputs): Check {
  const check = checks.get(inputs);
  if (check === undefined) {
    throw new TypeError("these are not registered inputs");
  }
  return check;
}

/** The check behind registered inputs: Pulumi gives `initialize` what the constructor gave to `super`. */
export const checkedArguments = <Inputs, Values>(
  inputs: pulumi.Inputs,
): Promise<CheckedArguments<Inputs, Values>> =>
  checkOf(inputs).checked as Promise<CheckedArguments<Inputs, Values>>;

/** Decides whether registered inputs are stored; only the first decision counts. Without one, nothing is registered. */
export const decideInputs = (inputs: pulumi.Inputs, accepted: boolean): void =>
  checkOf(inputs).decide(accepted);
