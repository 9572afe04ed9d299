import {
  clientRows,
  documentedSystems,
  type MatrixRow,
  officeRows,
  type Pair,
  pairOf,
} from "./compatibility-matrix";
import { errorLink, type Footnotes, footnotes, page, table } from "./markdown";
import {
  allImpossiblePairs,
  allRequiredUpdates,
  findHosting,
  findSetupKey,
  hostedDesktops,
  type HostEntry,
  type KeyGroupEntry,
  keyGroups,
  limitEntries,
  setupKeys,
} from "./product";

/** The compatibility reference: key groups, hosts, clients, updates, limits and setup keys, each with its source. */
export async function compatibilityPage(): Promise<string> {
  const sources = footnotes();
  const groups = keyGroups();
  const windows = groups.filter(({ application }) => application === "windows");
  const office = groups.filter(({ application }) => application === "office");
  const rows = clientRows();
  return page([
    introduction,
    `## Hosts\n\nThe operating systems that can be KMS host with a key of each group.`,
    hostTable(windows, sources),
    `## Clients\n\nWhat a KMS host with a key of each group activates.`,
    clientTable(windows, rows),
    releasesNote(),
    ...windows.flatMap((group) => groupSection(group, rows, sources)),
    officeSection(office, officeRows(), sources),
    hostedDesktopsSection(sources),
    updatesSection(sources),
    limitsSection(sources),
    setupKeysSection(sources),
    "## Sources",
    sources.notes(),
  ]);
}

const introduction = `# Compatibility

A KMS host key (CSVLK) belongs to a product key group. The group decides which operating systems can be KMS host with the
key, and which products such a host activates. This page is what the package checks at preview, from Microsoft's tables.

![Key groups and host operating systems against client operating systems; the same as in the tables below](compatibility.svg)

| in a table | means |
| --- | --- |
| yes | Microsoft's table lists the pair |
| unlisted | Microsoft publishes a setup key, but the table does not list the pair: a warning ([KMS2204](errors.md#kms2204), [KMS2016](errors.md#kms2016)) |
| KB… | the KMS host needs this update or a later cumulative one (see [Required updates](#required-updates)) |
| – | refused ([KMS2004](errors.md#kms2004), [KMS2013](errors.md#kms2013), [KMS2015](errors.md#kms2015), [KMS2017](errors.md#kms2017), [KMS2203](errors.md#kms2203), [KMS2205](errors.md#kms2205)) |

A KMS host on a client operating system activates client operating systems only. Windows Server Datacenter: Azure Edition
cannot be a KMS host ([KMS2006](errors.md#kms2006)). Enterprise multi-session activates in Azure alone, by \`azureKms: true\`, and
can be neither host nor client of a host ([KMS2017](errors.md#kms2017)). Cloud PCs of Windows 365 need none either (see
[Hosted desktops](#hosted-desktops)).`;

function hostTable(groups: KeyGroupEntry[], sources: Footnotes): string {
  const systems = documentedSystems().filter(({ name }) =>
    groups.some((group) => findHosting(group, name) !== undefined),
  );
  return tableOf(["host", ...groups.map(shortName)], systems, ({ name }) => [
    name,
    ...groups.map((group) => hostCell(findHosting(group, name), sources)),
  ]);
}

const hostCell = (entry: HostEntry | undefined, sources: Footnotes) =>
  entry === undefined ? "–" : `${entry.editions?.join(", ") ?? "yes"}${sources.cite(entry.source)}`;

function clientTable(groups: KeyGroupEntry[], rows: MatrixRow[]): string {
  return tableOf(["client", ...groups.map(shortName)], rows, (row) => [
    clientName(row),
    ...groups.map(({ id }) => listingCell(row, id)),
  ]);
}

const listingCell = ({ listings }: MatrixRow, groupId: string) => {
  const listing = listings.get(groupId) ?? "no";
  return listing === "no" ? "–" : listing;
};

function releasesNote(): string {
  const releases = documentedSystems().filter(({ releaseOf }) => releaseOf !== undefined);
  const channels = [...new Set(releases.map(({ releaseOf }) => releaseOf))];
  return channels
    .map((channel) => {
      const names = releases.filter(({ releaseOf }) => releaseOf === channel).map(({ name }) => name);
      return `Releases of the ${channel} are treated as the channel is: ${names.join("; ")}.`;
    })
    .join("\n\n");
}

function groupSection(group: KeyGroupEntry, rows: MatrixRow[], sources: Footnotes): string[] {
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
      ...group.hosts.map(({ os }) => pairCell(pairOf(group, os, row))),
    ]),
  ];
}

const pairCell = ({ listing, updates }: Pair) =>
  listing === "no"
    ? "–"
    : [...(listing === "yes" && updates.length > 0 ? [] : [listing]), ...updates].join(", ");

