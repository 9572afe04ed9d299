import registry from "./errors.json";

/**
 * One row of the error registry. `{placeholders}` are filled in from the error's details; `{count:machine|machines}` stands
 * for the first of two words where the value is 1, else for the second.
 */
export interface ErrorEntry {
  /** Stable code, `KMS` and four digits. */
  code: string;
  /** What went wrong, in a few words: the heading in the error reference. */
  title: string;
  /** One sentence with the value given; lower case, no final period. */
  message: string;
  /** What the person at the terminal does next. */
  fix: string;
  /**
   * Whether a program can acknowledge it: `until` where the acknowledgement must end, since what is acknowledged spends a
   * host or an activation of a key.
   */
  acknowledge: "yes" | "until" | "no";
  /**
   * Whether a preview alone looks it up: what is left of keys, and what others have in zones. As information it is printed
   * and not stored, since "pulumi up --plan" stops where an output is another one than the preview had.
   */
  previewOnly?: boolean;
}

/** What a `KmsError` is made of besides its code. */
export interface KmsErrorDetails {
  /** The user's own property path, for example `clients[2].edition`. */
  property?: string;
  /** Values for the placeholders of the registry's message and fix. */
  values?: Record<string, string | number>;
  /** What led to it. */
  cause?: unknown;
}

const entries = new Map<string, ErrorEntry>((registry as ErrorEntry[]).map((entry) => [entry.code, entry]));

/** All entries of the registry, in code order. */
export function errorEntries(): readonly ErrorEntry[] {
  return [...entries.values()];
}

/** The entry of a code. */
export const errorEntry = (code: string): ErrorEntry | undefined => entries.get(code);

/**
 * A refusal or a failure, written for the person at the terminal.
 * Its message reads `CODE property: what is wrong. What to do.`
 */
export class KmsError extends Error {
  /** Stable code, `KMS` and four digits. */
  readonly code: string;
  /** The user's own property path; undefined where it is about no property. */
  readonly property?: string;

  constructor(code: string, details: KmsErrorDetails = {}) {
    super(formatError(code, details), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "KmsError";
    this.code = code;
    this.property = details.property;
  }
}

/** The text of an error of the registry. */
export function formatError(code: string, details: KmsErrorDetails = {}): string {
  const entry = entries.get(code);
  if (entry === undefined) {
    throw new TypeError(`no such error code: ${code}`);
  }
  return formatEntry(entry, details);
}

/** The text of an error by its row of a registry; placeholders without a value are left out. */
export function formatEntry(
  entry: Pick<ErrorEntry, "code" | "message" | "fix">,
  details: KmsErrorDetails = {},
): string {
  const place = details.property === undefined || details.property === "" ? "" : ` ${details.property}:`;
  const fill = (template: string) =>
    template.replace(placeholder, (_, name: string, one?: string, many?: string) => {
      const value = details.values?.[name];
      return String((one === undefined ? value : Number(value) === 1 ? one : many) ?? "");
    });
  return `${entry.code}${place} ${ended(fill(entry.message))} ${fill(entry.fix)}`.trim();
}

/** `{name}` or `{name:one|many}`. */
const placeholder = /\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g;

/** The template as a reader sees it: of two words the one for many. */
export const readableTemplate = (template: string): string =>
  template.replace(placeholder, (all, _name: string, _one?: string, many?: string) => many ?? all);

/** A value at the end of a message may bring its own period. */
const ended = (sentence: string) => (sentence.endsWith(".") ? sentence : `${sentence}.`);
