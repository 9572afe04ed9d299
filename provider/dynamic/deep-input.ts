import type * as pulumi from "@pulumi/pulumi";

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