function officeSection(groups: KeyGroupEntry[], rows: MatrixRow[], sources: Footnotes): string {
  const packs = tableOf(["Office", "license pack", "hosts"], groups, (group) => [
    `${rows
      .filter(({ listings }) => listings.get(group.id) === "yes")
      .map(({ product }) => product)
      .join(", ")}${sources.cite(group.source)}`,
    `[${group.licensePackId}](https://www.microsoft.com/download/details.aspx?id=${group.licensePackId})`,
    group.hosts.map(({ os }) => os).join(", "),
  ]);
  return `## Office

Each Office version has its own Volume License Pack and host key, which the KMS host carries beside its Windows key, and a
count of its own ([KMS2238](errors.md#kms2238), [KMS2239](errors.md#kms2239)).

${packs}`;
}

/** Desktops that a service of Microsoft runs, and what activates them. */
function hostedDesktopsSection(sources: Footnotes): string {
  const rows = hostedDesktops().map(({ name, activation, sources: cited }) => [
    name,
    `${activation}${sources.cite(...cited)}`,
  ]);
  return `## Hosted desktops\n\n${table(["service", "activation"], rows)}`;
}

const shortName = ({ name, aliases }: KeyGroupEntry) => aliases[0] ?? name;

const clientName = ({ product, editions, all }: MatrixRow) =>
  all ? product : `${product}: ${editions.join(", ")}`;

const tableOf = <Item>(headings: string[], items: readonly Item[], cells: (item: Item) => string[]) =>
  table(headings, items.map(cells));

/** Updates that a KMS host needs for certain clients, and the pairs that no update makes work. */
function updatesSection(sources: Footnotes): string {
  const required = allRequiredUpdates().map((update) => [
    update.host,
    update.clients.join(", "),
    `${update.kb}, ${update.title}${sources.cite(update.source)}`,
    update.minimumBuild ?? "",
    (update.supersededBy ?? []).join(", "),
  ]);
  const impossible = allImpossiblePairs().map(({ host, clients, source }) => [
    host,
    clients.join(", "),
    sources.cite(source),
  ]);
  return `## Required updates

A KMS host needs these updates, or a later cumulative one, to activate the clients. Before Windows takes a key of a group, it
must know the clients that the group is for, so such a host needs their updates for all of its clients: the tables above have
both. Declare what it has as \`updates\` or \`osBuild\`: not declared is a warning (${errorLink("KMS2207")}), a build that is
too old for the clients an error (${errorLink("KMS2206")}).

${table(["host", "clients", "update", "from build", "also met by"], required)}

${updateNotes()}

No update makes these work (${errorLink("KMS2203")}):

${table(["host", "clients", "source"], impossible)}`;
}

const updateNotes = () =>
  allRequiredUpdates()
    .filter(({ note }) => note !== undefined)
    .map(({ kb, note }) => `${kb}: ${note}`)
    .join("\n\n");

/** The numbers of Microsoft's rules. */
function limitsSection(sources: Footnotes): string {
  const rows = Object.values(limitEntries).map(
    ({ meaning, value, unit, minimum, maximum, source, basis }) => [
      source === undefined ? `${meaning} (${basis})` : `${meaning}${sources.cite(source)}`,
      unit === "TCP port" ? `TCP ${value}` : `${grouped(value)} ${unit}`,
      minimum === undefined || maximum === undefined ? "" : `${grouped(minimum)} to ${grouped(maximum)}`,
    ],
  );
  return `## Limits\n\n${table(["rule", "value", "can be set to"], rows)}`;
}

const grouped = (number: number) => number.toLocaleString("en-US");

/** Which key clients get, and the editions that Microsoft publishes one for. */
function setupKeysSection(sources: Footnotes): string {
  return `## Setup keys

A client needs the KMS client setup key (GVLK) of its product and edition. Microsoft publishes these keys, so they are no secret,
and \`KMSClientGroup\` chooses the right one by \`os\` and \`edition\`.

- A KMS host key on clients is refused (${errorLink("KMS2010")}), and so is a setup key on a KMS host (${errorLink("KMS2008")}).
- Another edition's setup key (${errorLink("KMS2012")}) and AVMA, retail and MAK keys (${errorLink("KMS2011")}) are refused.
- An edition without a published setup key is refused (${errorLink("KMS2015")}, ${errorLink("KMS2017")}).

${table(["product", "editions with a setup key", "without"], [...systemRows(sources), ...officeKeyRows(sources)])}`;
}

function systemRows(sources: Footnotes): string[][] {
  return documentedSystems().map(({ name, editions }) => {
    const keys = new Map(editions.map((edition) => [edition.name, findSetupKey(name, edition.name)]));
    const names = (has: boolean) =>
      [...keys].filter(([, key]) => (key !== undefined) === has).map(([edition]) => edition);
    const cited = [...keys.values()].flatMap((key) => key?.source ?? []);
    return [`${name}${sources.cite(...cited)}`, names(true).join(", "), names(false).join(", ")];
  });
}

function officeKeyRows(sources: Footnotes): string[][] {
  const rows = setupKeys().filter(({ product }) => product.startsWith("Office "));
  return [...new Set(rows.map(({ product }) => product))].map((name) => {
    const own = rows.filter(({ product }) => product === name);
    const cited = own.map(({ source }) => source);
    return [`${name}${sources.cite(...cited)}`, own.map(({ edition }) => edition).join(", "), ""];
  });
}
