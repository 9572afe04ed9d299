import data from "./data/sought-names.json";

/** What a name is looked for as. */
export type SoughtKind = "os" | "edition" | "office";

/** A name that people look for, though KMS does not activate it or the catalogue has it under another name. */
export interface SoughtName {
  of: SoughtKind;
  /** Regular expression in the given name. */
  pattern: string;
  /** What to do instead, in sentences. */
  hint: string;
  source: string;
}

const rows = data as SoughtName[];

/** All names that are known to be looked for. */
export const soughtNames = (): readonly SoughtName[] => rows;

/** What to do instead of what was looked for under this name; undefined where nothing is known of it. */
export const hintForSought = (of: SoughtKind, name: string): string | undefined =>
  rows.find((row) => row.of === of && new RegExp(row.pattern, "i").test(name))?.hint;
