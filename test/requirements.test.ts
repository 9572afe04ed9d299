import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** Ids of the list items or headings of a document, in its order. */
const idsIn = (file: string, pattern: RegExp) =>
  [...readFileSync(join(__dirname, file), "utf8").matchAll(pattern)].map(([, id]) => id);

const requirements = idsIn("requirements.md", /^- (R\d{3}) /gm);
const openPoints = idsIn("requirements.md", /^- (A-\d{2}), /gm);
const cases = idsIn("cases/cases.md", /^## (K\d{2}): /gm);

const titlePattern = /\b(?:it|describe)\(\s*("[^"\n]*"|'[^'\n]*'|`[^`]*`)/g;
const requirementIds = /\bR\d{3}\b/g;
/** A row's requirements, where titles are made from them. */
const rows = /["'](R\d{3}(?:, [AR]-?\d+)*)["']/g;
const importedTables = /from "(\.[^"]*\.json)"/g;

const matches = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([all, part]) => part ?? all);

/** Requirements that the titles of a test file name; where titles come from a table, those of its rows. */
function namedIn(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const ownTitles = matches(text, titlePattern);
  const named = ownTitles.flatMap((title) => matches(title, requirementIds));
  if (!ownTitles.some((title) => title.includes("${requirement}"))) {
    return named;
  }
  const tables = matches(text, importedTables).map((path) => readFileSync(join(dirname(file), path), "utf8"));
  const rowIds = [text, ...tables].flatMap((table) => matches(table, rows));
  return [...named, ...rowIds.flatMap((ids) => matches(ids, requirementIds))];
}

/** Numbers of requirements, open points and cases in the titles of a test file. */
const numbersIn = (file: string) =>
  matches(readFileSync(file, "utf8"), titlePattern).flatMap((title) =>
    matches(title, /\b(?:R\d{3}|A-\d{2}|K\d{2})\b/g),
  );

const testFiles = readdirSync(__dirname, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => join(__dirname, name))
  .filter((file) => file !== __filename);

describe("the list of requirements", () => {
  const named = new Set(testFiles.flatMap((file) => namedIn(file)));

  it("is complete", () => {
    assert.deepEqual([requirements.length, requirements.at(0), requirements.at(-1)], [148, "R001", "R148"]);
    assert.deepEqual([openPoints.length, openPoints.at(-1)], [24, "A-24"]);
  });

  it("has a test for each number", () => {
    assert.deepEqual(
      requirements.filter((requirement) => !named.has(requirement)),
      [],
    );
  });

  it("has each number that a test names", () => {
    const known = new Set([...requirements, ...openPoints, ...cases]);
    const titles = new Set(testFiles.flatMap((file) => numbersIn(file)));
    assert.deepEqual(
      [...titles].filter((number) => !known.has(number)),
      [],
    );
  });
});

describe("the list of cases", () => {
  it("has a test for each", () => {
    const named = new Set(testFiles.flatMap((file) => numbersIn(file)));
    assert.equal(cases.length, 46);
    assert.deepEqual(
      cases.filter((id) => !named.has(id)),
      [],
    );
  });
});
