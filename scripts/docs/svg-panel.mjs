import { cellWidth, matrixCell, rowHeight } from "./svg-cell.mjs";
import { element, textLine } from "./svg.mjs";

const titleWidth = 220;
const groupGap = 8;
const groupLineHeight = 14;
/** Height of the columns' titles, which stand upright. */
const columnTitleHeight = 160;
/** Widest letter of the font at its size, on average. */
const letterWidth = 7;

/**
 * A matrix: `{ columnGroups: [{ title, columns }], rows: [{ title, cells }] }`, the cells in the order of all columns.
 * Gives its markup and how far it reaches.
 */
export function matrixPanel({ columnGroups, rows }, { x, y }) {
  const groups = placed(columnGroups, x + titleWidth);
  const groupLines = Math.max(...groups.map(({ lines }) => lines.length));
  const titlesBottom = y + groupLines * groupLineHeight + 12 + columnTitleHeight;
  const lefts = groups.flatMap(({ left, columns }) => columns.map((_, index) => left + index * cellWidth));
  const names = groups.flatMap(({ title, columns }) => columns.map((os) => `${title}, host ${os}`));
  const axis = (lineY, text) =>
    textLine({ class: "axis", x: x + titleWidth - 8, y: lineY, "text-anchor": "end" }, text);
  const content = [
    axis(y + groupLines * groupLineHeight, "product key group:"),
    axis(titlesBottom - columnTitleHeight + 14, "KMS host:"),
    axis(titlesBottom - 6, "client:"),
    ...groups.flatMap((group) => groupTitle(group, y, groupLines)),
    ...groups
      .flatMap(({ columns }) => columns)
      .map((os, index) => columnTitle(os, lefts[index], titlesBottom)),
    ...rows.flatMap(({ title, cells }, row) => {
      const top = titlesBottom + row * rowHeight;
      return [
        textLine({ x: x + titleWidth - 8, y: top + 16, "text-anchor": "end" }, title),
        ...cells.map((cell, index) =>
          matrixCell({ ...cell, left: lefts[index], top, tooltip: `${names[index]}, client ${title}` }),
        ),
      ];
    }),
  ];
  return { content, right: groups.at(-1).right, bottom: titlesBottom + rows.length * rowHeight };
}

function placed(columnGroups, start) {
  let left = start;
  return columnGroups.map(({ title, columns }) => {
    const width = columns.length * cellWidth;
    const group = { title, columns, left, right: left + width, lines: wrapped(title, width) };
    left += width + groupGap;
    return group;
  });
}

function groupTitle({ left, right, lines }, top, height) {
  const first = top + (height - lines.length + 1) * groupLineHeight;
  const underline = top + height * groupLineHeight + 6;
  return [
    ...lines.map((line, index) =>
      textLine(
        {
          class: "group",
          x: (left + right) / 2,
          y: first + index * groupLineHeight,
          "text-anchor": "middle",
        },
        line,
      ),
    ),
    element("line", { class: "line", x1: left + 2, x2: right - 2, y1: underline, y2: underline }),
  ];
}

function columnTitle(os, left, bottom) {
  const x = left + cellWidth / 2 + 4;
  const y = bottom - 6;
  return textLine({ x, y, transform: `rotate(-90 ${x} ${y})` }, os);
}

/** Words in as many lines as the width asks for. */
function wrapped(text, width) {
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`.trim();
    if (lines.length > 0 && longer.length * letterWidth <= width) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
