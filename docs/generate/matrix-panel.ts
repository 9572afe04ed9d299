import { element, escaped, textLine } from "./svg";

export const cellWidth = 37;
const rowHeight = 24;
const markSize = 7;
const titleWidth = 220;
const groupGap = 8;
const groupLineHeight = 14;
/** Height of the columns' titles, which stand upright. */
const columnTitleHeight = 160;
/** Widest letter of the font at its size, on average. */
const letterWidth = 7;

/** What a cell shows; each has a text or a mark of its own, so that nobody depends on the colours. */
export type CellKind = "yes" | "update" | "unlisted" | "no";

/** A cell of a matrix. */
export interface PanelCell {
  kind: CellKind;
  text: string;
}

/** A matrix; each row has its cells in the order of all columns. */
export interface MatrixPanel {
  columnGroups: { title: string; columns: string[] }[];
  rows: { title: string; cells: PanelCell[] }[];
}

interface PlacedGroup {
  columns: string[];
  left: number;
  right: number;
  title: string;
  /** The title in lines that fit the width. */
  lines: string[];
}

/** Draws a matrix; gives its markup and how far it reaches. */
export function matrixPanel(
  { columnGroups, rows }: MatrixPanel,
  { x, y }: { x: number; y: number },
): { content: string[]; right: number; bottom: number } {
  const groups = placed(columnGroups, x + titleWidth);
  const groupLines = Math.max(...groups.map(({ lines }) => lines.length));
  const titlesBottom = y + groupLines * groupLineHeight + 12 + columnTitleHeight;
  const lefts = groups.flatMap(({ left, columns }) => columns.map((_, index) => left + index * cellWidth));
  const names = groups.flatMap(({ title, columns }) => columns.map((os) => `${title}, host ${os}`));
  const axis = (lineY: number, text: string) =>
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
  return { content, right: groups.at(-1)?.right ?? x, bottom: titlesBottom + rows.length * rowHeight };
}

function placed(columnGroups: MatrixPanel["columnGroups"], start: number): PlacedGroup[] {
  let left = start;
  return columnGroups.map(({ title, columns }) => {
    const width = columns.length * cellWidth;
    const group = { title, columns, left, right: left + width, lines: wrapped(title, width) };
    left += width + groupGap;
    return group;
  });
}

function groupTitle({ left, right, lines }: PlacedGroup, top: number, height: number): string[] {
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

function columnTitle(os: string, left: number, bottom: number): string {
  const x = left + cellWidth / 2 + 4;
  const y = bottom - 6;
  return textLine({ x, y, transform: `rotate(-90 ${x} ${y})` }, os);
}

/** Words in as many lines as the width asks for. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
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

/** A cell with its tooltip. */
export function matrixCell({
  kind,
  text,
  left,
  top,
  tooltip,
}: PanelCell & { left: number; top: number; tooltip: string }): string {
  const content = [
    `<title>${escaped(`${tooltip}: ${meanings[kind]}`)}</title>`,
    element("rect", { class: "cell", x: left, y: top, width: cellWidth, height: rowHeight }),
    ...(kind === "update" ? [cornerMark(left + cellWidth, top)] : []),
    textLine({ class: "value", x: left + cellWidth / 2, y: top + 16, "text-anchor": "middle" }, text),
  ];
  return element("g", { class: kind }, content.join(""));
}

/** What each kind of cell says. */
export const meanings: Record<CellKind, string> = {
  yes: "activated",
  update: "activated once the KMS host has an update",
  unlisted: "not in Microsoft's table, may be refused",
  no: "not activated",
};

const cornerMark = (right: number, top: number) =>
  element("path", { class: "mark", d: `M${right - markSize} ${top}h${markSize}v${markSize}z` });
