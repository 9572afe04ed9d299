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

/** Each property of an argument interface that has a schema, and of the interfaces in it. */
export const argumentMembers = (owner, file) => pairs(owner, readSchema(file), file);

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
