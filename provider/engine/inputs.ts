import type * as pulumi from "@pulumi/pulumi";

/**
 * How the engine sends a value to a dynamic provider that is not known at preview. A Node program always sends this
 * mark, at any depth and whatever the value's type. Source: pulumi.runtime.unknownValue.
 */
const unknownMark = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether the value is not known yet, or holds one that is not. */
export function containsUnknown(value: unknown): boolean {
  if (value === unknownMark) {
    return true;
  }
  if (typeof value !== "object" || value === null) {
    return false;
  }
  return Object.values(value).some(containsUnknown);
}

/** The known members of an object; those that are or hold an unknown value are left out. */
export function knownMembers<T extends object>(inputs: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(inputs).filter(([, value]) => !containsUnknown(value)),
  ) as Partial<T>;
}

/** The inputs of a resource: at any depth a value or an output. */
export type DeepInput<T> =
  | pulumi.Input<
      [NonNullable<T>] extends [readonly (infer Item)[]]
        ? DeepInput<Item>[]
        : [NonNullable<T>] extends [object]
          ? { [K in keyof NonNullable<T>]: DeepInput<NonNullable<T>[K]> }
          : T
    >
  | Extract<T, null>;

/** What a program hands to the constructor of one of our dynamic resources. */
export type ResourceInputs<T> = { [K in keyof Omit<T, "kind">]: DeepInput<T[K]> };
