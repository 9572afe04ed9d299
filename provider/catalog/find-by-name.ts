import { distance } from "fastest-levenshtein";

/** How many guesses are worth reading. */
const mostGuesses = 3;

/** Share of the longer text that may differ in a guess. */
const toleratedShare = 1 / 3;

/**
 * The names that the given one may be a slip of, best first; empty when none is close. Case does not count.
 * @param share share of the longer text that may differ: less where the names are like each other
 */
export function nearest(given: string, names: readonly string[], share = toleratedShare): string[] {
  const wanted = given.trim().toLowerCase();
  return names
    .map((name) => ({ name, edits: distance(wanted, name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= Math.floor(Math.max(wanted.length, name.length) * share))
    .sort((left, right) => left.edits - right.edits)
    .slice(0, mostGuesses)
    .map(({ name }) => name);
}

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
