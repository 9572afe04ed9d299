import { clientRows, documentedSystems, officeRows, pairOf } from "./matrix.mjs";
import { footnotes, page, table } from "./markdown.mjs";
import { limitsSection } from "./limits-section.mjs";
import { setupKeysSection } from "./setup-keys-section.mjs";
import { updatesSection } from "./updates-section.mjs";

/** The compatibility reference: key groups, hosts, clients, updates, limits and setup keys, each with its source. */
export function compatibilityPage(catalogue) {
  const sources = footnotes();
  const groups = catalogue.keyGroups();
  const windows = groups.filter(({ application }) => application === "windows");
  const office = groups.filter(({ application }) => application === "office");
  const rows = clientRows(catalogue);
  return page([
    introduction,
    `## Hosts\n\nThe operating systems that can be KMS host with a key of each group.`,
    hostTable(windows, catalogue, sources),
    `## Clients\n\nWhat a KMS host with a key of each group activates.`,
    clientTable(windows, rows),
    releasesNote(catalogue),
    ...windows.flatMap((group) => groupSection(group, rows, catalogue, sources)),
    officeSection(office, officeRows(catalogue), catalogue, sources),
    updatesSection(catalogue, sources),
    limitsSection(catalogue, sources),
    setupKeysSection(catalogue, sources),
    "## Sources",
    sources.notes(),
  ]);
}

const introduction = `# Compatibility

A KMS host key (CSVLK) belongs to a product key group. The group decides which operating systems can be KMS host with the
key, and which products such a host activates. This page is what the package checks at preview, from Microsoft's tables.

![Key groups and host operating systems against client operating systems; the same as in the tables below](compatibility.svg)

| in a table | means                                                                                                                      |
| ---------- | -------------------------------------------------------------------------------------------------------------------------- |
| yes        | Microsoft's table lists the pair                                                                                           |
| unlisted   | Microsoft publishes a setup key, but the table does not list the pair: a warning ([KMS2204](errors.md#kms2204))             |
| KB…        | the KMS host needs this update or a later cumulative one (see [Required updates](#required-updates))                         |
| –          | refused ([KMS2004](errors.md#kms2004), [KMS2013](errors.md#kms2013), [KMS2203](errors.md#kms2203), [KMS2205](errors.md#kms2205)) |

A KMS host on a client operating system activates client operating systems only. Windows Server Datacenter: Azure Edition
cannot be a KMS host ([KMS2006](errors.md#kms2006)).`;

function hostTable(groups, catalogue, sources) {
  const systems = documentedSystems(catalogue).filter(({ name }) =>
    groups.some((group) => catalogue.findHosting(group, name) !== undefined),
  );
  return tableOf(["host", ...groups.map(shortName)], systems, ({ name }) => [
    name,
    ...groups.map((group) => hostCell(catalogue.findHosting(group, name), sources)),
  ]);
}

const hostCell = (entry, sources) =>
  entry === undefined ? "–" : `${entry.editions?.join(", ") ?? "yes"}${sources.cite(entry.source)}`;

function clientTable(groups, rows) {
  return tableOf(["client", ...groups.map(shortName)], rows, (row) => [
    clientName(row),
    ...groups.map(({ id }) => (row.listings.get(id) === "no" ? "–" : row.listings.get(id))),
  ]);
}

function releasesNote(catalogue) {
  const releases = documentedSystems(catalogue).filter(({ releaseOf }) => releaseOf !== undefined);
  const channels = [...new Set(releases.map(({ releaseOf }) => releaseOf))];
  return channels
    .map((channel) => {
      const names = releases.filter(({ releaseOf }) => releaseOf === channel).map(({ name }) => name);
      return `Releases of the ${channel} are treated as the channel is: ${names.join("; ")}.`;
    })
    .join("\n\n");
}

function groupSection(group, rows, catalogue, sources) {
  const served = rows.filter(({ listings }) => listings.get(group.id) !== "no");
  const hosts = group.hosts.map(({ os, editions }) =>
    editions === undefined ? os : `${os} (${editions.join(", ")})`,
  );
  const cited = [
    group.source,
    ...group.hosts.map(({ source }) => source),
    ...group.clients.map(({ source }) => source),
  ];
  return [
    `## ${shortName(group)}`,
    `Microsoft's name: ${group.name}.${sources.cite(...cited)} Columns are the KMS host's operating system.`,
    tableOf(["client", ...hosts], served, (row) => [
      clientName(row),
      ...group.hosts.map(({ os }) => pairCell(pairOf(catalogue, group, os, row))),
    ]),
  ];
}

const pairCell = ({ listing, updates }) =>
  listing === "no"
    ? "–"
    : [...(listing === "yes" && updates.length > 0 ? [] : [listing]), ...updates].join(", ");

function officeSection(groups, rows, catalogue, sources) {
  const packs = tableOf(["Office", "license pack", "hosts"], groups, (group) => [
    `${rows.filter(({ listings }) => listings.get(group.id) === "yes").map(({ product }) => product)}${sources.cite(group.source)}`,
    `[${group.licensePackId}](https://www.microsoft.com/download/details.aspx?id=${group.licensePackId})`,
    group.hosts.map(({ os }) => os).join(", "),
  ]);
  return `## Office

Each Office version has its own Volume License Pack and host key, which the KMS host carries beside its Windows key, and a
count of its own ([KMS2238](errors.md#kms2238), [KMS2239](errors.md#kms2239)).

${packs}`;
}

const shortName = ({ aliases }) => aliases[0];

const clientName = ({ product, editions, all }) => (all ? product : `${product}: ${editions.join(", ")}`);

const tableOf = (headings, items, cells) => table(headings, items.map(cells));
