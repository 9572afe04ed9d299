// Reservations with their commits per second, in both stores, by one writer and by 16 that change the same ledger.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLedger } from "../../provider/ledger/open-ledger";
import { changeLedger } from "../../provider/ledger/store";
import { raiseLimit } from "../../provider/ledger/transitions";
import { startAzurite } from "../ledger/azurite";
import { report } from "./shared/figure";
import { commit, reserve } from "../ledger/ledgers";
import { median } from "./shared/statistics";

const activations = 64;
const runs = 3;

const change = { at: "2026-01-01T00:00:00Z", who: "bench", stack: "bench", resource: "kms" };

const keyOf = (run: number) => ({
  keyFingerprint: run.toString(16).padStart(32, "0"),
  keyEnding: "NNNNN",
  keyGroup: "Volume License for Windows Server 2022",
});

/** Activates hosts with a key of their own, divided among the writers. Returns the seconds that this took. */
async function activate(url: string, run: number, writers: number): Promise<number> {
  const key = keyOf(run);
  await changeLedger(openLedger(url), key, (document) =>
    raiseLimit(document, change, { hosts: activations, reference: "invented" }),
  );
  let next = 0;
  const write = async () => {
    const store = openLedger(url);
    while (next < activations) {
      const machine = { machineId: `machine-${next}`, computerName: `KMS${next}` };
      next += 1;
      await changeLedger(store, key, (document) => reserve(document, change, machine));
      await changeLedger(store, key, (document) => commit(document, change, machine.machineId));
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: writers }, write));
  return (performance.now() - startedAt) / 1000;
}

async function measure(store: string, url: string): Promise<void> {
  let run = 0;
  await activate(url, run, 1);
  for (const writers of [1, 16]) {
    const rates: number[] = [];
    for (let round = 0; round < runs; round += 1) {
      run += 1;
      rates.push(activations / (await activate(url, run, writers)));
    }
    report({
      name: `ledger/${store}`,
      value: median(rates),
      unit: "reserve + commit per second",
      writers,
      activations,
      runs,
    });
  }
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "kms-ledger-"));
  try {
    await measure("file", `file://${folder}`);
  } finally {
    await rm(folder, { recursive: true });
  }
  const azurite = await startAzurite();
  try {
    Object.assign(process.env, azurite.env);
    await measure("azurite", `azblob://${azurite.container}?storage_account=${azurite.account}`);
  } finally {
    await azurite.stop();
  }
}

void main();
