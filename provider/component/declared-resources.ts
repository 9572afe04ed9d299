import * as pulumi from "@pulumi/pulumi";
import { setImmediate } from "node:timers/promises";
import { outputResources, outputState, resourceType, transformEveryProgram } from "../engine/sdk-internals";
import { azureKind, type DeclaredResource, type Link } from "../rules/azure-network/declared-resource";
import { itemPath, memberPath } from "../rules/paths";

/*
 * What the program declares with azure-native beside the components of this package: networks, zones, machines. A stack
 * transformation sees the inputs of each resource in its constructor, so that diagnostics do not depend on the order of the
 * program, and nothing waits for a resource that may itself wait for a component.
 */

/** Modules of azure-native that have what the rules look at. */
const modules = ["network", "compute", "privatedns", "dnsresolver", "authorization", "monitor", "insights"];

/** What a resource is declared with, after all transformations of the program. */
export interface DeclaredInputs {
  props: Record<string, unknown>;
  opts: pulumi.ResourceOptions;
}

/** A resource as its constructor saw it. */
interface SeenResource extends DeclaredInputs {
  resource: pulumi.Resource;
  type: string;
  name: string;
}

interface WatchedProgram {
  seen: SeenResource[];
  /** Called for each, also for those to come. */
  visitors: ((seen: SeenResource) => void)[];
  /** What is known of them, as long as there are no more. */
  opened?: { count: number; resources: Promise<DeclaredResource[]> };
}

/** By the stack of the program. */
const programs = new WeakMap<object, WatchedProgram>();

const inputsOfDeclared = new WeakMap<pulumi.Resource, DeclaredInputs>();

/** What a resource was declared with; undefined where the program has no stack, whose resources are not seen. */
export const inputsOf = (resource: pulumi.Resource): DeclaredInputs | undefined =>
  inputsOfDeclared.get(resource);

// The package is loaded before the program declares anything. Unit tests on Pulumi's mocks have no stack, unless they run
// in one, and nothing is seen.
transformEveryProgram(({ resource, type, name, props, opts }) => {
  const stack = pulumi.runtime.getStackResource();
  if (stack !== undefined && modules.includes(azureKind(type)?.split(":")[0] ?? "")) {
    const program = watchedProgram(stack);
    const seen = { resource, type, name, props: props as Record<string, unknown>, opts };
    program.seen.push(seen);
    inputsOfDeclared.set(resource, seen);
    program.visitors.forEach((visit) => visit(seen));
  }
  return undefined;
});

function watchedProgram(stack: object): WatchedProgram {
  const program = programs.get(stack) ?? { seen: [], visitors: [] };
  programs.set(stack, program);
  return program;
}

/**
 * Visits each resource of a kind, for example `network:SecurityRule`, with its inputs as its constructor saw them; false
 * where the program has no stack, whose resources are not seen.
 */
export function visitDeclared(kind: string, visit: (name: string, inputs: DeclaredInputs) => void): boolean {
  const stack = pulumi.runtime.getStackResource();
  if (stack === undefined) {
    return false;
  }
  const program = watchedProgram(stack);
  const visitOne = ({ type, name, props, opts }: SeenResource) => {
    if (azureKind(type) === kind) {
      visit(name, { props, opts });
    }
  };
  program.seen.forEach(visitOne);
  program.visitors.push(visitOne);
  return true;
}

const nothing: DeclaredResource[] = [];

/** The resources of azure-native that the running program has declared, as far as their inputs are known. */
export async function declaredResources(): Promise<DeclaredResource[]> {
  const stack = pulumi.runtime.getStackResource();
  const program = stack === undefined ? undefined : programs.get(stack);
  if (program === undefined) {
    return nothing;
  }
  const { seen, opened } = program;
  if (opened?.count === seen.length) {
    return opened.resources;
  }
  const resources = Promise.all(seen.map(declaredResource));
  program.opened = { count: seen.length, resources };
  return resources;
}

