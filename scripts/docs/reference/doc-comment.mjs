import { require as requireTypeScript } from "tsx/cjs/api";
import ts from "typescript";

const { formats } = requireTypeScript("../../arguments/formats.ts", import.meta.url);

/**
 * The doc comment of a declaration: its text in paragraphs, what the other tags of an argument say in words, its `@default`,
 * its `@example`, the pages that `@see` names, and whether it is internal.
 * @returns {{ text: string, notes: string[], fallback?: string, example?: string, pages: string[], internal: boolean }}
 */
export function docComment(node) {
  const tags = (name) => ts.getJSDocTags(node).filter(({ tagName }) => tagName.text === name);
  const tag = (name) => tags(name)[0];
  const comment = holderOf(node).jsDoc?.at(-1)?.comment;
  const text = joined(ts.getTextOfJSDocComment(comment) ?? "");
  return {
    text,
    notes: [
      ...tags("format").map((format) => `Format: ${formats[textOf(format)].words}.`),
      ...tags("items")
        .map((items) => /^format (\w+)$/.exec(textOf(items))?.[1])
        .filter(Boolean)
        .map((format) => `Format of each item: ${formats[format].words}.`),
      ...(tag("uniqueItems") ? ["No two items may be equal."] : []),
      ...(tag("secret") && !/secret/i.test(text) ? ["Kept secret."] : []),
      ...(tag("known") && !/known at preview/.test(text) ? ["Must be known at preview."] : []),
    ],
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
