/** How much of a script's output Azure keeps. Source: run-command-managed.md. */
const keptBytes = 4096;

/** The last 4,096 bytes of a text, as the instance view of a run command shows it. */
export function outputTail(text: string): string {
  const bytes = Buffer.from(text, "utf8");
  return bytes.length <= keptBytes ? text : bytes.subarray(bytes.length - keptBytes).toString("utf8");
}
