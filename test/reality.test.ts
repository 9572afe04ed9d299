import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const numbered = (letter: string, count: number, digits = 2) =>
  Array.from({ length: count }, (_, index) => `${letter}${String(index + 1).padStart(digits, "0")}`);

/** Points of the list. */
const points = [
  ...numbered("W", 14),
  ...numbered("N", 10),
  ...numbered("S", 25),
  ...numbered("A", 10),
  ...numbered("D", 3),
  ...numbered("C1.", 17),
  ...numbered("C2.", 7),
  ...numbered("C3.", 5, 1),
  "C4",
  "C5",
  "C6",
];

interface Row {
  point: string;
  what: string;
  tests: { file: string; title: string }[];
}

/** The rows of the list: a point with what it is, and below it tests as `file: title`. */
function rowsOf(text: string): Row[] {
  const rows: Row[] = [];
  for (const line of text.split("\n")) {
    const [, point, what] = /^- ([A-Z]\d[\d.]*): (.*)$/.exec(line) ?? [];
    const [, file, title] = /^ {2}- (\S+\.ts): (.*)$/.exec(line) ?? [];
    if (point !== undefined) {
      rows.push({ point, what, tests: [] });
    } else if (file !== undefined) {
      rows.at(-1)?.tests.push({ file, title });
    }
  }
  return rows;
}

const hasTitle = (file: string, title: string) =>
  [...readFileSync(file, "utf8").matchAll(/\bit\(\s*(["'`])((?:(?!\1).)*)\1/gs)].some(([, , text]) =>
    text.startsWith(title),
  );

describe("the list of what real Windows and Azure do", () => {
  const rows = rowsOf(readFileSync(path.join(__dirname, "reality.md"), "utf8"));

  it("has each point once, with what it is and a test", () => {
    assert.deepEqual(rows.map(({ point }) => point).sort(), [...points].sort());
    const bare = rows.filter(({ what, tests }) => what === "" || tests.length === 0);
    assert.deepEqual(
      bare.map(({ point }) => point),
      [],
    );
  });

  it("names tests that exist", () => {
    const missing = rows
      .flatMap(({ point, tests }) => tests.map((test) => ({ point, ...test })))
      .filter(({ file, title }) => !existsSync(file) || !hasTitle(file, title))
      .map(({ point, file, title }) => `${point}: ${file}: ${title}`);
    assert.deepEqual(missing, []);
  });
});
