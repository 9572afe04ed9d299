import assert from "node:assert/strict";
import { textTable } from "../../provider/report/text-table";

describe("textTable", () => {
  it("aligns columns, and gives cells beyond the titles room at the end", () => {
    assert.deepEqual(
      textTable(
        ["a", "bb"],
        [
          ["long", "x", "more"],
          ["y", ""],
        ],
      ),
      ["a     bb", "long  x   more", "y"],
    );
  });

  it("says that there is nothing", () => {
    assert.deepEqual(textTable(["member"], []), ["member: none"]);
  });

  it("lets no cell move the cursor, colour the terminal or break the line", () => {
    const [, line] = textTable(["a"], [["x\u001b[31mred\r\nnext\u202e"]]);
    assert.equal(line, "x [31mred next");
  });

  it("paints cells when they are as wide as their column", () => {
    const lines = textTable(["a", "b"], [["1", "2"]], (cell, row, column) => `<${row}${column}${cell}>`);
    assert.deepEqual(lines, ["a  b", "<001>  <012>"]);
  });

  it("bears a hundred thousand rows", () => {
    assert.equal(
      textTable(
        ["a"],
        Array.from({ length: 100_000 }, () => ["x"]),
      ).length,
      100_001,
    );
  });
});
