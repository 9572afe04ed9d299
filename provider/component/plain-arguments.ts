import * as pulumi from "@pulumi/pulumi";
import { itemPath, memberPath } from "../rules/paths";
import type { ArgumentNode } from "./argument-node";

/*
 * What a value is, whatever a program gives: nothing here throws.
 */

/**
 * A value of a wrong kind in its place, described in words. No validator lets a symbol pass, nothing looks into one, and
 * its words say nothing of what the value holds.
 */
export const misplaced = (words: string): symbol => Symbol(words);

export const unreadable = misplaced("an object that cannot be read");

/** More items than any list of arguments can have; an array may be of 4,294,967,295 without holding one. */
const mostItems = 1_000_000;

/** Whether a value is a list whose items can be looked at. */
export const isList = (value: unknown): value is unknown[] =>
  isReadable(value) && Array.isArray(value) && value.length <= mostItems;

/** Whether a value can be looked at: a getter may throw, and so does everything about a proxy that was revoked. */
export function isReadable(value: unknown): boolean {
  if (typeof value !== "object" || value === null) {
    return true;
  }
  try {
    return Array.isArray(value) || value instanceof Promise || isOutput(value) || !!Object.values(value);
  } catch {
    return false;
  }
}

const isOutput = (value: unknown): boolean => pulumi.Output.isInstance(value) || pulumi.isUnknown(value);

export const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

/** Whether a value is an object whose members can be looked at. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    isReadable(value) &&
    !Array.isArray(value) &&
    !pulumi.Resource.isInstance(value) &&
    !pulumi.Output.isInstance(value)
  );
}

/** What a value is, in words that say nothing of what it holds. */
export function kindOf(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  }
  if (pulumi.Resource.isInstance(value)) {
    return "a resource";
  }
  return value === null ? "null" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** The member of a description with this name, also where every object has one. */
export const ownMember = (members: Readonly<Record<string, ArgumentNode>>, name: string) =>
  Object.hasOwn(members, name) ? members[name] : undefined;

/**
 * Arguments as plain values, for a check without Pulumi: what only a running program can open, and what is no argument, is
 * described in words.
 */
export function plainArguments(given: unknown, node: ArgumentNode): unknown {
  if (!isReadable(given)) {
    return unreadable;
  }
  if (pulumi.Output.isInstance(given) || given instanceof Promise || pulumi.isUnknown(given)) {
    return misplaced("an Output, which only a running program can open,");
  }
  if (node.kind === "list" && isList(given)) {
    return Array.from(given, (item: unknown) => plainArguments(item, node.items));
  }
  if ((node.kind === "object" || node.kind === "map") && isPlainObject(given)) {
    return Object.fromEntries(
      Object.entries(given)
        .filter(([, member]) => member !== undefined)
        .map(([name, member]: [string, unknown]) => {
          const inner = node.kind === "map" ? node.values : ownMember(node.members, name);
          return [
            name,
            inner === undefined ? misplaced("an unknown argument") : plainArguments(member, inner),
          ];
        }),
    );
  }
  return given === undefined || given === null || isScalar(given) ? given : misplaced(kindOf(given));
}

/** Paths of the arguments that are named and left undefined. */
export function undefinedPaths(given: unknown, node: ArgumentNode | undefined, path = ""): string[] {
  if (given === undefined) {
    return [path];
  }
  if (node?.kind === "list" && isList(given)) {
    return given.flatMap((item, index) => undefinedPaths(item, node.items, itemPath(path, index)));
  }
  return node?.kind === "object" && isPlainObject(given)
    ? Object.entries(given).flatMap(([name, member]) =>
        undefinedPaths(member, ownMember(node.members, name), memberPath(path, name)),
      )
    : [];
}

/** A copy of a plain value as far as it can be looked at, without what it holds of itself. */
export function plainCopy(value: unknown, around: readonly unknown[] = []): unknown {
  if (around.includes(value)) {
    return undefined;
  }
  if (isList(value)) {
    return Array.from(value, (item) => plainCopy(item, [...around, value]));
  }
  return isPlainObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, member]) => [name, plainCopy(member, [...around, value])]),
      )
    : isScalar(value)
      ? value
      : undefined;
}
