import { format, resolveConfig } from "prettier";
import { LabError, type LabErrorEntry } from "../lab-error";

const introduction = `# Errors of the lab

The lab prints its own errors as pulumi-windows-kms does: \`CODE property: what is wrong. What to do.\` Words in braces stand for
what you or the lab gave. The codes of the package itself are in [errors.md](errors.md).`;

/** The reference of the lab's error codes, formatted as the file that it is written to. */
export async function errorPage(entries: readonly LabErrorEntry[], file: string): Promise<string> {
  const contents = entries
    .map(({ code, title }) => `- [${code}](#${code.toLowerCase()}) ${title}`)
    .join("\n");
  const text = [introduction, contents, ...entries.map(section)].join("\n\n");
  return format(text, { ...(await resolveConfig(file)), parser: "markdown" });
}

/** The anchor is the code alone, so that a better title breaks no link. */
function section({ code, title, message, fix, example }: LabErrorEntry): string {
  return [
    `<a id="${code.toLowerCase()}"></a>`,
    `## ${code} ${title}`,
    sentence(message),
    `**What to do:** ${sentence(fix)}`,
    `**Example:**\n\n> ${new LabError(code, example).message}`,
  ].join("\n\n");
}

/** Messages and fixes are written to be joined; alone they start and end as sentences do. */
const sentence = (text: string) => `${text[0].toUpperCase()}${text.slice(1)}${/[.}]$/.test(text) ? "" : "."}`;
