import type { Limit } from "../../catalog/limits";
import type { Scalar } from "../../machine/licensing-plan";
import { hresults, LicensingFailure } from "./hresults";

export type CimArguments = Record<string, Scalar>;

/** A CIM argument as text. @throws LicensingFailure when it is missing or no text */
export function textArgument(args: CimArguments, name: string): string {
  const value = args[name];
  if (typeof value !== "string") {
    throw new LicensingFailure(hresults.invalidMethodParameters);
  }
  return value;
}

/** A CIM argument as a whole number in the range of its limit. @throws LicensingFailure when it is missing or outside */
export function numberArgument(
  args: CimArguments,
  name: string,
  { minimum = 0, maximum = Infinity }: Limit,
): number {
  const value = args[name];
  if (typeof value !== "number") {
    throw new LicensingFailure(hresults.invalidMethodParameters);
  }
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw new LicensingFailure(hresults.invalidArgument);
  }
  return value;
}

/** A CIM argument as a truth value. @throws LicensingFailure when it is missing or something else */
export function booleanArgument(args: CimArguments, name: string): boolean {
  const value = args[name];
  if (typeof value !== "boolean") {
    throw new LicensingFailure(hresults.invalidMethodParameters);
  }
  return value;
}
