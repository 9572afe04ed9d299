import ts from "typescript";

/**
 * The doc comment of a declaration: its text in paragraphs, its `@default`, its `@example`, the pages that `@see` names, and
 * whether it is internal.
 * @returns {{ text: string, fallback?: string, example?: string, pages: string[], internal: boolean }}
 */
export function docComment(node) {
  const tags = (name) => ts.getJSDocTags(node).filter(({ tagName }) => tagName.text === name);
  const tag = (name) => tags(name)[0];
  const comment = holderOf(node).jsDoc?.at(-1)?.comment;
  return {
    text: joined(ts.getTextOfJSDocComment(comment) ?? ""),
    fallback: textOf(tag("default")),
    example: textOf(tag("example")),
    // TypeScript takes `https` for a name that is referred to, so the address is read off the tag's text.
    pages: tags("see").flatMap((see) => see.getText().match(/https:\/\/\S+/g) ?? []),
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
