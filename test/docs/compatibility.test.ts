import assert from "node:assert/strict";
import { compatibilityPage } from "../../docs/generate/compatibility-page";
import { compatibilitySvg } from "../../docs/generate/compatibility-svg";
import { allRequiredUpdates, keyGroups, limitEntries } from "../../docs/generate/product";

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
