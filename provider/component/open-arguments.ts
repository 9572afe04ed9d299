import * as pulumi from "@pulumi/pulumi";
import {
  logicalName,
  outputMember,
  type OutputState,
  outputState,
  resourceType,
} from "../engine/sdk-internals";
import { holdsPath, itemPath, memberPath } from "../rules/paths";
import { type ArgumentNode, decidingMembers, type ObjectNode } from "./argument-node";
import {
  isList,
  isPlainObject,
  isReadable,
  isScalar,
  kindOf,
  misplaced,
  ownMember,
  unreadable,
} from "./plain-arguments";

/** Arguments of a component with their structure opened, as far as it is known. */
export interface OpenedArguments<Inputs, Values> {
  /**
   * Objects and lists that came as Outputs or promises are plain objects and lists; what is left are inputs of single
   * values, or lists of them, each with the secretness and the dependencies of the Output that it came from. A declared
   * secret is one here. What has an unknown structure stays an Output.
   */
  inputs: Inputs;
  /**
   * Plain values. What is not known is left out; as item of a list it is undefined, or an object without members.
   * A resource is its logical name.
   */
  values: Values;
  /** Resources among the arguments, by path, in the order of the arguments. */
  resources: ReadonlyMap<string, pulumi.Resource>;
  /** Paths of what is not known: `key.keyGroup`, `machines.azureVmIds[2]`, a whole `key`. */
  unknown: ReadonlySet<string>;
  /** What is not known although it must be at preview, with the paths of the members that decide. */
  undecided: readonly Undecided[];
  /** Paths of what the program names and leaves undefined, as an output that another stack does not have. */
  absent: ReadonlySet<string>;
  /** What an Output or a promise of the program failed to bring; these paths are unknown as well. */
  failed: readonly Failed[];
  /** What is known of the arguments. */
  tree: ObjectNode;
  /** Whether the value at this path came as a secret, is in one that did, or is declared secret. */
  isSecret(path: string): boolean;
}

export interface Undecided {
  path: string;
  /** Members that must be known, relative to the path; empty where it is the argument itself. */
  members: string[];
}

export interface Failed {
  path: string;
  /** Why, in words; of what may hold a secret the kind of the failure alone. */
  reason: string;
}

/** What came of one argument. */
interface Opening {
  input: unknown;
  value: unknown;
  unknown?: string[];
  undecided?: Undecided[];
  absent?: string[];
  failed?: Failed[];
  secret?: string[];
  resources?: [string, pulumi.Resource][];
}

/**
 * Opens arguments, every member of which may be an Output or a promise at any depth. It takes whatever a program gives:
 * what is no argument at all is left for the validator to report.
 */
export async function openArguments<Inputs, Values>(
  args: unknown,
  tree: ObjectNode,
): Promise<OpenedArguments<Inputs, Values>> {
  const { input, value, unknown, undecided, absent, failed, secret, resources } = await open(
    args ?? {},
    tree,
    "",
  );
  const secretPaths = new Set(secret);
  return {
    inputs: input as Inputs,
    values: value as Values,
    resources: new Map(resources),
    unknown: new Set(unknown),
    undecided: undecided ?? [],
    absent: new Set(absent),
    failed: failed ?? [],
    tree,
    isSecret: (path) => holdsPath(secretPaths, path),
  };
}

/** Opens whatever stands in the place of an argument. Only what has to be waited for takes a promise: most of it is plain. */
function open(given: unknown, node: ArgumentNode, path: string): Opening | Promise<Opening> {
  if (!isReadable(given)) {
    return openValue(unreadable, node, path, undefined);
  }
  if (given instanceof Promise) {
    return openPromise(given, node, path);
  }
  return pulumi.Output.isInstance(given) ? openOutput(given, node, path) : openPlain(given, node, path);
}

