import path from "node:path";
import { type Argument, type ArgumentType, type Interfaces, allMembers, named } from "./read-arguments";
import { decides } from "./tree";

/** `KMSHostArgs` as `KMSHostValues`. */
const valuesName = (name: string) => name.replace(/Args$/, "Values");

/** `KMSHostArgs` as `KMSHostInputs`. */
const inputsName = (name: string) => name.replace(/Args$/, "Inputs");

/** Plain values of all arguments, as far as they are known: every member is optional, and documented as its argument is. */
export function valuesCode(interfaces: Interfaces): string {
  const sets = new Set<string>();
  const declarations = [...interfaces.values()].map(({ name, bases, members }) => {
    const heritage = bases.length === 0 ? "" : ` extends ${bases.map(valuesName).join(", ")}`;
    const lines = members.map(
      (member) => `  /** ${member.text} */\n  ${member.name}?: ${valueType(member.type, sets)};`,
    );
    return `/** ${valuesWords(name)} */\nexport interface ${valuesName(name)}${heritage} {\n${lines.join("\n")}\n}\n`;
  });
  return [importLine([...sets], "../catalog/constants"), ...declarations].join("\n");
}

const valuesWords = (name: string) =>
  `The members of \`${name}\` as plain values; a resource is its logical name, and what is not known is left out.`;

/** An item of a list that is not known yet is undefined there, or an object without members. */
function valueType(type: ArgumentType, sets: Set<string>): string {
  switch (type.kind) {
    case "set":
      sets.add(type.name);
      return type.name;
    case "catalogue":
    case "resource":
      return "string";
    case "object":
      return valuesName(type.name);
    case "list":
      return type.items.kind === "object" || type.items.kind === "resource"
        ? `${valueType(type.items, sets)}[]`
        : `(${valueType(type.items, sets)} | undefined)[]`;
    case "map":
      return `Record<string, ${valueType(type.values, sets)}>`;
    default:
      return type.kind;
  }
}

/**
 * Inputs of one component once they are opened and found valid: where a member decides what is known at preview, what is
 * around it is a plain object or list.
 */
export function inputsCode(interfaces: Interfaces, file: string): string {
  const imports = new Map<string, Set<string>>();
  const use = (name: string, from: string) => {
    const specifier = path.posix.relative(path.dirname(file), from.replace(/\.ts$/, ""));
    const key = specifier.startsWith(".") ? specifier : `./${specifier}`;
    imports.set(key, (imports.get(key) ?? new Set()).add(name));
  };
  const declarations = [...interfaces.values()]
    .filter((one) => path.dirname(one.file) === path.dirname(file) && decides(interfaces, one.name))
    .map(({ name, text }) => {
      const lines = allMembers(interfaces, name).map(
        (member) => `  ${member.name}${member.required ? "" : "?"}: ${memberInput(interfaces, member, use)};`,
      );
      return `/** ${text} */\nexport interface ${inputsName(name)} {\n${lines.join("\n")}\n}\n`;
    });
  const lines = [...imports]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([from, names]) => importLine([...names], from).trimEnd());
  return ['import type * as pulumi from "@pulumi/pulumi";', ...lines, "", declarations.join("\n")].join("\n");
}

type Use = (name: string, from: string) => void;

function memberInput(interfaces: Interfaces, { type, tags }: Argument, use: Use): string {
  const known = tags.some(({ name }) => name === "known");
  if (type.kind === "list" && (known || decidesWithin(interfaces, type.items))) {
    return `${itemInput(interfaces, type.items, use)}[]`;
  }
  return itemInput(interfaces, type, use);
}

const decidesWithin = (
  interfaces: Interfaces,
  type: ArgumentType,
): type is Extract<ArgumentType, { kind: "object" }> =>
  type.kind === "object" && decides(interfaces, type.name);

const itemInput = (interfaces: Interfaces, type: ArgumentType, use: Use): string =>
  decidesWithin(interfaces, type)
    ? inputsName(type.name)
    : `pulumi.Input<${argumentType(interfaces, type, use)}>`;

/** The type as the interface of arguments has it. */
function argumentType(interfaces: Interfaces, type: ArgumentType, use: Use): string {
  switch (type.kind) {
    case "set":
      use(type.name, path.join(path.dirname(rootOf(interfaces)), "catalog/constants.ts"));
      return type.name;
    case "catalogue":
      return "string";
    case "object":
      use(type.name, named(interfaces, type.name).file);
      return type.name;
    case "resource":
      use(type.name, type.file);
      return type.name;
    case "list":
      return `pulumi.Input<${argumentType(interfaces, type.items, use)}>[]`;
    case "map":
      return `Record<string, pulumi.Input<${argumentType(interfaces, type.values, use)}>>`;
    default:
      return type.kind;
  }
}

/** A folder of the package: its rooms are beside each other. */
const rootOf = (interfaces: Interfaces): string => path.dirname([...interfaces.values()][0]?.file ?? "");

function importLine(names: string[], from: string): string {
  const line = `import type { ${[...names].sort().join(", ")} } from "${from}";\n`;
  return line.length <= 111
    ? line
    : `import type {\n${[...names]
        .sort()
        .map((name) => `  ${name},\n`)
        .join("")}} from "${from}";\n`;
}
