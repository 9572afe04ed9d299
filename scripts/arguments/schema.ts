import { formats } from "./formats";
import { type Argument, type ArgumentType, type Interfaces, type Tag, allMembers } from "./read-arguments";

/** A JSON schema of draft 7; `description` is what is allowed, as the object of "Specify …". */
export type Schema = Record<string, unknown> & { description: string };

/** Words for names of the catalogue: rules look them up, and suggest others. */
const catalogueWords: Record<string, string> = {
  KeyGroup: "a product key group, a value of KeyGroup",
  OperatingSystem: "an operating system, a value of OperatingSystem",
  Edition: "an edition of the operating system, a value of Edition",
  OfficeVersion: "an Office version, for example LTSC 2024",
};

/** Longest list of members that a description names. */
const mostMembers = 6;

/** One schema, with a definition for each interface that is given as an argument. */
export function argumentSchema(interfaces: Interfaces): Record<string, unknown> {
  const bases = new Set([...interfaces.values()].flatMap((one) => one.bases));
  const definitions = [...interfaces.keys()]
    .filter((name) => !bases.has(name) || isGiven(interfaces, name))
    .map((name) => [name, objectSchema(interfaces, name)] as const);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: "arguments.json",
    definitions: Object.fromEntries(definitions),
  };
}

/** Whether some argument is of this interface itself. */
const isGiven = (interfaces: Interfaces, name: string): boolean =>
  [...interfaces.values()].flatMap(({ members }) => members).some(({ type }) => contains(type, name));

const contains = (type: ArgumentType, name: string): boolean =>
  (type.kind === "object" && type.name === name) || (type.kind === "list" && contains(type.items, name));

function objectSchema(interfaces: Interfaces, name: string): Schema {
  const members = allMembers(interfaces, name);
  const required = members.filter((member) => member.required).map((member) => member.name);
  return {
    type: "object",
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(
      members.map((member) => [member.name, memberSchema(interfaces, name, member)]),
    ),
    description: membersInWords(members),
  };
}

/** `{ hosts, reference }`; of many members those that are required, or the first. */
function membersInWords(members: Argument[]): string {
  const required = members.filter((member) => member.required);
  const named =
    members.length <= mostMembers ? members : required.length > 0 ? required : members.slice(0, 3);
  return `{ ${[...named.map(({ name }) => name), ...(named.length < members.length ? ["…"] : [])].join(", ")} }`;
}

function memberSchema(interfaces: Interfaces, owner: string, { name, type, tags }: Argument): Schema {
  try {
    return typeSchema(interfaces, name, type, tags);
  } catch (error) {
    throw new Error(`${owner}.${name}: ${(error as Error).message}`, { cause: error });
  }
}

function typeSchema(interfaces: Interfaces, name: string, type: ArgumentType, tags: Tag[]): Schema {
  const allowed = tags.find((tag) => tag.name === "allowed")?.text;
  const schema = schemaOf(interfaces, name, type, tags);
  return allowed === undefined ? schema : { ...schema, description: allowed };
}

function schemaOf(interfaces: Interfaces, name: string, type: ArgumentType, tags: Tag[]): Schema {
  const words = taggedWords(tags);
  switch (type.kind) {
    case "string":
      return stringSchema(words);
    case "number":
      return integerSchema(name, words);
    case "boolean":
      return { type: "boolean", description: "true or false" };
    case "set":
      return { enum: type.values, description: alternatives(type.values) };
    case "catalogue":
      return { ...stringSchema(words), description: catalogueWords[type.name] ?? `a value of ${type.name}` };
    case "object":
      return {
        $ref: `#/definitions/${type.name}`,
        description: membersInWords(allMembers(interfaces, type.name)),
      };
    case "list":
      return listSchema(interfaces, name, type.items, tags);
    case "map":
      return {
        type: "object",
        additionalProperties: typeSchema(interfaces, name, type.values, []),
        description: "names with their values",
      };
    case "resource":
      return { type: "string", description: `a ${type.name}` };
  }
}

function stringSchema(words: Map<string, string[]>): Schema {
  const formatName = words.get("format")?.[0];
  const format = formatName === undefined ? undefined : formats[formatName];
  if (formatName !== undefined && format === undefined) {
    throw new Error(`there is no format ${formatName}`);
  }
  const minLength = format?.minLength ?? count(words, "minLength");
  const maxLength = format?.maxLength ?? count(words, "maxLength");
  return {
    type: "string",
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
    ...(format && { pattern: format.pattern }),
    ...(format?.slips && { slips: format.slips }),
    description: format?.words ?? lengthInWords(minLength, maxLength),
  };
}

function lengthInWords(minimum = 0, maximum?: number): string {
  if (maximum !== undefined) {
    return minimum === 0 ? `at most ${maximum} characters` : `${minimum} to ${maximum} characters`;
  }
  return minimum === 0 ? "a text" : "a text that is not empty";
}

function integerSchema(name: string, words: Map<string, string[]>): Schema {
  const [minimum, maximum] = (words.get("integer") ?? []).map(Number);
  if (minimum === undefined || maximum === undefined || !(minimum < maximum)) {
    throw new Error("a number needs @integer MINIMUM MAXIMUM");
  }
  const unit = /(Seconds|Minutes|Days)(After|Between|$)/.exec(name)?.[1]?.toLowerCase();
  const number = unit === undefined ? "a whole number" : `a whole number of ${unit}`;
  return { type: "integer", minimum, maximum, description: `${number} from ${minimum} to ${maximum}` };
}

function listSchema(interfaces: Interfaces, name: string, type: ArgumentType, tags: Tag[]): Schema {
  const words = taggedWords(tags);
  const minItems = count(words, "minItems");
  const uniqueItems = words.has("uniqueItems");
  const items = typeSchema(interfaces, name, type, itemTags(tags));
  const atLeast =
    minItems === undefined
      ? "a list"
      : `a list of at least ${minItems === 1 ? "one item" : `${minItems} items`}`;
  return {
    type: "array",
    ...(minItems !== undefined && { minItems }),
    ...(uniqueItems && { uniqueItems }),
    items,
    description: `${atLeast}${uniqueItems ? ", no two of them equal" : ""}; each item is ${items.description}`,
  };
}

/** `@items format update` as `@format update` of each item. */
const itemTags = (tags: Tag[]): Tag[] =>
  tags
    .filter(({ name }) => name === "items")
    .map(({ text }) => {
      const [name = "", ...rest] = text.split(" ");
      return { name, text: rest.join(" ") };
    });

const taggedWords = (tags: Tag[]) =>
  new Map(tags.map(({ name, text }) => [name, text.split(/\s+/).filter(Boolean)]));

function count(words: Map<string, string[]>, tag: string): number | undefined {
  const given = words.get(tag);
  if (given === undefined) {
    return undefined;
  }
  const number = Number(given[0]);
  if (given.length !== 1 || !Number.isInteger(number) || number < 0) {
    throw new Error(`@${tag} takes one whole number`);
  }
  return number;
}

/** `dns or fixedHost`. */
export const alternatives = (values: string[]): string =>
  values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
