import { errorLink, table } from "./markdown.mjs";

/** Updates that a KMS host needs for certain clients, and the pairs that no update makes work. */
export function updatesSection(catalogue, sources) {
  const required = catalogue
    .allRequiredUpdates()
    .map((update) => [
      update.host,
      update.clients.join(", "),
      `${update.kb}, ${update.title}${sources.cite(update.source)}`,
      update.minimumBuild ?? "",
      (update.supersededBy ?? []).join(", "),
    ]);
  const impossible = catalogue
    .allImpossiblePairs()
    .map(({ host, clients, source }) => [host, clients.join(", "), sources.cite(source)]);
  return `## Required updates

A KMS host needs these updates, or a later cumulative one, to activate the clients. Declare what it has as \`updates\` or
\`osBuild\`: not declared is a warning (${errorLink("KMS2207")}), a build that is too old an error (${errorLink("KMS2206")}).

${table(["host", "clients", "update", "from build", "also met by"], required)}

${notes(catalogue)}

No update makes these work (${errorLink("KMS2203")}):

${table(["host", "clients", "source"], impossible)}`;
}

const notes = (catalogue) =>
  catalogue
    .allRequiredUpdates()
    .filter(({ note }) => note !== undefined)
    .map(({ kb, note }) => `${kb}: ${note}`)
    .join("\n\n");
