import type { Scalar } from "pulumi-windows-kms/bin/provider/testing";
import { classes as declared } from "./cim-classes.json";
import { hresults, LicensingFailure } from "./hresults";

/** A class as Windows declares it: its key, its properties, and its methods with their parameters, each with its CIM type. */
export interface CimClass {
  key: string;
  properties: Record<string, string>;
  methods: Record<string, Record<string, string>>;
}

/** The CIM classes of Windows that the product reads and calls. */
export const cimClasses: Record<string, CimClass> = declared;

/** The name that is declared for a given one: names of CIM have no case. */
const declaredName = (names: readonly string[], given: string): string | undefined =>
  names.find((name) => name.toLowerCase() === given.toLowerCase());

export type CimArguments = Record<string, Scalar>;

const typeOf: Record<string, string> = { string: "string", uint32: "number", boolean: "boolean" };

/**
 * The arguments of a method under their declared names. A number in a plan is passed as uint32.
 * @throws LicensingFailure for a method or parameter that is not declared, a value of another type, and a missing one
 */
export function declaredArguments(
  className: string,
  method: string,
  args: CimArguments,
): { method: string; args: CimArguments } {
  const { methods } = cimClasses[className];
  const name = declaredName(Object.keys(methods), method);
  if (name === undefined) {
    throw new LicensingFailure(hresults.invalidMethod);
  }
  const parameters = methods[name];
  const names = Object.keys(parameters);
  const given: CimArguments = {};
  for (const [argument, value] of Object.entries(args)) {
    const parameter = declaredName(names, argument);
    if (parameter === undefined) {
      throw new LicensingFailure(hresults.invalidArgument);
    }
    if (typeof value !== typeOf[parameters[parameter]]) {
      throw new LicensingFailure(hresults.typeMismatch);
    }
    given[parameter] = value;
  }
  if (names.some((parameter) => !Object.hasOwn(given, parameter))) {
    throw new LicensingFailure(hresults.invalidMethodParameters);
  }
  return { method: name, args: given };
}
