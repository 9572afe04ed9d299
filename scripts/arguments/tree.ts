import { type Argument, type ArgumentType, type Interfaces, allMembers, named } from "./read-arguments";

/** Run-time description of arguments, as TypeScript: one constant for each interface, those that others need first. */
export function treeCode(interfaces: Interfaces, exported: Record<string, string>): string {
  const constants = [...interfaces.keys()].map((name) => {
    const exportedName = Object.keys(exported).find((one) => exported[one] === name);
    const declared =
      exportedName === undefined ? `const ${constantName(name)}` : `export const ${exportedName}`;
    const { bases, members: own } = named(interfaces, name);
    const members = [
      ...bases.map((base) => `    ...${constantName(base)}.members,`),
      ...own.map((member) => `    ${member.name}: ${nodeCode(member)},`),
    ];
    return `${declared}: ObjectNode = {\n  kind: "object",\n  members: {\n${members.join("\n")}\n  },\n};`;
  });
  return ['import type { ObjectNode } from "./argument-node";\n', ...constants, ""].join("\n");
}

/** `SshServerArgs` as `sshServer`. */
const constantName = (name: string) =>
  name.replace(/Args$/, "").replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]/, (start) => start.toLowerCase());

function nodeCode({ type, tags }: Argument): string {
  const flags = ["secret", "known"].filter((flag) => tags.some(({ name }) => name === flag));
  return typeCode(type, flags.map((flag) => `, ${flag}: true`).join(""));
}

function typeCode(type: ArgumentType, flags: string): string {
  switch (type.kind) {
    case "object":
      return flags === "" ? constantName(type.name) : `{ ...${constantName(type.name)}${flags} }`;
    case "list":
      return `{ kind: "list", items: ${typeCode(type.items, "")}${flags} }`;
    case "map":
      return `{ kind: "map", values: ${typeCode(type.values, "")}${flags} }`;
    case "resource":
      return `{ kind: "resource", type: ${JSON.stringify(type.name)}${flags} }`;
    default:
      return `{ kind: "value"${flags} }`;
  }
}

/** Whether the structure of an interface's value must be known at preview, because one of its members must be. */
export function decides(interfaces: Interfaces, name: string): boolean {
  return allMembers(interfaces, name).some(
    ({ type, tags }) => tags.some((tag) => tag.name === "known") || within(type),
  );

  function within(type: ArgumentType): boolean {
    return (
      (type.kind === "object" && decides(interfaces, type.name)) ||
      (type.kind === "list" && within(type.items)) ||
      (type.kind === "map" && within(type.values))
    );
  }
}
