import ts from "typescript";

/**
 * The doc comment of a declaration: its text in paragraphs, its `@default`, its `@example`, and whether it is internal.
 * @returns {{ text: string, fallback?: string, example?: string, internal: boolean }}
 */
export function docComment(node) {
  const tag = (name) => ts.getJSDocTags(node).find(({ tagName }) => tagName.text === name);
  const comment = holderOf(node).jsDoc?.at(-1)?.comment;
  return {
    text: joined(ts.getTextOfJSDocComment(comment) ?? ""),
    fallback: textOf(tag("default")),
    example: textOf(tag("example")),
    internal: tag("internal") !== undefined,
  };
}

const textOf = (tag) => (tag === undefined ? undefined : (ts.getTextOfJSDocComment(tag.comment) ?? ""));

/** The comment of `export const name = …` is on the statement. */
const holderOf = (node) => (ts.isVariableDeclaration(node) ? node.parent.parent : node);

/** Lines of one paragraph are one line. */
const joined = (text) =>
  text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replace(/\s*\n\s*/g, " ").trim())
    .join("\n\n");
