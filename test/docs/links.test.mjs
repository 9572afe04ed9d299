import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { URL } from "node:url";
import { inRepository } from "../../scripts/shared/repository.mjs";
import { pages, textOf, tokensOf } from "./pages.mjs";

const linkAttributes = { link_open: "href", image: "src" };

/** Links and pictures of a page. */
const linksOf = (page) =>
  tokensOf(page)
    .filter(({ type }) => type in linkAttributes)
    .map((token) => token.attrGet(linkAttributes[token.type]));

const links = pages.flatMap((page) => linksOf(page).map((link) => ({ page, link })));

/** Anchor of a heading as GitHub makes it. */
const slug = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");

/** Anchors of a page: those of its headings, of which later ones of the same name are numbered, and those it sets itself. */
function anchorsOf(page) {
  const tokens = tokensOf(page);
  const seen = new Map();
  const headings = tokens
    .filter((_, place) => tokens[place - 1]?.type === "heading_open")
    .map(({ children }) => {
      const anchor = slug(children.map(({ content }) => content).join(""));
      const times = seen.get(anchor) ?? 0;
      seen.set(anchor, times + 1);
      return times === 0 ? anchor : `${anchor}-${times}`;
    });
  const own = [...textOf(page).matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id);
  return new Set([...headings, ...own]);
}

const isExternal = (link) => /^[a-z]+:/.test(link);

describe("links in the documentation", () => {
  it("lead to files that exist", () => {
    const missing = links
      .filter(({ link }) => !isExternal(link) && !link.startsWith("#"))
      .filter(({ page, link }) => !existsSync(inRepository(path.dirname(page), link.split("#")[0])))
      .map(({ page, link }) => `${page}: ${link}`);
    assert.deepEqual(missing, []);
  });

  it("lead to anchors that exist", () => {
    const anchors = new Map(pages.map((page) => [page, anchorsOf(page)]));
    const inPages = links.filter(({ link }) => /^[^:]*#/.test(link));
    assert.ok(inPages.length > 200);
    const missing = inPages.filter(({ page, link }) => {
      const [file, anchor] = link.split("#");
      const target = file === "" ? page : path.join(path.dirname(page), file);
      return !anchors.get(target)?.has(anchor);
    });
    assert.deepEqual(
      missing.map(({ page, link }) => `${page}: ${link}`),
      [],
    );
  });

  it("use https outside the repository", () => {
    const external = links.filter(({ link }) => isExternal(link));
    assert.ok(external.length > 10);
    assert.deepEqual(
      external
        .filter(({ link }) => new URL(link).protocol !== "https:")
        .map(({ page, link }) => `${page}: ${link}`),
      [],
    );
  });

  it("use one spelling for each page outside: no two differ in a slash at the end, in case or in the language", () => {
    const plain = (link) =>
      link
        .toLowerCase()
        .replace(/\/(?=$|#)/, "")
        .replace("/en-us/", "/");
    const spellings = new Map();
    for (const { link } of links.filter(({ link }) => isExternal(link))) {
      spellings.set(plain(link), (spellings.get(plain(link)) ?? new Set()).add(link));
    }
    assert.deepEqual(
      [...spellings.values()].filter((set) => set.size > 1).map((set) => [...set]),
      [],
    );
  });

  it("reach each page of docs/ from its index", () => {
    const listed = linksOf(path.join("docs", "README.md")).map((link) =>
      path.join("docs", link.split("#")[0]),
    );
    const missing = pages.filter(
      (page) => page.startsWith("docs/") && page !== "docs/README.md" && !listed.includes(page),
    );
    assert.deepEqual(missing, []);
  });

  it("can point to one heading or argument: no page has an anchor twice", () => {
    for (const page of pages) {
      const ids = [...textOf(page).matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id);
      assert.equal(new Set(ids).size, ids.length, page);
    }
  });
});
