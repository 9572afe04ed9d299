import type { Node } from "web-tree-sitter";
import { nodesOf, parsePowerShell } from "../parse-powershell";
import oldest from "./powershell-3.json";

/** Something in a script that Windows PowerShell 3.0 on .NET 4.5 may not have, or that its modules need. */
export interface Finding {
  what: string;
  text: string;
}

const lower = (names: string[]) => new Set(names.map((name) => name.toLowerCase()));
const commands = new Map(
  Object.entries(oldest.commands).map(([name, parameters]) => [name.toLowerCase(), lower(parameters)]),
);
const needErrorAction = lower(oldest.needErrorAction);
const nodeTypes = new Set(oldest.nodeTypes);
const operators = lower(oldest.operators);
const types = lower(oldest.types);
const staticMembers = lower(oldest.staticMembers);
const constructors = lower(oldest.constructors);
const methods = lower(oldest.methods);

/** Escapes of Windows PowerShell; `e and `u{…} are newer. */
const escapes = /`([^0abfnrtv'"`$#\r\n ])/;
const literal = /^(0x[0-9a-f]+|\d+)l?(kb|mb|gb|tb|pb)?$/i;

/**
 * Everything in a script that is not known to be in Windows PowerShell 3.0: syntax, operators, literals, types, members,
 * commands and their parameters. What is new is looked up once and added to powershell-3.json.
 */
export async function findNewer(source: string): Promise<Finding[]> {
  const root = (await parsePowerShell(source)).rootNode;
  const nodes = nodesOf(root);
  const own = lower(nodes.filter(({ type }) => type === "function_name").map(({ text }) => text));
  const scriptCommands = nodes.filter(({ type }) => type === "command");
  return [
    ...nodes.flatMap((node) => findInNode(node)),
    ...scriptCommands.flatMap((command) => findInCommand(command, own)),
  ];
}

function findInNode(node: Node): Finding[] {
  const { type, text } = node;
  const finding = (what: string) => [{ what, text: text.slice(0, 60) }];
  if (node.isError || node.isMissing) {
    return finding("syntax");
  }
  if (node.isNamed && !nodeTypes.has(type)) {
    return finding("syntax");
  }
  switch (type) {
    case "comparison_operator":
    case "assignement_operator":
    case "format_operator":
      return operators.has(text.toLowerCase()) ? [] : finding("operator");
    case "decimal_integer_literal":
    case "hexadecimal_integer_literal":
      return literal.test(text) ? [] : finding("literal");
    case "expandable_string_literal":
    case "generic_token":
      return escapes.test(text) ? finding("escape") : [];
    case "type_spec":
      return types.has(text.toLowerCase()) ? [] : finding("type");
    case "member_access":
    case "invokation_expression":
      return findInMember(node);
    default:
      return [];
  }
}

/** Properties of objects are data; what is static or called is .NET's. */
function findInMember(node: Node): Finding[] {
  const name = node.children.find((child) => child?.type === "member_name")?.text ?? "";
  const type = node.children.find((child) => child?.type === "type_literal")?.text.replace(/[[\]]/g, "");
  const isStatic = node.children.some((child) => child?.text === "::");
  if (isStatic && (type === undefined || !staticMembers.has(`${type}::${name}`.toLowerCase()))) {
    return [{ what: "static member", text: `${type ?? "?"}::${name}` }];
  }
  return !isStatic && node.type === "invokation_expression" && !methods.has(name.toLowerCase())
    ? [{ what: "method", text: name }]
    : [];
}

function findInCommand(command: Node, own: ReadonlySet<string>): Finding[] {
  const named = command.children.find((child) => child?.type === "command_name");
  const name = named?.text.toLowerCase();
  if (name === undefined || own.has(name)) {
    return [];
  }
  const known = commands.get(name);
  if (known === undefined) {
    return [{ what: "command", text: named!.text }];
  }
  const elements = command.children.flatMap((child) =>
    child?.type === "command_elements" ? child.children.filter((element) => element !== null) : [],
  );
  const parameters = elements
    .filter(({ type }) => type === "command_parameter")
    .map(({ text }) => text.slice(1).replace(/:$/, "").toLowerCase());
  const unknown = parameters.filter((parameter) => !known.has(parameter) && parameter !== "erroraction");
  return [
    ...unknown.map((parameter) => ({ what: "parameter", text: `${named!.text} -${parameter}` })),
    ...(needErrorAction.has(name) && !parameters.includes("erroraction")
      ? [{ what: "no ErrorAction", text: named!.text }]
      : []),
    ...(name === "new-object" ? findInConstructor(elements) : []),
  ];
}

function findInConstructor(elements: Node[]): Finding[] {
  const type = elements.find(
    (element) => element.type === "generic_token" || element.type.endsWith("expression"),
  );
  const text = type?.text ?? "";
  return constructors.has(text.toLowerCase()) ? [] : [{ what: "type", text: `New-Object ${text}` }];
}
