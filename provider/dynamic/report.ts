/** Says something while the engine works: it shows what the provider process prints, live, under the stack. */
export function report(name: string, text: string): void {
  process.stdout.write(`${name}: ${text}\n`);
}
