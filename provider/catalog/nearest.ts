import { distance } from "fastest-levenshtein";

/** How many guesses are worth reading. */
const mostGuesses = 3;

/** Share of the longer text that may differ in a guess. */
const toleratedShare = 1 / 3;

/** The names that the given one may be a slip of, best first; empty when none is close. Case does not count. */
export function nearest(given: string, names: readonly string[]): string[] {
  const wanted = given.trim().toLowerCase();
  return names
    .map((name) => ({ name, edits: distance(wanted, name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= Math.floor(Math.max(wanted.length, name.length) * toleratedShare))
    .sort((left, right) => left.edits - right.edits)
    .slice(0, mostGuesses)
    .map(({ name }) => name);
}
