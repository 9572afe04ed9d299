import ts from "typescript";
import {
  commentOf,
  type Declaration,
  type DeclarationNode,
  findDeclaration,
} from "../../scripts/arguments/declarations";
import { formats } from "../../scripts/arguments/formats";

/** What a doc comment says. */
export interface DocComment {
  /** Its text in paragraphs. */
  text: string;
  /** What the tags of an argument say besides, in words. */
  notes: string[];
  fallback?: string;
  example?: string;
  /** The pages that `@see` names. */
  pages: string[];
  internal: boolean;
}

export function docComment(node: ts.Node): DocComment {
  const tags = (name: string) => ts.getJSDocTags(node).filter(({ tagName }) => tagName.text === name);
  const tag = (name: string) => tags(name)[0];
  const text = commentOf(node);
  return {
    text,
    notes: [
      ...tags("format").map((format) => `Format: ${formats[textOf(format)].words}.`),
      ...tags("items")
        .flatMap((items) => /^format (\w+)$/.exec(textOf(items))?.[1] ?? [])
        .map((format) => `Format of each item: ${formats[format].words}.`),
      ...(tag("uniqueItems") ? ["No two items may be equal."] : []),
      ...(tag("secret") && !/secret/i.test(text) ? ["Kept secret."] : []),
      ...(tag("known") && !/known at preview/.test(text) ? ["Must be known at preview."] : []),
    ],
    fallback: tag("default") && textOf(tag("default")),
    example: tag("example") && textOf(tag("example")),
    // TypeScript takes `https` for a name that is referred to, so the address is read off the tag's text.
    pages: tags("see").flatMap((see) => see.getText().match(/https:\/\/\S+/g) ?? []),
    internal: tag("internal") !== undefined,
  };
}

const textOf = (tag: ts.JSDocTag | undefined) => ts.getTextOfJSDocComment(tag?.comment) ?? "";

/** A property that users see. */
export interface Member {
  name: string;
  type: ts.TypeNode | undefined;
  required: boolean;
  doc: DocComment;
}

/** The properties that an interface or a class declares itself, without internal ones. */
export function ownMembers(node: DeclarationNode): Member[] {
  if (!ts.isInterfaceDeclaration(node) && !ts.isClassDeclaration(node)) {
    return [];
  }
  const members: readonly (ts.TypeElement | ts.ClassElement)[] = node.members;
  return members
    .filter((member) => ts.isPropertySignature(member) || ts.isPropertyDeclaration(member))
    .map((member) => ({
      name: member.name.getText(),
      type: member.type,
      required: member.questionToken === undefined,
      doc: docComment(member),
    }))
    .filter(({ doc }) => !doc.internal);
}

/** Methods of a class that users call. */
export const ownMethods = (node: ts.ClassDeclaration): { method: ts.MethodDeclaration; doc: DocComment }[] =>
  node.members
    .filter(ts.isMethodDeclaration)
    .filter((method) => !method.modifiers?.some(({ kind }) => hiddenModifiers.includes(kind)))
    .map((method) => ({ method, doc: docComment(method) }))
    .filter(({ doc }) => !doc.internal);

const hiddenModifiers = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword];

/** An interface that another one extends, and the members that `Omit<Base, "a" | "b">` leaves out. */
interface Base {
  name: string;
  omitted: string[];
}

/**
 * What an interface takes from others: public ones by name, so that the page can link them, and the members of all others.
 */
export function inherited(
  { node, file }: Declaration,
  isPublic: (name: string) => boolean,
): { links: Base[]; members: Member[] } {
  const clauses = ts.isInterfaceDeclaration(node) ? (node.heritageClauses ?? []) : [];
  const bases = clauses.flatMap(({ types }) => types).map(baseOf);
  return {
    links: bases.filter(({ name }) => isPublic(name)),
    members: bases
      .filter(({ name }) => !isPublic(name))
      .flatMap(({ name, omitted }) => {
        const base = findDeclaration(name, file);
        const members = base ? [...inherited(base, isPublic).members, ...ownMembers(base.node)] : [];
        return members.filter((member) => !omitted.includes(member.name));
      }),
  };
}

function baseOf({ expression, typeArguments }: ts.ExpressionWithTypeArguments): Base {
  const [base, names] = typeArguments ?? [];
  return expression.getText() === "Omit"
    ? { name: base.getText(), omitted: [...names.getText().matchAll(/"(\w+)"/g)].map(([, name]) => name) }
    : { name: expression.getText(), omitted: [] };
}
