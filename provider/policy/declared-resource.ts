import type { KnownPart } from "../component/known-part";

/** A resource as the program declares it: its inputs as far as they are known. */
export interface DeclaredResource extends KnownPart {
  urn: string;
  type: string;
  /** Logical name. */
  name: string;
  /** URN of the resource that it belongs to. */
  parent?: string;
  protect: boolean;
  /** URNs of the resources that each input is made from, once all are declared. */
  dependencies: Record<string, string[]>;
}

/** What the engine's policy server gives of a resource. */
export interface SeenResource {
  urn: string;
  type: string;
  name: string;
  props: Record<string, unknown>;
  opts: { protect: boolean; parent?: string };
}

/** A resource without what is not known yet. */
export function declaredResource({ urn, type, name, props, opts }: SeenResource): DeclaredResource {
  const unknownPaths = new Set<string>();
  return {
    urn,
    type,
    name,
    parent: opts.parent || undefined,
    protect: opts.protect,
    dependencies: {},
    values: knownMembers(props, "", unknownPaths),
    unknownPaths,
  };
}

function knownValue(value: unknown, path: string, unknownPaths: Set<string>): unknown {
  if (Array.isArray(value)) {
    return Array.from(value.keys(), (index) => knownMember(value, index, `${path}[${index}]`, unknownPaths));
  }
  return typeof value === "object" && value !== null
    ? knownMembers(value as Record<string, unknown>, path, unknownPaths)
    : value;
}

function knownMembers(
  value: Record<string, unknown>,
  path: string,
  unknownPaths: Set<string>,
): Record<string, unknown> {
  const members = Object.keys(value).map((key) => {
    const memberPath = path === "" ? key : `${path}.${key}`;
    return [key, knownMember(value, key, memberPath, unknownPaths)] as const;
  });
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

function knownMember<Key extends PropertyKey>(
  holder: Record<Key, unknown>,
  key: Key,
  path: string,
  unknownPaths: Set<string>,
): unknown {
  let member: unknown;
  try {
    member = holder[key];
  } catch (error) {
    if (!isUnknownValueError(error)) {
      throw error;
    }
    unknownPaths.add(path);
    return undefined;
  }
  return knownValue(member, path, unknownPaths);
}

/** The policy server's objects throw where a value is not known yet; it does not export the class of that error. */
const isUnknownValueError = (error: unknown) => error instanceof Error && "unknownTypeSentinel" in error;
