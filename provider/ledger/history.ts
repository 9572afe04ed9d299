import { createHash } from "node:crypto";
import type { HistoryLine, HostLimitException, SpentElsewhere } from "./document";

/** How much of a SHA-256 in hexadecimal digits a line keeps. */
const hashDigits = 32;

/** Hash of a line: of what it says and of the hash of the line before it, "" for the first. */
function hashOf(line: Omit<HistoryLine, "hash">, before: string): string {
  const { at, who, stack, resource, event, machineId = "", detail = "" } = line;
  const text = JSON.stringify([before, at, who, stack, resource, event, machineId, detail]);
  return createHash("sha256").update(text).digest("hex").slice(0, hashDigits);
}

/** The history with one more line, chained to the one before. */
export const withLine = (history: readonly HistoryLine[], line: Omit<HistoryLine, "hash">): HistoryLine[] => [
  ...history,
  { ...line, hash: hashOf(line, history.at(-1)?.hash ?? "") },
];

/** The lines, chained anew. */
export const chained = (lines: readonly Omit<HistoryLine, "hash">[]): HistoryLine[] =>
  lines.reduce<HistoryLine[]>((history, line) => withLine(history, line), []);

/** Number, from 1 on, of the first line that is not what was written after the one before it; undefined where all are. */
export function brokenLine(history: readonly HistoryLine[]): number | undefined {
  const index = history.findIndex((line, at) => line.hash !== hashOf(line, history[at - 1]?.hash ?? ""));
  return index === -1 ? undefined : index + 1;
}

/** How a line of the history says what programs declare: to what they changed it. */
export const spentInWords = (before: SpentElsewhere | undefined, now: SpentElsewhere) =>
  `hosts: ${before?.hosts ?? 0} to ${now.hosts}, activations: ${before?.activations ?? 0} to ${now.activations}`;
export const limitInWords = ({ hosts, reference }: HostLimitException) =>
  `${hosts} hosts, reference ${reference}`;
