import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import MarkdownIt from "markdown-it";
import { inRepository } from "../../scripts/shared/repository.mjs";

/**
 * A block of code in a page.
 * @typedef {{ page: string, line: number, language: string, text: string, file?: string, config: Record<string, string> }} Block
 */

const markdown = new MarkdownIt({ html: true });

const markdownIn = (folder, recursive = true) =>
  readdirSync(inRepository(folder), { recursive, encoding: "utf8" })
    .filter((name) => name.endsWith(".md") && !name.includes("node_modules"))
    .map((name) => path.join(folder, name));

/** All pages that people read, by their path in the repository. */
export const pages = [...markdownIn(".", false), ...markdownIn("docs"), ...markdownIn("examples")].sort();

/** The text of a page. */
export const textOf = (page) => readFileSync(inRepository(page), "utf8");

/** The tokens of a page, those inside paragraphs as well. */
export const tokensOf = (page) =>
  markdown.parse(textOf(page), {}).flatMap((token) => [token, ...(token.children ?? [])]);

/**
 * The blocks of code of a page. Two comments before a block, which readers do not see, say more of it:
 * `<!-- file: NAME -->` makes it a module of its own, which other blocks of the page import by that name; `index.ts` is a
 * whole program. `<!-- config: {"key": "value"} -->` is the configuration that it needs besides the lab's secrets. All other
 * blocks are parts of programs.
 */
export function blocksOf(page) {
  const tokens = markdown.parse(textOf(page), {});
  return tokens.flatMap((token, place) => {
    const before = tokens[place - 1]?.type === "html_block" ? tokens[place - 1].content : "";
    const said = (name) => new RegExp(`<!-- ${name}: (.*?) -->`).exec(before)?.[1];
    return token.type !== "fence"
      ? []
      : [
          {
            page,
            line: token.map[0] + 1,
            language: token.info.trim(),
            text: token.content,
            file: said("file"),
            config: JSON.parse(said("config") ?? "{}"),
          },
        ];
  });
}

/** All blocks of all pages. */
export const allBlocks = () => pages.flatMap(blocksOf);

/** Where a block begins, for messages. */
export const placeOf = ({ page, line }) => `${page}:${line}`;

/** Whether a block is a whole program, which runs in the lab. */
export const isWholeProgram = ({ file }) => file === "index.ts";
