// Writes the constants KeyGroup, OperatingSystem, Edition and OfficeVersion, and their types, from the catalogue.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeOrCheck } from "./generated-file.mjs";
import { inRepository } from "./shared/repository.mjs";

const catalog = inRepository("provider/catalog");
const rows = (file) => JSON.parse(readFileSync(join(catalog, "data", file), "utf8"));

const keyGroups = rows("key-groups.json");
const operatingSystems = rows("operating-systems.json").filter(
  ({ documentedElsewhere }) => documentedElsewhere === undefined,
);

/** `Datacenter: Azure Edition` as `DatacenterAzureEdition`. */
const identifier = (name) =>
  name
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map(
      (word) =>
        word[0].toUpperCase() + (/^[A-Z]{2,}$/.test(word) ? word.slice(1).toLowerCase() : word.slice(1)),
    )
    .join("");

/** Editions whose names differ in case alone are one: the catalogue knows the other spelling as an alias. */
const editions = operatingSystems
  .flatMap((os) => os.editions)
  .map(({ name }) => ({ id: identifier(name), name }))
  .filter(({ id }, place, all) => all.findIndex((other) => other.id === id) === place);

const officeVersions = keyGroups
  .filter(({ application }) => application === "office")
  .map(({ name }) => name.replace(/^Office /, "").replace(" Volume License Pack", ""))
  .map((name) => ({ id: /^\d/.test(name) ? `Office${name}` : identifier(name), name }));

function constant(name, description, entries) {
  const members = entries.map(
    ({ id, name: value }) => `  /** ${value} */\n  ${id}: ${JSON.stringify(value)},`,
  );
  return [
    `/** ${description} */`,
    `export const ${name} = {`,
    ...members,
    "} as const;",
    `export type ${name} = (typeof ${name})[keyof typeof ${name}];\n`,
  ].join("\n");
}

const text = [
  "// Generated from the catalogue by scripts/generate-names.mjs.\n",
  constant(
    "KeyGroup",
    "Product key groups of Windows, by Microsoft's own names.",
    keyGroups.filter(({ application }) => application === "windows"),
  ),
  constant("OperatingSystem", "Operating systems, by Microsoft's own names.", operatingSystems),
  constant("Edition", "Editions of operating systems, by Microsoft's own names.", editions),
  constant("OfficeVersion", "Volume editions of Office, by Microsoft's own names.", officeVersions),
].join("\n");

writeOrCheck([{ path: join(catalog, "names.generated.ts"), text }], "node scripts/generate-names.mjs");
