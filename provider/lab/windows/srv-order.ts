import type { LabSrvRecord } from "./network";

/**
 * The order in which a KMS client tries its SRV records: by priority, and among equals at random, where a record with
 * twice the weight comes first twice as often.
 * @see https://www.rfc-editor.org/rfc/rfc2782
 */
export function srvOrder(records: readonly LabSrvRecord[], random: () => number): LabSrvRecord[] {
  const waiting = [...records];
  const ordered: LabSrvRecord[] = [];
  while (waiting.length > 0) {
    const priority = Math.min(...waiting.map((record) => record.priority));
    const equals = waiting.filter((record) => record.priority === priority);
    const next = pick(equals, random);
    waiting.splice(waiting.indexOf(next), 1);
    ordered.push(next);
  }
  return ordered;
}

/** Records of weight 0 are only ever picked first when the random number is 0 or no other is left. */
function pick(records: LabSrvRecord[], random: () => number): LabSrvRecord {
  const total = records.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) {
    return records[Math.min(records.length - 1, Math.floor(random() * records.length))];
  }
  let left = random() * total;
  for (const record of records) {
    left -= record.weight;
    if (left < 0) {
      return record;
    }
  }
  return records.at(-1)!;
}
