/** Runs work whose words to the person at the terminal would only be in the way of a test's output. */
export async function muted<T>(work: () => Promise<T>): Promise<T> {
  const write = process.stdout.write;
  process.stdout.write = () => true;
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
}
