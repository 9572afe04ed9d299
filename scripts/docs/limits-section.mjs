import { table } from "./markdown.mjs";

/** The numbers of Microsoft's rules. */
export function limitsSection({ limitEntries }, sources) {
  const rows = Object.values(limitEntries).map(({ meaning, value, unit, minimum, maximum, source }) => [
    `${meaning}${sources.cite(source)}`,
    unit === "TCP port" ? `TCP ${value}` : `${grouped(value)} ${unit}`,
    minimum === undefined ? "" : `${grouped(minimum)} to ${grouped(maximum)}`,
  ]);
  return `## Limits\n\n${table(["rule", "value", "can be set to"], rows)}`;
}

const grouped = (number) => number.toLocaleString("en-US");
