/** What the work prints for the person at the terminal. */
export async function printed(work: () => Promise<unknown>): Promise<string> {
  const lines: string[] = [];
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (line: string) => lines.push(line) > 0;
  try {
    await work();
  } finally {
    process.stdout.write = write;
  }
  return lines.join("");
}
