/** Rows below their column titles; cells beyond the titles have a column without one. */
export function textTable(head: string[], rows: string[][]): string[] {
  if (rows.length === 0) {
    return [`${head[0]}: none`];
  }
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column].length)),
  );
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
