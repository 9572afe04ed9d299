/** Makes a cell, already as wide as its column, stand out. `row` counts from 0 below the titles. */
export type Paint = (cell: string, row: number, column: number) => string;

/** Rows below their column titles; cells beyond the titles have a column without one. */
export function textTable(head: string[], rows: string[][], paint: Paint = (cell) => cell): string[] {
  if (rows.length === 0) {
    return [`${head[0]}: none`];
  }
  const lines = [head, ...rows].map((cells) => cells.map(printable));
  const widths = head.map((_, column) => widest(lines, column));
  return lines.map((cells, line) =>
    cells
      .map((cell, column) => {
        const padded = column === cells.length - 1 ? cell : cell.padEnd(widths[column] ?? 0);
        return line === 0 ? padded : paint(padded, line - 1, column);
      })
      .join("  ")
      .trimEnd(),
  );
}

/** The text without what would move the cursor, change colours or break the line. */
export const printable = (text: string) => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ");

/** Thousands of rows are more than a function takes arguments. */
const widest = (lines: string[][], column: number) =>
  lines.reduce((width, cells) => Math.max(width, cells[column]?.length ?? 0), 0);
