import ts from "typescript";
import type { Declaration } from "../../scripts/arguments/declarations";
import {
  type DocComment,
  docComment,
  inherited,
  type Member,
  ownMembers,
  ownMethods,
} from "./declared-members";
import { table } from "./markdown";
import type { PublicName } from "./public-declarations";

/** The section of one public name: a class, an interface, a type, a function or a list of values. */
export function section({ name, node, file }: Declaration, publicName: PublicName): string {
  const doc = docComment(node);
  return joined([`## ${name}`, described(doc, publicName), example(doc), ...body()]);

  function body(): string[] {
    if (ts.isClassDeclaration(node)) {
      return classBody(name, node, publicName);
    }
    if (ts.isInterfaceDeclaration(node)) {
      return isPlainValues(name, publicName) ? [] : interfaceBody({ name, node, file }, publicName);
    }
    if (ts.isVariableDeclaration(node)) {
      return [valuesTable(node)];
    }
    return [
      ts.isFunctionDeclaration(node)
        ? `\`${name}(${parameters(node, publicName)}): ${plainText(node.type, publicName)}\``
        : `\`${name} = ${node.type.getText()}\``,
    ];
  }
}

/** Plain values of arguments: a section names the arguments, which describe each member. */
const isPlainValues = (name: string, publicName: PublicName) =>
  name.endsWith("Values") && publicName(name.replace(/Values$/, "Args")) !== undefined;

const joined = (paragraphs: string[]) => paragraphs.filter((text) => text !== "").join("\n\n");

function classBody(name: string, node: ts.ClassDeclaration, publicName: PublicName): string[] {
  const constructor = node.members.find(ts.isConstructorDeclaration);
  const outputs = ownMembers(node);
  const methods = ownMethods(node).map(({ method, doc }) => {
    const call = `${name}.${method.name.getText()}(${parameters(method, publicName)})`;
    return joined([
      `\`${call}: ${plainText(method.type, publicName)}\``,
      described(doc, publicName),
      example(doc),
    ]);
  });
  return [
    constructor === undefined ? "" : `\`new ${name}(${parameters(constructor, publicName)})\``,
    outputs.length === 0
      ? ""
      : table(
          ["output", "meaning"],
          outputs.map((member) => outputRow(name, member, publicName)),
        ),
    ...methods,
  ];
}

const parameters = ({ parameters: all }: ts.SignatureDeclaration, publicName: PublicName) =>
  all
    .map(
      ({ name, type, questionToken }) =>
        `${name.getText()}${questionToken ? "?" : ""}: ${plainText(type, publicName)}`,
    )
    .join(", ");

function interfaceBody(declaration: Declaration, publicName: PublicName): string[] {
  const { links, members } = inherited(declaration, (name) => publicName(name) === name);
  const all = [...members, ...ownMembers(declaration.node)];
  const bases = links.map(({ name, omitted }) => {
    const without = omitted.length === 0 ? "" : `, without ${omitted.map((one) => `\`${one}\``).join(", ")}`;
    return `All of [${name}](#${name.toLowerCase()})${without}, and:`;
  });
  const [heading, row] = declaration.name.endsWith("Args")
    ? ["argument", argumentRow]
    : ["property", outputRow];
  return [
    ...bases,
    table(
      [heading, "meaning"],
      all.map((member) => row(declaration.name, member, publicName)),
    ),
  ];
}

/** Two columns, so that the meaning has room. */
const argumentRow = (owner: string, { name, type, required, doc }: Member, publicName: PublicName) => [
  `${anchored(owner, name)}<br>${typeText(type, publicName)}${required ? ", **required**" : ""}`,
  [oneLine(described(doc, publicName)), ...doc.notes, ...defaultText(doc.fallback, publicName)].join("<br>"),
];

const outputRow = (owner: string, { name, type, required, doc }: Member, publicName: PublicName) => [
  `${anchored(owner, name)}<br>${typeText(type, publicName)}${required ? "" : ", optional"}`,
  oneLine(described(doc, publicName)),
];

/** Cells are anchors, so that other pages can point to one argument. */
const anchored = (owner: string, name: string) =>
  `<a id="${owner.toLowerCase()}-${name.toLowerCase()}"></a>\`${name}\``;

/** The text, in which public names are links, with links to the pages that it comes from. */
const described = ({ text, pages }: DocComment, publicName: PublicName) =>
  [linked(text, publicName), ...pages.map((page) => `([source](${page}))`)].join(" ");

const linked = (text: string, publicName: PublicName) =>
  text.replace(/`(\w+)`/g, (code, name: string) =>
    publicName(name) === name ? `[${code}](#${name.toLowerCase()})` : code,
  );

const oneLine = (text: string) => text.replace(/\n+/g, "<br>");

/** `- text` is a behaviour, anything else a value; what has neither is required together with others. */
function defaultText(fallback: string | undefined, publicName: PublicName): string[] {
  if (fallback === undefined) {
    return [];
  }
  const words = fallback.replace(/^- /, "").replace(/\s*\n\s*/g, " ");
  return [
    `Default: ${/^("[^"]*"|\[.*\]|\d+|true|false)$/.test(fallback) ? `\`${fallback}\`` : linked(words, publicName)}`,
  ];
}

function valuesTable({ initializer }: ts.VariableDeclaration): string {
  const literal = initializer && ts.isAsExpression(initializer) ? initializer.expression : initializer;
  const properties = literal && ts.isObjectLiteralExpression(literal) ? [...literal.properties] : [];
  const rows = properties.filter(ts.isPropertyAssignment).map((property) => {
    const value = ts.isStringLiteral(property.initializer) ? property.initializer.text : "";
    const { text } = docComment(property);
    return [`\`${property.name.getText()}\``, value, text === value ? "" : text];
  });
  const columns = rows.some(([, , meaning]) => meaning !== "") ? 3 : 2;
  return table(
    ["name", "value", "meaning"].slice(0, columns),
    rows.map((row) => row.slice(0, columns)),
  );
}

const example = ({ example: text }: DocComment) => (text === undefined ? "" : `\`\`\`ts\n${text}\n\`\`\``);

/** A type as Markdown: code, in which public names are links. */
const typeText = (type: ts.TypeNode | undefined, publicName: PublicName) =>
  `\`${plainText(type, publicName).replace(/\b[A-Z]\w*\b/g, (name) =>
    publicName(name) === name ? `\`[${name}](#${name.toLowerCase()})\`` : name,
  )}\``
    .replaceAll("``", "")
    .replace(/`((\[\])+)`$/, (_, lists: string) => lists.replaceAll("[]", "\\[]"));

/** Types around those that users read: of Pulumi, which every value may have, and of a constant that may be a plain string. */
const wrappers = new Set(["pulumi.Input", "pulumi.Output", "OneOf"]);

/** A type as one writes it, with the names that users know. */
function plainText(type: ts.TypeNode | undefined, publicName: PublicName): string {
  if (type === undefined) {
    return "unknown";
  }
  if (ts.isArrayTypeNode(type)) {
    const element = plainText(type.elementType, publicName);
    return `${/^[\w.]+(\[\])*$/.test(element) ? element : `(${element})`}[]`;
  }
  if (!ts.isTypeReferenceNode(type)) {
    return type.getText().replace(/\s+/g, " ");
  }
  const name = type.typeName.getText();
  const given = (type.typeArguments ?? []).map((argument) => plainText(argument, publicName));
  if (wrappers.has(name) && given[0] !== undefined) {
    return given[0];
  }
  const shown = publicName(name) ?? name;
  return given.length === 0 ? shown : `${shown}<${given.join(", ")}>`;
}
