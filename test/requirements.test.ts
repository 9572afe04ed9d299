import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** Microsoft's page "Windows Server 2019 Activation", statement by statement. */
const requirementCount = 148;
const requirements = Array.from(
  { length: requirementCount },
  (_, index) => `R${String(index + 1).padStart(3, "0")}`,
);

const titles = /\b(?:it|describe)\(\s*("[^"\n]*"|'[^'\n]*'|`[^`]*`)/g;
const requirementIds = /\bR\d{3}\b/g;
/** A row's requirements, where titles are made from them. */
const rows = /["'](R\d{3}(?:, [AR]-?\d+)*)["']/g;
const importedTables = /from "(\.[^"]*\.json)"/g;

const matches = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([all, part]) => part ?? all);

/** Requirements that the titles of a test file name; where titles come from a table, those of its rows. */
function namedIn(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const ownTitles = matches(text, titles);
  const named = ownTitles.flatMap((title) => matches(title, requirementIds));
  if (!ownTitles.some((title) => title.includes("${requirement}"))) {
    return named;
  }
  const tables = matches(text, importedTables).map((path) => readFileSync(join(dirname(file), path), "utf8"));
  const rowIds = [text, ...tables].flatMap((table) => matches(table, rows));
  return [...named, ...rowIds.flatMap((ids) => matches(ids, requirementIds))];
}

const testFiles = readdirSync(__dirname, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => join(__dirname, name))
  .filter((file) => file !== __filename);

describe("requirements", () => {
  const named = new Set(testFiles.flatMap((file) => namedIn(file)));

  it("are each named by a test", () => {
    assert.deepEqual(
      requirements.filter((requirement) => !named.has(requirement)),
      [],
    );
  });

  it("are the only ones that tests name", () => {
    const known = new Set(requirements);
    assert.deepEqual(
      [...named].filter((requirement) => !known.has(requirement)),
      [],
    );
  });
});

/** Situations that administrators described, each rebuilt as a program with the right answers. */
const caseCount = 19;

describe("cases", () => {
  it("are each a test, by id", () => {
    const text = testFiles.map((file) => readFileSync(file, "utf8")).join("\n");
    const named = new Set(matches(text, titles).flatMap((title) => matches(title, /\bK\d{2}\b/g)));
    const cases = Array.from({ length: caseCount }, (_, index) => `K${String(index + 1).padStart(2, "0")}`);
    assert.deepEqual([...named].sort(), cases);
  });
});
