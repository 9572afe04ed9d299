import ts from "typescript";
import { table } from "../markdown.mjs";
import { docComment } from "./doc-comment.mjs";
import { inherited, ownMembers, ownMethods } from "./members.mjs";
import { plainText, typeText } from "./type-text.mjs";

/** The section of one public name: a class, an interface, a type, a function or a list of values. */
export function section(declaration, publicName) {
  const { name, node } = declaration;
  const doc = docComment(node);
  const isPublic = (candidate) => publicName(candidate) === candidate;
  const body = ts.isClassDeclaration(node)
    ? classBody(declaration, publicName)
    : ts.isInterfaceDeclaration(node)
      ? interfaceBody(declaration, publicName, isPublic)
      : ts.isVariableDeclaration(node)
        ? valuesBody(node)
        : [signature(declaration, publicName)];
  return [`## ${name}`, described(doc, publicName), example(doc.example), ...body]
    .filter(Boolean)
    .join("\n\n");
}

function classBody({ name, node }, publicName) {
  const constructor = node.members.find(ts.isConstructorDeclaration);
  const outputs = ownMembers(node);
  const methods = ownMethods(node).map(({ method, doc }) => {
    const call = `${name}.${method.name.getText()}(${parameters(method, publicName)})`;
    return [
      `\`${call}: ${plainText(method.type, publicName)}\``,
      described(doc, publicName),
      example(doc.example),
    ]
      .filter(Boolean)
      .join("\n\n");
  });
  return [
    constructor && `\`new ${name}(${parameters(constructor, publicName)})\``,
    outputs.length > 0 &&
      table(
        ["output", "meaning"],
        outputs.map((member) => outputRow(name, member, publicName)),
      ),
    ...methods,
  ];
}

const parameters = ({ parameters: all }, publicName) =>
  all
    .map(
      ({ name, type, questionToken }) =>
        `${name.getText()}${questionToken ? "?" : ""}: ${plainText(type, publicName)}`,
    )
    .join(", ");

function interfaceBody(declaration, publicName, isPublic) {
  const { links, members } = inherited(declaration, isPublic);
  const all = [...members, ...ownMembers(declaration.node)];
  const bases = links.map(({ name, omitted }) => {
    const without = omitted.length === 0 ? "" : `, without ${omitted.map((one) => `\`${one}\``).join(", ")}`;
    return `All of [${name}](#${name.toLowerCase()})${without}, and:`;
  });
  const [heading, row] = /Args$/.test(declaration.name) ? ["argument", argumentRow] : ["property", outputRow];
  return [
    ...bases,
    table(
      [heading, "meaning"],
      all.map((member) => row(declaration.name, member, publicName)),
    ),
  ];
}

/** Two columns, so that the meaning has room. */
const argumentRow = (owner, { name, type, required, doc }, publicName) => [
  `${anchored(owner, name)}<br>${typeText(type, publicName)}${required ? ", **required**" : ""}`,
  [oneLine(described(doc, publicName)), ...doc.notes, ...defaultText(doc.fallback, publicName)].join("<br>"),
];

const outputRow = (owner, { name, type, required, doc }, publicName) => [
  `${anchored(owner, name)}<br>${typeText(type, publicName)}${required ? "" : ", optional"}`,
  oneLine(described(doc, publicName)),
];

/** Cells are anchors, so that other pages can point to one argument. */
const anchored = (owner, name) => `<a id="${owner.toLowerCase()}-${name.toLowerCase()}"></a>\`${name}\``;

/** The text, in which public names are links, with links to the pages that it comes from. */
const described = ({ text, pages }, publicName) =>
  [linked(text, publicName), ...pages.map((page) => `([source](${page}))`)].join(" ");

const linked = (text, publicName) =>
  text.replace(/`(\w+)`/g, (code, name) =>
    publicName(name) === name ? `[${code}](#${name.toLowerCase()})` : code,
  );

const oneLine = (text) => text.replace(/\n+/g, "<br>");

/** `- text` is a behaviour, anything else a value; what has neither is required together with others. */
function defaultText(fallback, publicName) {
  if (fallback === undefined) {
    return [];
  }
  const words = fallback.replace(/^- /, "").replace(/\s*\n\s*/g, " ");
  return [
    `Default: ${/^("[^"]*"|\[.*\]|\d+|true|false)$/.test(fallback) ? `\`${fallback}\`` : linked(words, publicName)}`,
  ];
}

function valuesBody(node) {
  const literal = ts.isAsExpression(node.initializer) ? node.initializer.expression : node.initializer;
  const rows = literal.properties.map((property) => {
    const { text } = docComment(property);
    const value = property.initializer.text;
    return [`\`${property.name.getText()}\``, value, text === value ? "" : text];
  });
  const described = rows.some(([, , meaning]) => meaning !== "");
  return [
    described
      ? table(["name", "value", "meaning"], rows)
      : table(
          ["name", "value"],
          rows.map((row) => row.slice(0, 2)),
        ),
  ];
}

/** A type or a function, as its declaration says. */
const signature = ({ name, node }, publicName) =>
  ts.isFunctionDeclaration(node)
    ? `\`${name}(${parameters(node, publicName)}): ${plainText(node.type, publicName)}\``
    : `\`${name} = ${node.type.getText()}\``;

const example = (text) => (text === undefined ? "" : `\`\`\`ts\n${text}\n\`\`\``);
