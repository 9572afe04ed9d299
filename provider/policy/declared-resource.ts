import { azureKind, itemPath, memberPath } from "./product";

/** A resource as the program declares it. */
export interface DeclaredResource {
  urn: string;
  type: string;
  /** Logical name. */
  name: string;
  /** URN of the resource that it belongs to. */
  parent?: string;
  protect: boolean;
  /** URNs of the resources that each input is made from, once all are declared. */
  dependencies: Record<string, string[]>;
  /** The inputs as far as they are known. */
  values: Record<string, unknown>;
  /** Paths of the inputs that are given but not known yet. */
  unknown: ReadonlySet<string>;
  /** Outputs of a component of pulumi-windows-kms as far as they are known, once all resources are declared. */
  outputs: Record<string, unknown>;
}

/** What the engine's policy server passes of a resource. */
export interface SeenResource {
  urn: string;
  type: string;
  name: string;
  props: Record<string, unknown>;
  opts: { protect: boolean; parent?: string };
}

/** A resource without what is not known yet. */
export function declaredResource({ urn, type, name, props, opts }: SeenResource): DeclaredResource {
  const { values, unknown } = knownPart(props);
  return {
    urn,
    type,
    name,
    parent: opts.parent || undefined,
    protect: opts.protect,
    dependencies: {},
    values,
    unknown,
    outputs: {},
  };
}

/** Properties without those that are not known yet, and the paths of these. */
export function knownPart(props: Record<string, unknown>) {
  const unknown = new Set<string>();
  return { values: knownMembers(props, "", unknown), unknown };
}

function knownValue(value: unknown, path: string, unknown: Set<string>): unknown {
  if (Array.isArray(value)) {
    return Array.from(value.keys(), (index) => knownMember(value, index, itemPath(path, index), unknown));
  }
  return typeof value === "object" && value !== null
    ? knownMembers(value as Record<string, unknown>, path, unknown)
    : value;
}

function knownMembers(
  value: Record<string, unknown>,
  path: string,
  unknown: Set<string>,
): Record<string, unknown> {
  const members = Object.keys(value).map(
    (key) => [key, knownMember(value, key, memberPath(path, key), unknown)] as const,
  );
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

function knownMember<Key extends PropertyKey>(
  holder: Record<Key, unknown>,
  key: Key,
  path: string,
  unknown: Set<string>,
): unknown {
  let member: unknown;
  try {
    member = holder[key];
  } catch (error) {
    if (!isUnknownValueError(error)) {
      throw error;
    }
    unknown.add(path);
    return undefined;
  }
  return knownValue(member, path, unknown);
}

/** The policy server's objects throw where a value is not known yet; it does not export the class of that error. */
const isUnknownValueError = (error: unknown) => error instanceof Error && "unknownTypeSentinel" in error;

/** Whether a resource is a component of pulumi-windows-kms. */
export const isComponent = ({ type }: { type: string }, className: "KMSHost" | "KMSClientGroup") =>
  type === `windows-kms:index:${className}`;

/** Whether a resource is a child of such a component, in a program in TypeScript or in another language. */
export const isChild = ({ type }: { type: string }, kind: "HostActivation" | "SrvRecord") =>
  type === `pulumi-nodejs:dynamic/windows-kms:${kind}` || type === `windows-kms:index:${kind}`;

/** Whether a resource is one of azure-native, of any API version. */
export const isAzureNative = ({ type }: { type: string }, module: string, resource: string): boolean =>
  azureKind(type) === `${module}:${resource}`;
