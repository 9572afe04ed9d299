import assert from "node:assert/strict";
import { argumentMembers } from "./argument-members.mjs";

const all = [
  ["KMSHostArgs", "kms-host-args.schema.json"],
  ["KMSClientGroupArgs", "kms-client-group-args.schema.json"],
].flatMap(([owner, file]) => argumentMembers(owner, file));

describe("doc comments of the arguments, beside their schemas", () => {
  it("are there for every property of every schema", () => {
    assert.ok(all.length > 80);
    assert.deepEqual(
      all.filter(({ member }) => member === undefined).map(({ owner, name }) => `${owner}.${name}`),
      [],
    );
  });

  for (const { owner, name, member, schema, items } of all) {
    const text = `${member?.doc.text} ${member?.doc.fallback ?? ""}`;
    if (schema.minimum !== undefined) {
      it(`of ${owner}.${name} name the range ${schema.minimum} to ${schema.maximum}`, () => {
        assert.match(text, new RegExp(`\\b${schema.minimum}\\b`));
        if (schema.maximum !== undefined) {
          assert.match(text, new RegExp(`\\b${schema.maximum}\\b`));
        }
      });
    }
    const values = schema.enum ?? items.enum;
    if (values !== undefined) {
      it(`of ${owner}.${name} name the values ${values.join(", ")}`, () => {
        values.forEach((value) => assert.ok(text.includes(`\`${value}\``), `${value} in: ${text}`));
      });
    }
  }
});
