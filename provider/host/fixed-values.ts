import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import {
  type FixedChange,
  type FixedProperty,
  fixedProperties,
  type FixedResource,
} from "../catalog/fixed-properties";
import type { DeclaredInputs } from "../component/declared-resources";
import type { ResourceInputs } from "../engine/inputs";
import { outputMember } from "../engine/sdk-internals";
import { plainRegion } from "../catalog/azure-regions";
import type { FixedValues } from "./fixed-changes";

/*
 * What a machine is given, once the program's transformations have seen it, for the properties that Azure fixes at its creation.
 * The state keeps digests: custom data may hold what nobody should read.
 */

type Digests = ResourceInputs<FixedValues>;
type Digest = pulumi.Output<string | undefined>;

const changes: FixedChange[] = ["replaces", "refused", "deallocated"];

/**
 * The values of a resource that has been declared, or will be. Of one to come each is known as soon as it can be, even where
 * others are not; of one that is there already, a large group would have too many outputs of nothing.
 */
export function fixedValues(
  resource: FixedResource,
  declared: DeclaredInputs | undefined | Promise<DeclaredInputs | undefined>,
): Digests {
  const of = (change: FixedChange) => (row: FixedProperty) => {
    const digest =
      declared instanceof Promise
        ? pulumi.output(declared.then((inputs) => digestOf(row, inputs, change)))
        : digestOf(row, declared, change);
    return digest === undefined ? [] : [[row.property, digest] as const];
  };
  return Object.fromEntries(
    changes.map((change) => [change, Object.fromEntries(fixedProperties(resource).flatMap(of(change)))]),
  );
}

/** What another value does; nothing where a change is ignored. */
function changeOf({ property, change }: FixedProperty, { opts }: DeclaredInputs): FixedChange | undefined {
  const isAmong = (paths: readonly string[] = []) =>
    paths.some((path) => path === "*" || property === path || property.startsWith(`${path}.`));
  const { ignoreChanges, replaceOnChanges } = opts as pulumi.CustomResourceOptions;
  return isAmong(ignoreChanges) ? undefined : isAmong(replaceOnChanges) ? "replaces" : change;
}

/** The digest of a property that has a value, where another one does this. */
function digestOf(
  row: FixedProperty,
  declared: DeclaredInputs | undefined,
  change: FixedChange,
): Digest | undefined {
  if (declared === undefined || changeOf(row, declared) !== change) {
    return undefined;
  }
  const given = row.property.split(".").reduce<unknown>(memberOf, declared.props);
  if (given === undefined || given === null) {
    return undefined;
  }
  const digest = pulumi
    .output(given)
    .apply((value: unknown) =>
      value === undefined || value === null || isDeepStrictEqual(value, row.default)
        ? undefined
        : shortDigest(
            canonical(row.property === "location" && typeof value === "string" ? plainRegion(value) : value),
          ),
    );
  return isHidden(row.property) ? pulumi.secret(digest) : digest;
}

/** Tells one text from another in a few characters. */
export const shortDigest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 12);

/** A short digest of a short secret gives it away to whoever tries all. */
const isHidden = (property: string) => /customData|unattend/i.test(property);

function memberOf(value: unknown, name: string): unknown {
  if (pulumi.Output.isInstance(value)) {
    return outputMember(value, name);
  }
  if (value instanceof Promise) {
    return outputMember(pulumi.output(value), name);
  }
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** The program's own image in one text. */
export const imageText = (image: object): string => JSON.stringify(sortedMembers(image));

/** One text for one value: IDs in Azure differ in capitals alone, and members have no order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (name, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(sortedMembers(member))
      : name === "id" && typeof member === "string"
        ? member.toLowerCase()
        : member,
  );
}

const sortedMembers = (value: object): [string, unknown][] =>
  Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
