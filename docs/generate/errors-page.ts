import examplesOfCodes from "./error-examples.json";
import ranges from "./error-ranges.json";
import { escaped, page } from "./markdown";
import { type ErrorEntry, formatError, type KmsErrorDetails, readableTemplate } from "./product";

/** For each code what it may be about: the property, and a value for each placeholder of its row. */
export type ErrorExamples = Record<string, Pick<KmsErrorDetails, "property" | "values">>;

export const errorExamples: ErrorExamples = examplesOfCodes;

const introduction = `# Errors

Every refusal, warning and failure of pulumi-windows-kms has a code that keeps its meaning. It is printed as
\`CODE property: what is wrong. What to do.\`; the property is the path in the arguments of your resource.

Words in braces stand for what your program or the machine gave: \`{given}\` for the value that was given, \`{allowed}\` for
those that are allowed. Each code has an example as it is printed; long lists in it are cut short, and its product keys are
invented.

Where a code can be acknowledged, its entry says so. Acknowledge it on the resource, with the reason:
\`acknowledge: [{ code: "KMS2209", reason: "one host is enough here", until: "2027-03-31" }]\`. An error then becomes a
warning, and a warning information; after \`until\` it counts again. With \`strict: true\` other warnings are errors.`;

/** The error reference, from the rows of the error registry in code order; `print` is what prints an error. */
export async function errorsPage(
  entries: readonly ErrorEntry[],
  print: typeof formatError = formatError,
  examples: ErrorExamples = errorExamples,
): Promise<string> {
  const sections = entries.map((entry) => section(entry, exampleText(entry.code, print, examples)));
  return page([introduction, contents(entries), ...sections]);
}

/** The title of the range that a code belongs to. */
export function rangeOf(code: string): string {
  const number = Number(code.slice(3));
  const range = ranges.find(({ from, to }) => from <= number && number <= to);
  if (range === undefined) {
    throw new Error(
      `the error code ${code} is in no range of the error reference. Add its range to docs/generate/error-ranges.json`,
    );
  }
  return range.title;
}

function contents(entries: readonly ErrorEntry[]): string {
  const groups = new Map<string, ErrorEntry[]>();
  for (const entry of entries) {
    const title = rangeOf(entry.code);
    groups.set(title, [...(groups.get(title) ?? []), entry]);
  }
  return [...groups]
    .map(([title, members]) => `**${title}**\n\n${members.map(item).join("\n")}`)
    .join("\n\n");
}

const item = ({ code, title }: ErrorEntry) => `- [${code}](#${code.toLowerCase()}) ${escaped(title)}`;

const acknowledgements: Record<ErrorEntry["acknowledge"], string> = {
  yes: "Can be acknowledged.",
  until: "Can be acknowledged with an end: `until` is required.",
  no: "",
};

/** The anchor is the code alone, so that a better title breaks no link. */
function section({ code, title, message, fix, ...entry }: ErrorEntry, example: string): string {
  return [
    `<a id="${code.toLowerCase()}"></a>`,
    `## ${code} ${escaped(title)}`,
    sentence(escaped(readableTemplate(message))),
    `**What to do:** ${sentence(escaped(readableTemplate(fix)))}`,
    acknowledgements[entry.acknowledge],
    entry.previewOnly === true ? "As information it is printed, and is not in the output `diagnostics`." : "",
    example,
  ]
    .filter(Boolean)
    .join("\n\n");
}

/** A quotation, since lines of code would not be wrapped. */
function exampleText(code: string, print: typeof formatError, examples: ErrorExamples): string {
  const example = examples[code];
  return example === undefined
    ? ""
    : `**Example:**\n\n> ${escaped(print(code, example)).replace(/\n */g, "<br>")}`;
}

/** Messages and fixes are written to be joined; alone they start and end as sentences do. */
const sentence = (text: string) =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.:}?]$/.test(text) ? "" : "."}`;
