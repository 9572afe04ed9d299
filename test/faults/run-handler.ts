/**
 * One call of a dynamic provider's handler in a process of its own, as the engine makes it: `run-handler.ts METHOD` with
 * the arguments as JSON on standard input. Prints the result, or the error with what the engine would store, as JSON.
 */
import { text } from "node:stream/consumers";
import * as handlers from "../../provider/handlers";

async function main(): Promise<void> {
  const method = process.argv[2] as keyof typeof handlers;
  const args = JSON.parse(await text(process.stdin)) as never[];
  try {
    const call = handlers[method] as (...args: never[]) => Promise<unknown>;
    finish({ result: (await call(...args)) ?? null });
  } catch (error) {
    const { message, code, id, properties } = error as Error & Record<string, unknown>;
    finish({ error: { message, code, id, properties } });
  }
}

const finish = (outcome: object) => process.stdout.write(`\n${JSON.stringify(outcome)}\n`);

void main();
