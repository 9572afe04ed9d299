import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { kmsPolicies } from "../../provider/policy/pack";

const page = readFileSync(path.resolve(__dirname, "../../docs/policy.md"), "utf8");

/** Rows of the page's tables, their cells without padding and back quotes. */
const rows = page
  .split("\n")
  .filter((line) => /^\| [` ]/.test(line))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`(.*)`$/, "$1")),
  );

describe("page of the policy pack", () => {
  it("lists each policy with its level", () => {
    const listed = rows.filter((cells) => cells.length === 3).map(([name, level]) => [name, level]);
    assert.deepEqual(
      listed,
      kmsPolicies.map(({ name, enforcementLevel }) => [name, enforcementLevel]),
    );
  });

  it("lists each parameter with its default", () => {
    const listed = rows
      .filter((cells) => cells.length === 4)
      .map(([name, parameter, value]) => [name, parameter, value]);
    const expected = kmsPolicies.flatMap(({ name, parameters }) =>
      Object.entries(parameters).map(([parameter, definition], index) => {
        const { default: value } = definition as { default?: unknown };
        return [
          index === 0 ? name : "",
          parameter,
          value === undefined ? "not given" : JSON.stringify(value),
        ];
      }),
    );
    assert.deepEqual(listed, expected);
  });
});
