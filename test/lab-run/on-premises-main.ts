import { parseArgs } from "node:util";
import type { ConfigValues, OnPremisesExample } from "./lab-example";
import { startOnPremises } from "./on-premises";

/** What the process prints for the one that started it, as one JSON line on a pipe of its own. */
export interface OnPremisesAddress {
  pid: number;
  values: ConfigValues;
}

/** Runs the servers of machines outside Azure until a signal ends it. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { lab: { type: "string" }, example: { type: "string" } } });
  const { lab = "", example = "" } = values;
  const onPremises = await startOnPremises({ lab, example: JSON.parse(example) as OnPremisesExample });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => void onPremises.close().then(() => process.exit(0)));
  }
  const address: OnPremisesAddress = { pid: process.pid, values: onPremises.values };
  process.stdout.write(`${JSON.stringify(address)}\n`);
}

void main();
