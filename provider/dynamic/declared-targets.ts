import { type ZoneAddress, zoneIdentity } from "../dns/open-srv-zone";
import { canonicalName } from "../dns/srv-zone";

/**
 * Targets of the program by zone. All SRV records of an engine run are checked and written by one process, and only the
 * check sees those that have nothing to write.
 */
const declared = new Map<string, Set<string>>();

/** Remembers that the program declares a record to this target. */
export function declareTarget(zone: ZoneAddress, target: string): void {
  const targets = declared.get(zoneIdentity(zone)) ?? new Set();
  declared.set(zoneIdentity(zone), targets.add(canonicalName(target)));
}

/** Which of these targets nobody in the program has declared so far, each once. */
export function undeclaredTargets(zone: ZoneAddress, targets: string[]): string[] {
  const known = declared.get(zoneIdentity(zone));
  return [...new Set(targets.map(canonicalName))].filter((target) => known?.has(target) !== true).sort();
}
