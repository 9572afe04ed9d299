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

/** The values of a resource that has been declared. */
export function fixedValues(resource: FixedResource, declared: DeclaredInputs | undefined): Digests {
  const values: Record<FixedChange, Record<string, pulumi.Output<string | undefined>>> = {
    replaces: {},
    refused: {},
    deallocated: {},
  };
  for (const row of declared === undefined ? [] : fixedProperties(resource)) {
    const change = changeOf(row, declared!);
    const digest = change === undefined ? undefined : digestOf(row, declared!.props);
    if (change !== undefined && digest !== undefined) {
      values[change][row.property] = digest;
    }
  }
  return values as Digests;
}

/** The values of a resource that will be declared; each is known as soon as it can be, even where others are not. */
export function fixedValuesOf(
  resource: FixedResource,
  declared: Promise<DeclaredInputs | undefined>,
): Digests {
  const changes: FixedChange[] = ["replaces", "refused", "deallocated"];
  const members = changes.map((change) => [
    change,
    Object.fromEntries(
      fixedProperties(resource).map((row) => [
        row.property,
        pulumi.output(
          declared.then((inputs) =>
            inputs !== undefined && changeOf(row, inputs) === change
              ? digestOf(row, inputs.props)
              : undefined,
          ),
        ),
      ]),
    ),
  ]);
  return Object.fromEntries(members) as Digests;
}

/** What another value does; nothing where a change is ignored. */
function changeOf({ property, change }: FixedProperty, { opts }: DeclaredInputs): FixedChange | undefined {
  const isAmong = (paths: readonly string[] = []) =>
    paths.some((path) => path === "*" || property === path || property.startsWith(`${path}.`));
  const { ignoreChanges, replaceOnChanges } = opts as pulumi.CustomResourceOptions;
  return isAmong(ignoreChanges) ? undefined : isAmong(replaceOnChanges) ? "replaces" : change;
}

function digestOf(
  row: FixedProperty,
  props: Record<string, unknown>,
): pulumi.Output<string | undefined> | undefined {
  const given = row.property.split(".").reduce<unknown>(memberOf, props);
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

/** One text for one value: IDs in Azure differ in capitals alone, and members have no order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (name, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : name === "id" && typeof member === "string"
        ? member.toLowerCase()
        : member,
  );
}