async function declaredResource({
  resource,
  type,
  name,
  props,
  opts,
}: SeenResource): Promise<DeclaredResource> {
  const unknown = new Set<string>();
  const links: Link[] = [];
  const values = await plainValue(props, "", { unknown, links });
  return {
    key: keyOf(resource),
    type,
    name,
    values: (values ?? {}) as Record<string, unknown>,
    unknown,
    links,
    ignored: (opts as pulumi.CustomResourceOptions).ignoreChanges ?? [],
  };
}

const keys = new WeakMap<pulumi.Resource, string>();
let count = 0;

function keyOf(resource: pulumi.Resource): string {
  const key = keys.get(resource) ?? `resource ${(count += 1)}`;
  keys.set(resource, key);
  return key;
}

/** What is found on the way through the inputs of a resource. */
interface Findings {
  unknown: Set<string>;
  links: Link[];
}

async function plainValue(given: unknown, path: string, findings: Findings): Promise<unknown> {
  if (pulumi.Output.isInstance(given)) {
    return outputValue(given, path, findings);
  }
  if (given instanceof Promise) {
    const value = await knownSoon<unknown>(given);
    return value === notYet ? unknownAt(path, findings) : plainValue(value, path, findings);
  }
  if (pulumi.isUnknown(given)) {
    return unknownAt(path, findings);
  }
  if (Array.isArray(given)) {
    return Promise.all(given.map((item, index) => plainValue(item, itemPath(path, index), findings)));
  }
  if (typeof given !== "object" || given === null || pulumi.Resource.isInstance(given)) {
    return given;
  }
  const members = Object.entries(given).map(
    async ([name, member]) => [name, await plainValue(member, memberPath(path, name), findings)] as const,
  );
  return Object.fromEntries((await Promise.all(members)).filter(([, member]) => member !== undefined));
}

function unknownAt(path: string, { unknown }: Findings): undefined {
  unknown.add(path);
  return undefined;
}

/**
 * An Output of a resource is a link: its value would have to wait for the resource, which may wait for the component that is
 * reviewed. What is secret is not looked at.
 */
async function outputValue(
  given: pulumi.Output<unknown>,
  path: string,
  findings: Findings,
): Promise<unknown> {
  const resources = outputResources(given);
  resources.forEach((resource) => findings.links.push({ path, to: keyOf(resource) }));
  const isReference = resources.length > 0 && resources.every(isStackReference);
  if (resources.length > 0 && !isReference) {
    return unknownAt(path, findings);
  }
  const state = await (isReference ? outputState(given) : knownSoon(outputState(given)));
  return state === notYet || !state.known || state.secret
    ? unknownAt(path, findings)
    : plainValue(state.value, path, findings);
}

/** What another stack exports is known at once, and never waits for this program. */
const isStackReference = (resource: pulumi.Resource) =>
  resourceType(resource) === "pulumi:pulumi:StackReference";

const notYet = Symbol("not yet");

/** Turns of the event loop that a value which waits for no resource takes at most. */
const turns = 5;

/** What a promise resolves to without waiting for anything outside; it may be an output of the component under review. */
async function knownSoon<Value>(promise: Promise<Value>): Promise<Value | typeof notYet> {
  let result: { value: Value } | undefined;
  promise.then(
    (value) => (result = { value }),
    () => undefined,
  );
  for (let turn = 0; turn < turns && result === undefined; turn += 1) {
    await setImmediate();
  }
  return result === undefined ? notYet : result.value;
}

/** What the arguments of a component are made from, each with its path. */
export function linksOf(inputs: unknown, path = ""): Link[] {
  if (pulumi.Output.isInstance(inputs)) {
    return outputResources(inputs).map((resource) => ({ path, to: keyOf(resource) }));
  }
  if (Array.isArray(inputs)) {
    return inputs.flatMap((item, index) =>
      typeof item === "object" ? linksOf(item, itemPath(path, index)) : [],
    );
  }
  return typeof inputs === "object" && inputs !== null && !pulumi.Resource.isInstance(inputs)
    ? Object.entries(inputs).flatMap(([name, member]) => linksOf(member, memberPath(path, name)))
    : [];
}
