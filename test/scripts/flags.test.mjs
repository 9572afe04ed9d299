import assert from "node:assert/strict";
import { readFlags, usage } from "../../scripts/shared/flags.mjs";
import { flags } from "../../scripts/lab.mjs";

const read = (...argv) => ({ ...readFlags(argv, "npm run lab -- [flags]", flags) });

describe("flags of the lab", () => {
  it("run the minimal example when none is given", () => {
    assert.deepEqual(read(), { example: "minimal", keep: false, json: false, help: false });
  });

  it("are all read", () => {
    assert.deepEqual(read("--example", "fleet", "--keep", "--json", "--record=out.jsonl"), {
      example: "fleet",
      keep: true,
      json: true,
      record: "out.jsonl",
      help: false,
    });
  });

  for (const [argv, reason] of [
    [["--exmaple", "x"], "unknown option '--exmaple'"],
    [["minimal"], "unexpected argument 'minimal'"],
    [["--record"], "option '--record <value>' argument missing"],
    [["--keep=yes"], "option '--keep' does not take an argument"],
  ]) {
    it(`fails when given ${argv.join(" ")}, with the usage and exit code 2`, () => {
      assert.throws(
        () => read(...argv),
        (error) => {
          assert.equal(error.exitCode, 2);
          assert.ok(error.message.startsWith(`${reason}. Flags of this command:\nusage: npm run lab`));
          return true;
        },
      );
    });
  }

  it("are listed one in a line", () => {
    const sample = {
      file: { type: "string", argument: "FILE", help: "write to FILE" },
      help: { type: "boolean", help: "print this" },
    };
    assert.equal(
      usage("npm run x", sample),
      ["usage: npm run x", "  --file FILE  write to FILE", "  --help       print this"].join("\n"),
    );
  });
});