async function openPromise(given: Promise<unknown>, node: ArgumentNode, path: string): Promise<Opening> {
  let value: unknown;
  try {
    value = await given;
  } catch (error) {
    return openFailed(error, node, path);
  }
  return open(value, node, path);
}

async function openOutput(given: pulumi.Output<unknown>, node: ArgumentNode, path: string): Promise<Opening> {
  let state: OutputState;
  try {
    state = await outputState(given);
  } catch (error) {
    return openFailed(error, node, path);
  }
  const { value, known, secret } = state;
  const opening = known ? await openPlain(value, node, path, given) : openUnknown(given, node, path);
  return secret ? { ...opening, secret: [path] } : opening;
}

function openUnknown(given: unknown, node: ArgumentNode, path: string): Opening {
  const members = decidingMembers(node);
  return {
    ...openValue(undefined, node, path, given),
    unknown: [path],
    undecided: members.length === 0 ? [] : [{ path, members: node.known ? [] : members }],
  };
}

function openFailed(error: unknown, node: ArgumentNode, path: string): Opening {
  const { name, message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  const text = `${name === "Error" ? "" : `${name}: `}${message.split("\n")[0]}`.replace(/\.$/, "");
  const said = mayBeSecret(node) && !text.startsWith("Required output '") ? `${name}, not shown here` : text;
  const failed = [{ path, reason: `${said}${placeIn(stack)}` }];
  return { input: undefined, value: undefined, unknown: [path], failed };
}

/** The first line of a stack trace that is the program's own, as far as there is one. */
function placeIn(stack: string): string {
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  const own = frames.find((line) => !/node_modules|node:|\(<anonymous>\)/.test(line));
  const place = own && /([^\s()]+:\d+):\d+\)?$/.exec(own)?.[1];
  return place === undefined ? "" : `, at ${place}`;
}

/** Whether an argument, or one in it, is kept secret: a failed JSON.parse, for example, repeats what it was given. */
function mayBeSecret(node: ArgumentNode): boolean {
  switch (node.kind) {
    case "value":
      return node.secret === true;
    case "list":
      return mayBeSecret(node.items);
    case "map":
      return mayBeSecret(node.values);
    case "object":
      return Object.values(node.members).some(mayBeSecret);
    default:
      return false;
  }
}

/** Opens a known value, which is that of the Output `source` where one is given. */
function openPlain(
  given: unknown,
  node: ArgumentNode,
  path: string,
  source?: pulumi.Output<unknown>,
): Opening | Promise<Opening> {
  if (given === undefined) {
    return { input: undefined, value: undefined, absent: [path] };
  }
  if (pulumi.isUnknown(given)) {
    return openUnknown(source ?? given, node, path);
  }
  if (node.kind === "resource") {
    return openResource(given, node.type, path, source);
  }
  if (node.kind === "list" && isList(given)) {
    return openList(given, node, path, source);
  }
  if ((node.kind === "object" || node.kind === "map") && isPlainObject(given)) {
    return openObject(given, node, path, source);
  }
  // Arguments with something misplaced are refused, so nothing is made of it.
  return isScalar(given) || given === null
    ? openValue(given, node, path, source ?? given)
    : openValue(misplaced(kindOf(given)), node, path, undefined);
}

/** A leaf, or what stands in the place of an argument of another kind. */
function openValue(value: unknown, node: ArgumentNode, path: string, input: unknown): Opening {
  const secret = node.kind === "value" && node.secret === true;
  return secret ? { input: pulumi.secret(input), value, secret: [path] } : { input, value };
}

