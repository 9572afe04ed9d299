import { readFileSync } from "node:fs";
import path from "node:path";
import { writeOrCheck } from "../shared/generated-file.mjs";
import { inRepository } from "../shared/repository.mjs";
import { runMain } from "../shared/script.mjs";

/** What is read of the rows of the catalogue. */
interface KeyGroupRow {
  id: string;
  name: string;
  application: "windows" | "office";
}

interface OperatingSystemRow {
  id: string;
  name: string;
  documentedElsewhere?: string;
  editions: { name: string }[];
}

/** A member of a constant, and its value. */
interface Entry {
  id: string;
  name: string;
}

/** The constants KeyGroup, OperatingSystem, Edition and OfficeVersion, and their types, from the data of the catalogue. */
export function namesCode(data: string): string {
  const rows = (file: string): unknown => JSON.parse(readFileSync(path.join(data, file), "utf8"));
  const keyGroups = rows("key-groups.json") as KeyGroupRow[];
  const operatingSystems = (rows("operating-systems.json") as OperatingSystemRow[]).filter(
    ({ documentedElsewhere }) => documentedElsewhere === undefined,
  );
  return [
    "// Generated from the catalogue by scripts/arguments/names.ts.\n",
    constant(
      "KeyGroup",
      "Product key groups of Windows, by Microsoft's own names.",
      keyGroups.filter(({ application }) => application === "windows"),
    ),
    constant("OperatingSystem", "Operating systems, by Microsoft's own names.", operatingSystems),
    constant(
      "Edition",
      "Editions of operating systems, by Microsoft's own names.",
      editions(operatingSystems),
    ),
    constant(
      "OfficeVersion",
      "Volume editions of Office, by Microsoft's own names.",
      officeVersions(keyGroups),
    ),
  ].join("\n");
}

/** Editions whose names differ in case alone are one: the catalogue knows the other spelling as an alias. */
const editions = (operatingSystems: OperatingSystemRow[]): Entry[] =>
  operatingSystems
    .flatMap((os) => os.editions)
    .map(({ name }) => ({ id: identifier(name), name }))
    .filter(({ id }, place, all) => all.findIndex((other) => other.id === id) === place);

const officeVersions = (keyGroups: KeyGroupRow[]): Entry[] =>
  keyGroups
    .filter(({ application }) => application === "office")
    .map(({ name }) => name.replace(/^Office /, "").replace(" Volume License Pack", ""))
    .map((name) => ({ id: /^\d/.test(name) ? `Office${name}` : identifier(name), name }));

/** `Datacenter: Azure Edition` as `DatacenterAzureEdition`. */
const identifier = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => {
      const rest = word.slice(1);
      return word.charAt(0).toUpperCase() + (/^[A-Z]{2,}$/.test(word) ? rest.toLowerCase() : rest);
    })
    .join("");

function constant(name: string, description: string, entries: Entry[]): string {
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

if (require.main === module) {
  const catalog = inRepository("provider/catalog");
  void runMain(() =>
    writeOrCheck([
      { path: path.join(catalog, "names.generated.ts"), text: namesCode(path.join(catalog, "data")) },
    ]),
  );
}
