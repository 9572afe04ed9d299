import type { MemberStatus } from "../../catalog/constants";

/*
 * Parts of a page. A library of templates would be one more dependency of every installation for these few lines.
 */

/** Text that can stand in a page as it is. */
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
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  const [first, ...others] = strings.map(withoutIndent);
  return { markup: others.reduce((text, string, index) => text + markupOf(values[index]) + string, first) };
}

/** The indent of the sources would be a good share of a page with thousands of rows. */
const withoutIndent = (text: string) => text.replace(/\s*\n\s*/g, "\n");

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

/** How a status looks. */
export interface Look {
  /** Class of the style sheet. */
  className: string;
  /** A sign besides the colour. */
  sign: string;
}

/** How each status of a member looks. */
export const looks: Record<MemberStatus, Look> = {
  Licensed: { className: "licensed", sign: "✓" },
  Pending: { className: "pending", sign: "…" },
  Failed: { className: "failed", sign: "✕" },
  Unreachable: { className: "unreachable", sign: "?" },
  Off: { className: "off", sign: "○" },
  Drifted: { className: "drifted", sign: "≠" },
  NotStarted: { className: "not-started", sign: "–" },
};

/** License statuses that need nobody, or somebody later; any other needs somebody now. */
const keyLooks: Record<string, Look> = {
  Licensed: looks.Licensed,
  AwaitingConfirmation: looks.Pending,
  NotObserved: looks.NotStarted,
};

/** How the license status of a key looks. */
export const keyLook = (licenseStatus: string): Look =>
  Object.hasOwn(keyLooks, licenseStatus) ? keyLooks[licenseStatus] : looks.Failed;

/** A status with its sign and colour. */
export const badge = (status: string, { className, sign }: Look): Html =>
  html`<span class="badge ${className}"><span aria-hidden="true">${sign}</span> ${status}</span>`;
