import * as pulumi from "@pulumi/pulumi";

/*
 * Everything that the package uses of Pulumi's SDK beside its documented interface, so that one test can hold it on each
 * release of the SDK that the package allows.
 */

/** What an Output has at run time beside its declared members. */
interface OutputInternals {
  /** Resources that the Output is made from, as far as they are known at once. */
  resources(): Set<pulumi.Resource>;
  /** The value; with `withUnknowns` a mark stands for each part that is not known. */
  promise(withUnknowns: boolean): Promise<unknown>;
  isKnown: Promise<boolean>;
  /** With `runWithUnknowns` the function runs before everything is known, and is given the marks. */
  apply(func: (value: unknown) => unknown, runWithUnknowns: boolean): pulumi.Output<unknown>;
}

/** What is known of an Output now. */
export interface OutputState {
  /** The value as far as it is known, with a mark in each place that is not; undefined where all of it is unknown. */
  value: unknown;
  /** Whether the value itself is known; parts of it may be unknown nevertheless. */
  known: boolean;
  secret: boolean;
}

/** Waits for an Output, but not for what the update alone can tell. */
export async function outputState(output: pulumi.Output<unknown>): Promise<OutputState> {
  const internals = output as unknown as OutputInternals;
  const [marked, allKnown, secret] = await Promise.all([
    internals.promise(true),
    internals.isKnown,
    pulumi.isSecret(output),
  ]);
  const known = allKnown || (!pulumi.isUnknown(marked) && pulumi.containsUnknowns(marked));
  return { value: known ? marked : undefined, known, secret };
}

/**
 * A member of an Output's value, as an Output that keeps secretness and dependencies. Unlike a lifted property it may have
 * any name, and it is known where it is known, even among others that are not.
 */
export const outputMember = (output: pulumi.Output<unknown>, key: string | number): pulumi.Output<unknown> =>
  (output as unknown as OutputInternals).apply((value) => {
    const open = typeof value === "object" && value !== null && !pulumi.isUnknown(value);
    return open ? (value as Record<string | number, unknown>)[key] : value;
  }, true);

/** Resources that an Output is made from, as far as they are known at once. */
export const outputResources = (output: pulumi.Output<unknown>): pulumi.Resource[] => [
  ...(output as unknown as OutputInternals).resources(),
];

/** The type token of a resource, `package:module:Type`. */
export const resourceType = (resource: pulumi.Resource): string | undefined =>
  (resource as unknown as { __pulumiType?: string }).__pulumiType;

/** The logical name of a resource, as its program gave it. */
export const logicalName = (resource: pulumi.Resource): string | undefined =>
  (resource as unknown as { __name?: string }).__name;

/**
 * What the program exports, once it has declared everything and its exports are known; rejected where it fails, and nothing
 * without a stack.
 */
export const stackOutputs = async (stack: pulumi.Resource | undefined): Promise<unknown> =>
  (stack as unknown as { outputs?: OutputInternals } | undefined)?.outputs?.promise(true);

/**
 * Has a transformation see each resource of every program that runs in this process, from the first one on. Pulumi takes
 * transformations from the program while it runs; the Automation API loads packages before that.
 */
export function transformEveryProgram(transformation: pulumi.ResourceTransformation): void {
  const member = "__transformations";
  const prototype = pulumi.runtime.Stack.prototype;
  const others = Object.getOwnPropertyDescriptor(prototype, member);
  const lists = new WeakMap<object, pulumi.ResourceTransformation[]>();
  Object.defineProperty(prototype, member, {
    configurable: true,
    get(this: object): unknown {
      return others?.get === undefined ? lists.get(this) : others.get.call(this);
    },
    set(this: object, list: pulumi.ResourceTransformation[]) {
      const all = list.includes(transformation) ? list : [...list, transformation];
      if (others?.set === undefined) {
        lists.set(this, all);
      } else {
        others.set.call(this, all);
      }
    },
  });
  if (pulumi.runtime.getStackResource() !== undefined) {
    pulumi.runtime.registerStackTransformation(transformation);
  }
}

/**
 * Whether the running program is one that another program hands to the engine, by the Automation API: engine and providers
 * work in a folder that it does not know then, often a temporary one. Pulumi's own hosts of programs, which start a process
 * for each, leave the engine's address in its environment.
 */
export const isRunByAnother = (env: Readonly<Record<string, string | undefined>>): boolean =>
  pulumi.runtime.getEngine() !== undefined && env.PULUMI_NODEJS_MONITOR === undefined;

/** gRPC's code of a call that was cancelled. */
const cancelled = 1;

/**
 * A rejection that makes a program of the Automation API fail. That shows each rejection which nobody handles when it
 * happens, and all of them once more at the end of the program; one of an engine that has gone away, told by gRPC's code,
 * only at the end. Not for the rejection of an Output: what is made from it would never be settled.
 */
export const failureShownAtEnd = (message: string): Error =>
  Object.assign(new Error(message), { code: cancelled, stack: undefined });
