import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { inRepository } from "../../scripts/shared/repository.mjs";
import { blocksOf, textOf } from "./pages.mjs";

const page = "docs/how-to/reading-the-ledger.md";
const schema = JSON.parse(readFileSync(inRepository("provider/ledger/schema/ledger.schema.json"), "utf8"));

describe("page on the ledger", () => {
  it("shows a document as the package writes it", () => {
    const [{ text }] = blocksOf(page).filter(({ language }) => language === "json");
    const valid = new Ajv().compile(schema);
    assert.ok(valid(JSON.parse(text)), JSON.stringify(valid.errors));
  });

  it("explains each outcome, and each member that is no name or time", () => {
    const text = textOf(page);
    for (const outcome of schema.definitions.activation.properties.outcome.enum) {
      assert.match(text, new RegExp(`^\\| \`${outcome}\` `, "m"));
    }
    for (const member of ["hosts", "history", "activationsSpent", "hostLimitException"]) {
      assert.ok(member in schema.properties);
      assert.match(text, new RegExp(`^\\| \`${member}\` `, "m"));
    }
  });
});
