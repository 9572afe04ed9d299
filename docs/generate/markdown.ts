import path from "node:path";
import { format, resolveConfig } from "prettier";

/**
 * A table; cells are Markdown already. The three lines take the place of a library of tables, since `page` aligns
 * the columns.
 */
export function table(headings: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(headings), line(headings.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Plain text as Markdown; code between backticks stays code. */
export function escaped(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replace(/[<*_[\]\\]/g, "\\$&")))
    .join("");
}

/** Link to an error code of the error reference. */
export const errorLink = (code: string) => `[${code}](errors.md#${code.toLowerCase()})`;

/** The sources that a page cites. */
export interface Footnotes {
  /** References to these addresses; each address gets one footnote. */
  cite(...urls: string[]): string;
  /** The footnotes of all that were cited. */
  notes(): string;
}

/** Footnotes for the sources of facts. A name is the last part of its address, so that a new source renames no other. */
export function footnotes(): Footnotes {
  const names = new Map<string, string>();
  const nameOf = (url: string) => {
    const { pathname } = new URL(url);
    const base = slug(pathname.split("/").filter(Boolean).at(-1) ?? "source");
    const isTaken = [...names.values()].some((name) => name === base || name.startsWith(`${base}-from-`));
    return isTaken ? `${base}-from-${slug(pathname)}` : base;
  };
  return {
    cite(...urls) {
      const unique = [...new Set(urls)];
      unique.filter((url) => !names.has(url)).forEach((url) => names.set(url, nameOf(url)));
      return unique.map((url) => `[^${names.get(url)}]`).join("");
    },
    notes: () => [...names].map(([url, name]) => `[^${name}]: <${url}>`).join("\n\n"),
  };
}

const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/\(.*?\)/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** A page as `npm run format` would leave it. */
export async function page(sections: string[]): Promise<string> {
  const options = await resolveConfig(path.join(__dirname, "../page.md"));
  return format(sections.filter(Boolean).join("\n\n"), { ...options, parser: "markdown" });
}
