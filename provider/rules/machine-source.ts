import { type Verdict, verdict } from "./verdict";

/**
 * Exactly one machine source is given.
 * @param values the arguments as far as they are known
 * @param unknownPaths paths of the arguments that are given, but not known yet
 * @param sources names of the arguments that name machines
 */
export function machineSourceVerdicts(
  values: Record<string, unknown>,
  unknownPaths: ReadonlySet<string>,
  sources: readonly string[],
): Verdict[] {
  const given = sources.filter((source) => values[source] !== undefined || unknownPaths.has(source));
  const allowed = sources.join(", ");
  if (given.length === 0) {
    return [verdict("KMS1004", "error", "", { allowed })];
  }
  return given.length === 1
    ? []
    : [verdict("KMS1005", "error", given[1], { given: given.join(" and "), allowed })];
}
