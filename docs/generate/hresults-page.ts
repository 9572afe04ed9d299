import { errorLink, escaped, footnotes, page } from "./markdown";
import type { HresultEntry } from "./product";

const introduction = `# Error codes of Windows licensing

HRESULTs that Windows answers with when a machine is activated, as this package explains them: what each means, what may
have led to it with the most likely cause first, and what to do. An update names first what your own program and machines
say, for example a security rule that closes the port, or the update that the KMS host lacks.

Codes of the package itself, \`KMS\` and four digits, are in [Errors](errors.md). A code that is not here is explained by
\`slui.exe 0x2a\` and the code, on any Windows machine.`;

const sides: Record<HresultEntry["side"], string> = {
  host: "on a KMS host",
  client: "on a KMS client",
  azureKms: "on a client of Azure's KMS",
  both: "on a KMS host or client",
};

/** The reference of HRESULTs, in the order of their numbers; of one that means different things, each under its side. */
export async function hresultsPage(rows: readonly HresultEntry[]): Promise<string> {
  const byCode = new Map<string, HresultEntry[]>();
  for (const row of rows) {
    byCode.set(row.hresult, [...(byCode.get(row.hresult) ?? []), row]);
  }
  const codes = [...byCode].sort(([one], [other]) => (one < other ? -1 : 1));
  const sources = footnotes();
  const sections = codes.map(([code, alike]) => section(code, alike, sources));
  return page([introduction, codes.map(item).join("\n"), ...sections, sources.notes()]);
}

const item = ([code, [{ meaning }]]: [string, HresultEntry[]]) =>
  `- [${code}](#${code.toLowerCase()}) ${escaped(meaning)}`;

function section(code: string, rows: readonly HresultEntry[], sources: ReturnType<typeof footnotes>): string {
  const name = rows.find((row) => row.name !== undefined)?.name;
  return [
    `<a id="${code.toLowerCase()}"></a>`,
    `## ${[code, name].filter(Boolean).join(" ")}`,
    ...rows.map((row) => explanation(row, sources)),
  ].join("\n\n");
}

function explanation(row: HresultEntry, sources: ReturnType<typeof footnotes>): string {
  const { side, meaning, causes, remedy, source, unconfirmed } = row;
  const doubt = unconfirmed === true ? " No text of Microsoft's says so." : "";
  const sentence = escaped(`${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`);
  return [
    `**${sides[side].charAt(0).toUpperCase()}${sides[side].slice(1)}:** ${sentence}${doubt}${sources.cite(source)}`,
    causes
      .map(({ id, cause, codes = [], source: from }, index) => {
        const preview =
          codes.length === 0 ? "" : ` The preview names it with ${codes.map(errorLink).join(", ")}.`;
        return `${index + 1}. \`${id}\`: ${escaped(cause)}.${preview}${sources.cite(from)}`;
      })
      .join("\n"),
    `**What to do:** ${escaped(remedy)}`,
  ].join("\n\n");
}
