import ts from "typescript";
import { docComment } from "./doc-comment.mjs";
import { findDeclaration } from "./declarations.mjs";

/**
 * A property that users see.
 * @typedef {{ name: string, type: ts.TypeNode, required: boolean, doc: ReturnType<typeof docComment> }} Member
 */

/** The properties that an interface or a class declares itself, without internal ones. */
export const ownMembers = (node) =>
  node.members
    .filter((member) => ts.isPropertySignature(member) || ts.isPropertyDeclaration(member))
    .map((member) => ({
      name: member.name.getText(),
      type: member.type,
      required: member.questionToken === undefined,
      doc: docComment(member),
    }))
    .filter(({ doc }) => !doc.internal);

/** Methods of a class that users call. */
export const ownMethods = (node) =>
  node.members
    .filter(ts.isMethodDeclaration)
    .filter((method) => !hiddenModifiers.some((kind) => hasModifier(method, kind)))
    .map((method) => ({ method, doc: docComment(method) }))
    .filter(({ doc }) => !doc.internal);

const hiddenModifiers = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword];

const hasModifier = (node, kind) => node.modifiers?.some((modifier) => modifier.kind === kind) ?? false;

/**
 * What an interface takes from others: public ones by name, so that the page can link them, and the members of all others.
 * `Omit<Base, "a" | "b">` leaves those members out.
 */
export function inherited({ node, file }, isPublic) {
  const bases = (node.heritageClauses ?? []).flatMap(({ types }) => types).map(baseOf);
  const found = bases.map((base) => ({ ...base, declaration: findDeclaration(base.name, file) }));
  return {
    links: found.filter(({ name }) => isPublic(name)),
    members: found
      .filter(({ name, declaration }) => !isPublic(name) && declaration !== undefined)
      .flatMap(({ omitted, declaration }) =>
        [...inherited(declaration, isPublic).members, ...ownMembers(declaration.node)].filter(
          ({ name }) => !omitted.includes(name),
        ),
      ),
  };
}

function baseOf(type) {
  if (type.expression.getText() !== "Omit") {
    return { name: type.expression.getText(), omitted: [] };
  }
  const [base, names] = type.typeArguments;
  return { name: base.getText(), omitted: [...names.getText().matchAll(/"(\w+)"/g)].map(([, name]) => name) };
}
