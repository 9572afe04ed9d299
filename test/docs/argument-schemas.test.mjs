import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { publicDeclarations } from "../../scripts/docs/reference/declarations.mjs";
import { inherited, ownMembers } from "../../scripts/docs/reference/members.mjs";
import { plainText } from "../../scripts/docs/reference/type-text.mjs";
import { inRepository } from "../../scripts/shared/repository.mjs";

const interfaces = new Map(
  publicDeclarations(inRepository("provider/index.ts")).map((declaration) => [declaration.name, declaration]),
);
const readSchema = (file) => JSON.parse(readFileSync(inRepository("provider/args/schema", file), "utf8"));

/** A schema that another one names, with the file that its own references are relative to. */
function resolved(schema, file) {
  if (schema.$ref === undefined) {
    return { schema, file };
  }
  const [name, pointer = ""] = schema.$ref.split("#");
  const target = name === "" ? file : name;
  const part = pointer.split("/").filter(Boolean);
  return resolved(
    part.reduce((whole, key) => whole[key], readSchema(target)),
    target,
  );
}

/** Each property with a schema, beside the member of the interface that users read about it. */
function pairs(owner, schema, file, seen = new Set()) {
  const declaration = interfaces.get(owner);
  if (declaration === undefined || schema.properties === undefined || seen.has(owner)) {
    return [];
  }
  seen.add(owner);
  const members = [...inherited(declaration, () => false).members, ...ownMembers(declaration.node)];
  return Object.entries(schema.properties).flatMap(([name, written]) => {
    const property = resolved(written, file);
    const member = members.find((one) => one.name === name);
    const items = property.schema.items && resolved(property.schema.items, property.file);
    const type = member && plainText(member.type, (one) => one).replace(/\[\]$/, "");
    return [
      { owner, name, member, schema: property.schema, items: items?.schema ?? {} },
      ...[property, items].flatMap((one) =>
        one === undefined ? [] : pairs(type, one.schema, one.file, seen),
      ),
    ];
  });
}

const all = [
  ["KMSHostArgs", "kms-host-args.schema.json"],
  ["KMSClientGroupArgs", "kms-client-group-args.schema.json"],
].flatMap(([owner, file]) => pairs(owner, readSchema(file), file));

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
