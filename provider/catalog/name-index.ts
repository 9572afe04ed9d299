import { nearest } from "./nearest";

/** A row of the catalogue that has Microsoft's name and other spellings of it. */
export interface Named {
  name: string;
  aliases?: string[];
}

/** Rows by each of their names. */
export interface NameIndex<Row extends Named> {
  /** The row of exactly this name or alias. */
  find(name: string): Row | undefined;
  /** Microsoft's names of the rows that the given name may be a slip of, best first. */
  suggest(name: string): string[];
}

/** Indexes rows by name and alias. */
export function nameIndex<Row extends Named>(rows: readonly Row[]): NameIndex<Row> {
  const byName = new Map(
    rows.flatMap((row) => [row.name, ...(row.aliases ?? [])].map((name) => [name, row])),
  );
  const names = [...byName.keys()];
  return {
    find: (name) => byName.get(name),
    suggest: (name) => [...new Set(nearest(name, names).map((guess) => byName.get(guess)!.name))],
  };
}