function openObject(
  given: object,
  node: Extract<ArgumentNode, { kind: "object" | "map" }>,
  path: string,
  source?: pulumi.Output<unknown>,
): Opening | Promise<Opening> {
  const names = Object.keys(given);
  const openings = Object.entries(given).map(
    ([name, member]: [string, unknown]): Opening | Promise<Opening> => {
      const inner = node.kind === "map" ? node.values : ownMember(node.members, name);
      return member === undefined
        ? { input: undefined, value: undefined, absent: [memberPath(path, name)] }
        : inner === undefined
          ? { input: undefined, value: misplaced("an unknown argument") }
          : openPart(member, name, inner, memberPath(path, name), source);
    },
  );
  return openings.some((one) => one instanceof Promise)
    ? awaited(openings).then((all) => objectOf(names, all))
    : objectOf(names, openings as Opening[]);
}

async function awaited(openings: (Opening | Promise<Opening>)[]): Promise<Opening[]> {
  const all: Opening[] = [];
  for (const one of openings) {
    all.push(one instanceof Promise ? await one : one);
  }
  return all;
}

/** An object of these members, without those that are undefined. */
function objectOf(names: string[], openings: Opening[]): Opening {
  const inputs: [string, unknown][] = [];
  const values: [string, unknown][] = [];
  openings.forEach(({ input, value }, place) => {
    if (input !== undefined) {
      inputs.push([names[place], input]);
    }
    if (value !== undefined) {
      values.push([names[place], value]);
    }
  });
  return { ...collected(openings), input: Object.fromEntries(inputs), value: Object.fromEntries(values) };
}

/**
 * Single values that came as one Output stay one: of 100,000 identifiers each would otherwise be an Output of its own. Only
 * where the list decides something, each of its items is an input. They are opened one after the other, since thousands of
 * Outputs that wait at the same time cost more than they save.
 */
async function openList(
  given: unknown[],
  { items, known }: Extract<ArgumentNode, { kind: "list" }>,
  path: string,
  source?: pulumi.Output<unknown>,
): Promise<Opening> {
  const whole = items.kind === "value" && !known ? source : undefined;
  const openings: Opening[] = [];
  for (const [index, item] of given.entries()) {
    const opening = openPart(item, index, items, itemPath(path, index), whole ? undefined : source);
    openings.push(opening instanceof Promise ? await opening : opening);
  }
  return {
    ...collected(openings),
    input: whole ?? openings.map(({ input }) => input),
    value: openings.map(({ value }) => (value === undefined && items.kind === "object" ? {} : value)),
  };
}

/** A member or an item of a value; where that came as an Output, so does what is in it. */
function openPart(
  given: unknown,
  key: string | number,
  node: ArgumentNode,
  path: string,
  source?: pulumi.Output<unknown>,
): Opening | Promise<Opening> {
  if (isScalar(given)) {
    return openPlain(given, node, path, source && outputMember(source, key));
  }
  return open(source === undefined ? given : outputMember(source, key), node, path);
}

function openResource(given: unknown, type: string, path: string, source?: pulumi.Output<unknown>): Opening {
  const input = source ?? given;
  if (!pulumi.Resource.isInstance(given)) {
    return { input, value: misplaced(kindOf(given)) };
  }
  const found = resourceType(given)?.split(":").at(-1);
  const name = logicalName(given);
  return found === type && name !== undefined
    ? { input, value: name, resources: [[path, given]] }
    : { input, value: misplaced(`a resource of the type ${resourceType(given) ?? "unknown"}`) };
}

/** What is said of several openings together. */
const collected = (openings: Opening[]): Omit<Opening, "input" | "value"> => ({
  unknown: joined(openings, "unknown"),
  undecided: joined(openings, "undecided"),
  absent: joined(openings, "absent"),
  failed: joined(openings, "failed"),
  secret: joined(openings, "secret"),
  resources: joined(openings, "resources"),
});

/** A part of several openings as one list; undefined where none has it, as of most values. */
const joined = <Part extends "unknown" | "undecided" | "absent" | "failed" | "secret" | "resources">(
  openings: Opening[],
  part: Part,
): Opening[Part] =>
  openings.some((one) => one[part] !== undefined)
    ? (openings.flatMap((one): unknown[] => one[part] ?? []) as Opening[Part])
    : undefined;
