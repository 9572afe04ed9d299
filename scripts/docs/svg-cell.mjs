import { element, escaped, textLine } from "./svg.mjs";

export const cellWidth = 37;
export const rowHeight = 24;
const markSize = 7;

/** A cell; each kind has a text or a mark of its own, so that nobody depends on the colours. */
export function matrixCell({ kind, text, left, top, tooltip }) {
  const content = [
    `<title>${escaped(`${tooltip}: ${meanings[kind]}`)}</title>`,
    element("rect", { class: "cell", x: left, y: top, width: cellWidth, height: rowHeight }),
    ...(kind === "update" ? [cornerMark(left + cellWidth, top)] : []),
    textLine({ class: "value", x: left + cellWidth / 2, y: top + 16, "text-anchor": "middle" }, text),
  ];
  return element("g", { class: kind }, content.join(""));
}

/** What each kind of cell says. */
export const meanings = {
  yes: "activated",
  update: "activated once the KMS host has an update",
  unlisted: "not in Microsoft's table, may be refused",
  no: "not activated",
};

const cornerMark = (right, top) =>
  element("path", { class: "mark", d: `M${right - markSize} ${top}h${markSize}v${markSize}z` });
