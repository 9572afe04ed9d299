// Writes the constants KeyGroup and OperatingSystem from the catalogue.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeOrCheck } from "./generated-file.mjs";
import { inRepository } from "./shared/repository.mjs";

const catalog = inRepository("provider/catalog");
const rows = (file) => JSON.parse(readFileSync(join(catalog, "data", file), "utf8"));

function constant(name, description, entries) {
  const members = entries.map(
    ({ id, name: value }) => `  /** ${value} */\n  ${id}: ${JSON.stringify(value)},`,
  );
  return `/** ${description} */\nexport const ${name} = {\n${members.join("\n")}\n} as const;\n`;
}

const text = [
  "// Generated from the catalogue by scripts/generate-names.mjs.\n",
  constant(
    "KeyGroup",
    "Product key groups of Windows, by Microsoft's own names.",
    rows("key-groups.json").filter(({ application }) => application === "windows"),
  ),
  constant(
    "OperatingSystem",
    "Operating systems, by Microsoft's own names.",
    rows("operating-systems.json").filter(({ documentedElsewhere }) => documentedElsewhere === undefined),
  ),
].join("\n");

writeOrCheck([{ path: join(catalog, "names.generated.ts"), text }], "node scripts/generate-names.mjs");
