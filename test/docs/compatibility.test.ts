import assert from "node:assert/strict";
import { compatibilityPage } from "../../docs/generate/compatibility-page";
import { compatibilitySvg } from "../../docs/generate/compatibility-svg";
import { clientRows } from "../../docs/generate/compatibility-matrix";
import { allRequiredUpdates, keyGroups, limitEntries, operatingSystems } from "../../docs/generate/product";
import { validate } from "../../provider/component/validate";

/** The cell of a client on a KMS host, or on one of which only the key is known, as `validate` has it. */
function cellByValidate(keyGroup: string, host: string | undefined, os: string, edition: string): string {
  // A channel has no setup keys; its releases have.
  const release = operatingSystems().find(({ releaseOf }) => releaseOf === os)?.name ?? os;
  const machines = { ssh: { machines: [{ host: "10.0.0.1" }] } };
  const kms = { key: { keyGroup }, os: host, machine: { fqdn: "kms.corp.example" } };
  const said = validate({
    hosts: { kms },
    groups: { web: { hosts: ["kms"], os: release, edition, machines } },
  }).filter(({ resource }) => resource === "web");
  const severityOf = (codes: string[]) => said.find(({ code }) => codes.includes(code))?.severity;
  if (severityOf(["KMS2013", "KMS2015", "KMS2017", "KMS2203", "KMS2205"]) === "error") {
    return "–";
  }
  const isUnlisted = severityOf(["KMS2204", "KMS2016"]) === "warning";
  const updates = said
    .filter(({ code }) => code === "KMS2207")
    .map(({ message }) => /needs (KB\d+)/.exec(message)![1]);
  return [...(isUnlisted ? ["unlisted"] : updates.length > 0 ? [] : ["yes"]), ...updates].join(", ");
}

describe("compatibility page", () => {
  let text = "";
  let rows: string[][] = [];
  before(async () => {
    text = await compatibilityPage();
    rows = text
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) =>
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
  });

  const section = (title: string) => text.split(/^## /m).find((one) => one.startsWith(`${title}\n`))!;

  it("has a section for every product key group of Windows, with its hosts", () => {
    for (const { aliases, application, hosts } of keyGroups()) {
      if (application === "windows") {
        const found = section(aliases[0]);
        assert.ok(found, aliases[0]);
        hosts.forEach(({ os }) => assert.ok(found.includes(os), `${aliases[0]}: ${os}`));
      }
    }
  });

  const tableOf = (title: string) => {
    const [header, , ...lines] = section(title)
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) => line.split("|").slice(1, -1));
    const trimmed = (cells: string[]) => cells.map((one) => one.trim());
    return { columns: trimmed(header).slice(1), lines: lines.map(trimmed) };
  };
  const windows = keyGroups().filter(({ application }) => application === "windows");
  const clients = clientRows().flatMap(({ product, editions, all }) =>
    editions.map((edition) => ({
      row: all ? product : `${product}: ${editions.join(", ")}`,
      product,
      edition,
    })),
  );

  it("has in each cell of a group and a client what validate says of them", () => {
    const { columns, lines } = tableOf("Clients");
    assert.deepEqual(
      columns,
      windows.map(({ aliases }) => aliases[0]),
    );
    const cells = new Map(lines.map(([row, ...rest]) => [row, rest]));
    for (const { row, product, edition } of clients) {
      const expected = windows.map(({ name }) => cellByValidate(name, undefined, product, edition));
      assert.deepEqual(cells.get(row), expected, `${product} ${edition}`);
    }
    assert.equal(cells.size, new Set(clients.map(({ row }) => row)).size);
  });

  for (const { name, aliases, hosts } of windows) {
    it(`has in each cell of ${aliases[0]}, a host and a client what validate says of them`, () => {
      const cells = new Map(tableOf(aliases[0]).lines.map(([row, ...rest]) => [row, rest]));
      const refused = hosts.map(() => "–");
      for (const { row, product, edition } of clients) {
        const expected = hosts.map(({ os }) => cellByValidate(name, os, product, edition));
        assert.deepEqual(cells.get(row) ?? refused, expected, `${product} ${edition}`);
      }
    });
  }

  it("names the editions that a group restricts its hosts to", () => {
    assert.ok(
      section("Windows Server 2012 R2 for Windows 10").includes("Windows Server 2012 (Standard, Datacenter)"),
    );
  });

  it("has every required update and every limit", () => {
    const updates = rows.map(([, , update]) => update ?? "");
    for (const { kb } of allRequiredUpdates()) {
      assert.ok(
        updates.some((update) => update.startsWith(kb)),
        kb,
      );
    }
    for (const { meaning } of Object.values(limitEntries)) {
      assert.ok(
        rows.some(([rule]) => rule.startsWith(meaning)),
        meaning,
      );
    }
  });

  it("has a footnote for every reference, and shows no product key", () => {
    const cited = new Set(text.match(/\[\^[^\]]+\](?!:)/g));
    const noted = new Set(text.match(/^\[\^[^\]]+\](?=:)/gm));
    assert.deepEqual([...cited].sort(), [...noted].sort());
    assert.doesNotMatch(text, /[A-Z0-9]{5}(-[A-Z0-9]{5}){4}/);
  });
});

describe("compatibility picture", () => {
  const svg = compatibilitySvg();
  const cell = (title: string) => svg.split("\n").find((line) => line.includes(`<title>${title}`))!;

  it("has a title, a description and a dark mode, and takes nothing from elsewhere", () => {
    assert.match(svg, /aria-labelledby="title description"/);
    assert.match(svg, /<title id="title">[^<]+<\/title>\n<desc id="description">[^<]+<\/desc>/);
    assert.match(svg, /@media \(prefers-color-scheme: dark\)/);
    assert.doesNotMatch(svg.replace('xmlns="http://www.w3.org/2000/svg"', ""), /https?:|href=|url\(|@import/);
  });

  it("shows each kind of cell by text or mark, not by colour alone", () => {
    const host = "Windows Server 2022, host Windows Server";
    assert.match(cell(`${host} 2022, client Windows Server 2022`), /class="yes".*>all</);
    assert.match(cell(`${host} 2019, client Windows Server 2022`), /class="update".*class="mark".*>all</);
    assert.match(cell(`${host} 2022, client Windows 11:`), /class="yes".*>some</);
    assert.match(cell(`${host} 2022, client Windows 8:`), /class="unlisted".*>\?</);
    assert.match(cell(`${host} 2022, client Windows Server 2025`), /class="no".*>–</);
  });

  it("has well-formed markup: every element is closed", () => {
    const open: string[] = [];
    for (const [, closing, name, selfClosing] of svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
      if (closing) {
        assert.equal(open.pop(), name);
      } else if (!selfClosing) {
        open.push(name);
      }
    }
    assert.deepEqual(open, []);
  });
});
