import type { Scalar } from "../../../provider/machine/licensing-plan";
import { type CimClass, cimClasses } from "../../../provider/lab/windows/cim-declarations";
import { cimFailure, type CimInstance, CommandFailure, type Windows } from "./windows";
import { InvalidQuery, type Properties, whereClause } from "./wql";

/** Errors of WMI. Source: wbemcli.h. */
const wbem = {
  notFound: cimFailure("0x80041002", "ObjectNotFound"),
  typeMismatch: cimFailure("0x80041005", "InvalidType"),
  invalidClass: cimFailure("0x80041010", "MetadataError"),
  invalidQuery: cimFailure("0x80041017", "InvalidArgument"),
  invalidMethod: cimFailure("0x8004102e", "MetadataError"),
  invalidMethodParameters: cimFailure("0x8004102f", "InvalidArgument"),
};

/** Names of CIM have no case. */
const byLowerCase = (names: string[]) => new Map(names.map((name) => [name.toLowerCase(), name]));

function declared(className: string): { name: string; of: CimClass } {
  const name = byLowerCase(Object.keys(cimClasses)).get(className.toLowerCase());
  if (name === undefined) {
    throw wbem.invalidClass;
  }
  return { name, of: cimClasses[name] };
}

/** An instance as the stand-in builds it: each property with its name, CIM type and value. */
export interface ReadInstance {
  class: string;
  properties: [name: string, type: string, value: Scalar | null][];
}

/** What an instance in PowerShell says that it is. */
export interface InstanceIdentity {
  class: string;
  values: Properties;
}

/** Get-CimInstance -ClassName. @throws CommandFailure */
export function query(
  windows: Windows,
  className: string,
  filter: string | null,
  columns: string[] | null,
): ReadInstance[] {
  const { name, of } = declared(className);
  const properties = byLowerCase(Object.keys(of.properties));
  const selected = columns?.map((column) => properties.get(column.toLowerCase()) ?? invalidQuery());
  const isMeant = filter === null || filter === "" ? () => true : condition(filter, properties);
  return windows
    .instances(name)
    .filter((instance) => isMeant(checked(name, of, instance)))
    .map((instance) => read(name, of, instance, selected));
}

function condition(filter: string, properties: ReadonlyMap<string, string>) {
  try {
    return whereClause(filter, properties);
  } catch (error) {
    throw error instanceof InvalidQuery ? wbem.invalidQuery : error;
  }
}

function invalidQuery(): never {
  throw wbem.invalidQuery;
}

/** Get-CimInstance -InputObject. @throws CommandFailure */
export function reread(windows: Windows, identity: InstanceIdentity): ReadInstance {
  const { name, of } = declared(identity.class);
  return read(name, of, find(windows, identity));
}

function find(windows: Windows, { class: className, values }: InstanceIdentity): CimInstance {
  const { name, of } = declared(className);
  const key = values[of.key];
  if (key === undefined) {
    throw new Error(`an instance of ${name} was read without its key ${of.key}`);
  }
  const found = windows.instances(name).find(({ properties }) => properties[of.key] === key);
  if (found === undefined) {
    throw wbem.notFound;
  }
  return found;
}

/** The machine behind the stand-ins has nothing that Windows does not declare. */
function checked(name: string, of: CimClass, { properties }: CimInstance): Properties {
  const unknown = Object.keys(properties).filter((property) => !Object.hasOwn(of.properties, property));
  if (unknown.length > 0) {
    throw new Error(`${name} has no property ${unknown.join(", ")}`);
  }
  return properties;
}

const read = (name: string, of: CimClass, instance: CimInstance, selected?: string[]): ReadInstance => {
  const properties = checked(name, of, instance);
  return {
    class: name,
    properties: Object.entries(of.properties).map(([property, type]) => {
      const isRead = selected === undefined || selected.includes(property);
      return [property, type, isRead ? (properties[property] ?? null) : null];
    }),
  };
};

/** An argument as PowerShell holds it: its .NET type and its value. */
export interface GivenArgument {
  name: string;
  type: string;
  value: Scalar | null;
}

const dotNetTypes: Record<string, string> = { string: "String", uint32: "UInt32", boolean: "Boolean" };

/** Invoke-CimMethod. @throws CommandFailure */
export function invoke(
  windows: Windows,
  identity: InstanceIdentity,
  methodName: string,
  given: GivenArgument[],
): number {
  const { name, of } = declared(identity.class);
  const method = byLowerCase(Object.keys(of.methods)).get(methodName.toLowerCase());
  if (method === undefined) {
    throw wbem.invalidMethod;
  }
  const parameters = of.methods[method];
  const names = byLowerCase(Object.keys(parameters));
  const values: Record<string, Scalar> = {};
  for (const argument of given) {
    const parameter = names.get(argument.name.toLowerCase());
    if (parameter === undefined) {
      throw noSuchParameter(argument.name, method, name);
    }
    if (argument.value === null || argument.type !== dotNetTypes[parameters[parameter]]) {
      throw wbem.typeMismatch;
    }
    values[parameter] = argument.value;
  }
  const { properties } = find(windows, identity);
  if (Object.keys(values).length < names.size) {
    throw wbem.invalidMethodParameters;
  }
  return windows.invoke(name, properties[of.key] ?? null, method, values);
}

/** The cmdlet itself refuses it. Source: PowerShell/PowerShell, CimInvokeCimMethod.cs, CreateParametersCollection. */
const noSuchParameter = (parameter: string, method: string, className: string) =>
  new CommandFailure(
    "System.ArgumentException",
    "InvalidArgument",
    `Parameter ${parameter} von ${method} in ${className} fehlt`,
    { terminating: true, hresult: 0x80070057 },
  );
