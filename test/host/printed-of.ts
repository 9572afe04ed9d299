/** What work prints for the person at the terminal, with its result or the error that stops it. */
export async function printedOf<T>(
  work: () => Promise<T>,
): Promise<{ printed: string; result?: T; error?: Error & { code?: string } }> {
  const write = process.stdout.write;
  let printed = "";
  process.stdout.write = (text: string | Uint8Array) => {
    printed += text.toString();
    return true;
  };
  try {
    const result = await work();
    return { printed, result };
  } catch (error) {
    return { printed, error: error as Error & { code?: string } };
  } finally {
    process.stdout.write = write;
  }
}
