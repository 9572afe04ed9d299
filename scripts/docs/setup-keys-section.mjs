import { documentedSystems } from "./matrix.mjs";
import { errorLink, table } from "./markdown.mjs";

/** Which key clients get, and the editions that Microsoft publishes one for. */
export function setupKeysSection(catalogue, sources) {
  return `## Setup keys

A client needs the KMS client setup key (GVLK) of its product and edition. Microsoft publishes these keys, so they are no secret,
and \`KMSClientGroup\` chooses the right one by \`os\` and \`edition\`.

- A KMS host key on clients is refused (${errorLink("KMS2010")}), and so is a setup key on a KMS host (${errorLink("KMS2008")}).
- Another edition's setup key (${errorLink("KMS2012")}) and AVMA, retail and MAK keys (${errorLink("KMS2011")}) are refused.
- An edition without a published setup key is refused (${errorLink("KMS2009")}).

${table(["product", "editions with a setup key", "without"], [...systemRows(catalogue, sources), ...officeKeyRows(catalogue, sources)])}`;
}

function systemRows(catalogue, sources) {
  return documentedSystems(catalogue).map(({ name, editions }) => {
    const keys = new Map(
      editions.map((edition) => [edition.name, catalogue.findSetupKey(name, edition.name)]),
    );
    const names = (has) =>
      [...keys].filter(([, key]) => (key !== undefined) === has).map(([edition]) => edition);
    const cited = [...keys.values()].flatMap((key) => key?.source ?? []);
    return [`${name}${sources.cite(...cited)}`, names(true).join(", "), names(false).join(", ")];
  });
}

function officeKeyRows(catalogue, sources) {
  const rows = catalogue.setupKeys().filter(({ product }) => product.startsWith("Office "));
  return [...new Set(rows.map(({ product }) => product))].map((name) => {
    const own = rows.filter(({ product }) => product === name);
    const cited = own.map(({ source }) => source);
    return [`${name}${sources.cite(...cited)}`, own.map(({ edition }) => edition).join(", "), ""];
  });
}
