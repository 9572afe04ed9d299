/** Resources by what the engine did with them: `create`, `same`, `update`, `delete`, `replace`, … */
export type OperationCounts = Record<string, number>;

interface EngineEvent {
  summaryEvent?: { resourceChanges?: OperationCounts };
}

/** Reads the counts off the engine's event log (JSON lines); a command that failed early has no summary. */
export function operationCounts(eventLog: string): OperationCounts {
  const summaries = eventLog
    .split("\n")
    .filter((line) => line.includes('"summaryEvent"'))
    .map((line) => (JSON.parse(line) as EngineEvent).summaryEvent)
    .filter((summary) => summary !== undefined);
  return summaries.at(-1)?.resourceChanges ?? {};
}

/** The counts in words: `12 create, 3 same`. */
export function describeCounts(counts: OperationCounts): string {
  const words = Object.entries(counts).map(([operation, count]) => `${count} ${operation}`);
  return words.length === 0 ? "no resources" : words.join(", ");
}

/** Whether anything but `same` is among the counts. */
export function hasChanges(counts: OperationCounts): boolean {
  return Object.entries(counts).some(([operation, count]) => operation !== "same" && count > 0);
}
