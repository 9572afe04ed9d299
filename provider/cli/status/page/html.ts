/** Text that is safe to stand in a page as it is. */
export interface Html {
  readonly markup: string;
}

/** What can stand in a template: text is escaped, parts of the page are taken as they are. */
export type HtmlValue = string | number | Html | readonly Html[];

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A part of a page; values, which may come from anybody, are escaped. Attributes must stand in double quotes. */
export function html(parts: TemplateStringsArray, ...values: HtmlValue[]): Html {
  const [first, ...others] = parts.map(withoutIndent);
  return { markup: others.reduce((text, part, index) => text + markupOf(values[index]) + part, first) };
}

/** The indent of the sources would be a good part of a page with thousands of rows. */
const withoutIndent = (part: string) => part.replace(/\s*\n\s*/g, "\n");

/** No part of a page. */
export const nothing: Html = { markup: "" };

function markupOf(value: HtmlValue): string {
  if (typeof value === "string" || typeof value === "number") {
    return escape(String(value));
  }
  return isHtml(value) ? value.markup : value.map(({ markup }) => markup).join("");
}

const isHtml = (value: Html | readonly Html[]): value is Html => !Array.isArray(value);

/** Characters that turn the writing direction or are no text are taken out as well. */
const escape = (text: string) =>
  text
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, " ")
    .replace(/[&<>"']/g, (character) => entities[character]);
