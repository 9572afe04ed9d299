import { readFileSync } from "node:fs";
import { inRepository } from "../shared/repository.mjs";
import { ScriptError } from "../shared/script-error.mjs";
import { escaped, page } from "./markdown.mjs";

const rangesFile = "scripts/docs/error-ranges.json";
const readJson = (file) => JSON.parse(readFileSync(inRepository(file), "utf8"));
const ranges = readJson(rangesFile);

/** For each code what it may be about: the property, and a value for each placeholder of its row. */
export const errorExamples = readJson("scripts/docs/error-examples.json");

const introduction = `# Errors

Every refusal, warning and failure of pulumi-windows-kms has a code that keeps its meaning. It is printed as
\`CODE property: what is wrong. What to do.\`; the property is the path in the arguments of your resource.

Words in braces stand for what your program or the machine gave: \`{given}\` for the value that was given, \`{allowed}\` for those
that would do. Each code has an example as it is printed; long lists in it are cut short, and its product keys are invented.

A warning that you know and accept is silenced by its code: \`acknowledge: ["KMS2209"]\`. With \`strict: true\` warnings are errors.`;

/**
 * The error reference, from the rows of the error registry in code order.
 * @param {(code: string, details: object) => string} formatError what prints an error
 */
export function errorsPage(entries, formatError, examples = errorExamples) {
  const sections = entries.map((entry) => section(entry, exampleText(entry.code, formatError, examples)));
  return page([introduction, contents(entries), ...sections]);
}

/** The title of the range that a code belongs to. */
export function rangeOf(code) {
  const number = Number(code.slice(3));
  const range = ranges.find(({ from, to }) => from <= number && number <= to);
  if (range === undefined) {
    throw new ScriptError("KMS7051", { values: { given: code, file: rangesFile } });
  }
  return range.title;
}

function contents(entries) {
  const groups = new Map();
  for (const entry of entries) {
    const title = rangeOf(entry.code);
    groups.set(title, [...(groups.get(title) ?? []), entry]);
  }
  return [...groups]
    .map(([title, members]) => `**${title}**\n\n${members.map(item).join("\n")}`)
    .join("\n\n");
}

const item = ({ code, title }) => `- [${code}](#${code.toLowerCase()}) ${escaped(title)}`;

/** The anchor is the code alone, so that a better title breaks no link. */
function section({ code, title, message, fix }, example) {
  return [
    `<a id="${code.toLowerCase()}"></a>`,
    `## ${code} ${escaped(title)}`,
    sentence(escaped(message)),
    `**What to do:** ${sentence(escaped(fix))}`,
    example,
  ]
    .filter(Boolean)
    .join("\n\n");
}

/** A quotation, since lines of code would not be wrapped. */
function exampleText(code, formatError, examples) {
  const example = examples[code];
  return example === undefined
    ? ""
    : `**Example:**\n\n> ${escaped(formatError(code, example)).replace(/\n */g, "<br>")}`;
}

/** Messages and fixes are written to be joined; alone they start and end as sentences do. */
const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}${/[.:}?]$/.test(text) ? "" : "."}`;
