import { URL } from "node:url";
import { format, resolveConfig } from "prettier";
import { inRepository } from "../shared/repository.mjs";

/** A table; cells are Markdown already. */
export function table(headings, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(headings), line(headings.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Plain text as Markdown; code between backticks stays code. */
export function escaped(text) {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replace(/[<*_[\]\\]/g, "\\$&")))
    .join("");
}

/** Link to an error code of the error reference. */
export const errorLink = (code) => `[${code}](errors.md#${code.toLowerCase()})`;

/**
 * Footnotes for the sources of facts: `cite` gives the reference, `notes` the footnotes of all that were cited.
 * The name is the last part of the address, so that a new source renames no other.
 */
export function footnotes() {
  const names = new Map();
  const nameOf = (url) => {
    const base = slug(new URL(url).pathname.split("/").filter(Boolean).at(-1) ?? "source");
    const taken = [...names.values()];
    const same = taken.filter((name) => name === base || name.startsWith(`${base}-from-`)).length;
    return same === 0 ? base : `${base}-from-${slug(new URL(url).pathname)}`;
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

const slug = (text) =>
  text
    .toLowerCase()
    .replace(/\(.*?\)/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** A page as `npm run format` would leave it. */
export async function page(parts) {
  const options = await resolveConfig(inRepository("docs/page.md"));
  return format(parts.filter(Boolean).join("\n\n"), { ...options, parser: "markdown" });
}
