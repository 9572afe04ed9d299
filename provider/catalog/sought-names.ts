import data from "./data/sought-names.json";
import type { OsFamily } from "./operating-systems";

/** What a name is looked for as. */
export type SoughtKind = "os" | "edition" | "office" | "keyGroup";

/** A name that people look for, though KMS does not activate it or the catalogue has it under another name. */
export interface SoughtName {
  of: SoughtKind;
  /** Family of the operating systems whose editions are meant. @default - both */
  family?: OsFamily;
  /** The hint is about clients and their setup keys, and says nothing to a KMS host. */
  clientsOnly?: true;
  /** Regular expression in the given name. */
  pattern: string;
  /** What to do instead, in sentences. */
  hint: string;
  source: string;
}

const rows = data as SoughtName[];

/** All names that are known to be looked for. */
export const soughtNames = (): readonly SoughtName[] => rows;

/** Of what machine a name is. */
export interface SoughtOf {
  /** Family of the operating system whose edition it is. @default - not known */
  family?: OsFamily;
  /** Whether the machine is a KMS host. @default false */
  isHost?: boolean;
}

/** What to do instead of what was looked for under this name; undefined where nothing is known of it. */
export const hintForSought = (
  of: SoughtKind,
  name: string,
  { family, isHost = false }: SoughtOf = {},
): string | undefined =>
  rows.find(
    (row) =>
      row.of === of &&
      (row.family ?? family) === family &&
      !(isHost && row.clientsOnly === true) &&
      new RegExp(row.pattern, "i").test(name),
  )?.hint;
