import path from "node:path";
import ts from "typescript";
import { commentOf, type Declaration, findDeclaration, sourceFile } from "./declarations";

/** The type of an argument, with everything that Pulumi wraps around it taken off. */
export type ArgumentType =
  | { kind: "string" | "number" | "boolean" }
  /** A closed set of `provider/catalog/constants.ts`. */
  | { kind: "set"; name: string; values: string[] }
  /** A name of the catalogue, which has other spellings as well. */
  | { kind: "catalogue"; name: string }
  | { kind: "object"; name: string }
  | { kind: "list"; items: ArgumentType }
  | { kind: "map"; values: ArgumentType }
  | { kind: "resource"; name: string; file: string };

/** A member of an argument interface. */
export interface Argument {
  name: string;
  required: boolean;
  type: ArgumentType;
  /** Text of its doc comment. */
  text: string;
  /** Its tags, each with the text behind it. */
  tags: Tag[];
}

export interface Tag {
  name: string;
  text: string;
}

/** An interface of arguments. */
export interface ArgumentInterface {
  name: string;
  /** The file that declares it. */
  file: string;
  text: string;
  /** Interfaces of arguments that it extends. */
  bases: string[];
  /** Its own members. */
  members: Argument[];
}

/** Interfaces of arguments by name, those that others need first. */
export type Interfaces = Map<string, ArgumentInterface>;

/** Files whose constants are closed sets, and files whose constants are names of the catalogue. */
const setsFile = "constants.ts";
const catalogueFile = "names.generated.ts";

/** Tags that say what may be given; the others are for readers. */
export const checkedTags = [
  "secret",
  "known",
  "integer",
  "minLength",
  "maxLength",
  "minItems",
  "uniqueItems",
  "format",
  "items",
  "allowed",
] as const;

export const readerTags = ["default", "see"] as const;

/** Reads interfaces of arguments and all that they are made of. */
export function readArguments(roots: { name: string; file: string }[]): Interfaces {
  const interfaces: Interfaces = new Map();
  roots.forEach(({ name, file }) => readInterface(name, sourceFile(file), interfaces));
  return interfaces;
}

/** Its members and those of the interfaces that it extends, bases first. */
export function allMembers(interfaces: Interfaces, name: string): Argument[] {
  const { bases, members } = named(interfaces, name);
  return [...bases.flatMap((base) => allMembers(interfaces, base)), ...members];
}

export function named(interfaces: Interfaces, name: string): ArgumentInterface {
  const found = interfaces.get(name);
  if (found === undefined) {
    throw new Error(`no interface ${name} was read`);
  }
  return found;
}

function readInterface(name: string, source: ts.SourceFile, interfaces: Interfaces): void {
  if (interfaces.has(name)) {
    return;
  }
  const { node, file } = declaration(name, source);
  if (!ts.isInterfaceDeclaration(node)) {
    throw new Error(`${name}, of ${source.fileName}, is no interface`);
  }
  const bases = (node.heritageClauses ?? [])
    .flatMap(({ types }) => types)
    .map(({ expression }) => expression.getText());
  bases.forEach((base) => readInterface(base, file, interfaces));
  const members = node.members.map((member) => readMember(member, name, file, interfaces));
  interfaces.set(name, { name, file: file.fileName, text: commentOf(node), bases, members });
}

function readMember(
  node: ts.TypeElement,
  owner: string,
  file: ts.SourceFile,
  interfaces: Interfaces,
): Argument {
  const name = node.name?.getText() ?? "";
  if (!ts.isPropertySignature(node) || node.type === undefined) {
    throw new Error(`${owner}.${name} is no property with a type`);
  }
  const tags = ts.getJSDocTags(node).map((tag) => ({
    name: tag.tagName.text,
    text: (ts.getTextOfJSDocComment(tag.comment) ?? "").replace(/\s*\n\s*/g, " ").trim(),
  }));
  const known: readonly string[] = [...checkedTags, ...readerTags];
  const stray = tags.find((tag) => !known.includes(tag.name));
  if (stray !== undefined) {
    throw new Error(`${owner}.${name} has a tag @${stray.name}, which nothing reads`);
  }
  return {
    name,
    required: node.questionToken === undefined,
    type: readType(node.type, file, interfaces),
    text: commentOf(node),
    tags,
  };
}

function readType(node: ts.TypeNode, file: ts.SourceFile, interfaces: Interfaces): ArgumentType {
  if (ts.isArrayTypeNode(node)) {
    return { kind: "list", items: readType(node.elementType, file, interfaces) };
  }
  if (ts.isTypeReferenceNode(node)) {
    return readReference(node, file, interfaces);
  }
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return { kind: "string" };
    case ts.SyntaxKind.NumberKeyword:
      return { kind: "number" };
    case ts.SyntaxKind.BooleanKeyword:
      return { kind: "boolean" };
    default:
      throw new Error(`arguments have no type such as ${node.getText()}, in ${file.fileName}`);
  }
}

function readReference(
  { typeName, typeArguments = [] as unknown as ts.NodeArray<ts.TypeNode> }: ts.TypeReferenceNode,
  file: ts.SourceFile,
  interfaces: Interfaces,
): ArgumentType {
  const name = typeName.getText();
  const [first, second] = typeArguments;
  if ((name === "pulumi.Input" || name === "OneOf") && first !== undefined) {
    return readType(first, file, interfaces);
  }
  if (name === "Record" && second !== undefined) {
    return { kind: "map", values: readType(second, file, interfaces) };
  }
  const found = declaration(name, file);
  const home = path.basename(found.file.fileName);
  if (home === setsFile) {
    return { kind: "set", name, values: constantValues(found) };
  }
  if (home === catalogueFile) {
    return { kind: "catalogue", name };
  }
  if (ts.isClassDeclaration(found.node)) {
    return { kind: "resource", name, file: found.file.fileName };
  }
  readInterface(name, file, interfaces);
  return { kind: "object", name };
}

/** Values of `export const NAME = { A: "a", … } as const`. */
function constantValues({ name, node, file }: Declaration): string[] {
  const { initializer } = ts.isVariableDeclaration(node) ? node : {};
  const literal = initializer && ts.isAsExpression(initializer) ? initializer.expression : undefined;
  if (literal === undefined || !ts.isObjectLiteralExpression(literal)) {
    throw new Error(`${name} is no constant of ${file.fileName}`);
  }
  return literal.properties.map((property) => {
    if (!ts.isPropertyAssignment(property) || !ts.isStringLiteral(property.initializer)) {
      throw new Error(`${name} of ${file.fileName} has a member that is no text`);
    }
    return property.initializer.text;
  });
}

function declaration(name: string, file: ts.SourceFile): Declaration {
  const found = findDeclaration(name, file);
  if (found === undefined) {
    throw new Error(`${file.fileName} has no type ${name}`);
  }
  return found;
}
