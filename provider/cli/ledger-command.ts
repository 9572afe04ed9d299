import { type Command, Option } from "commander";
import { readFile } from "node:fs/promises";
import { KmsError } from "../errors/kms-error";
import { formatLedger, type LedgerDocument, parseLedger } from "../ledger/document";
import { replaceFile } from "../ledger/file-store";
import { mergeLedgers } from "../ledger/merge";
import { whoami } from "../ledger/who";
import { readableFile, writableFile } from "./file-arguments";

/** Adds `ledger`. */
export function ledgerCommand(program: Command): void {
  program
    .command("ledger")
    .description("ledgers of activations")
    .command("merge")
    .description(
      "make one ledger of two that grew apart, for example on two branches; nothing they count is lost",
    )
    .argument("<ours>", "a ledger", readableFile)
    .argument("<theirs>", "the other ledger of the same key", readableFile)
    .addOption(
      new Option("--output <file>", "write the merged ledger to FILE instead of printing it").argParser(
        writableFile,
      ),
    )
    .action(merge);
}

async function merge(
  ours: string,
  theirs: string,
  { output }: { output?: string },
  command: Command,
): Promise<void> {
  const first = await readLedger(ours);
  const change = { at: new Date().toISOString(), who: whoami(), stack: "", resource: "" };
  const merged = formatLedger(mergeLedgers(first, await readLedger(theirs, first.keyFingerprint), change));
  if (output === undefined) {
    command.configureOutput().writeOut?.(merged);
    return;
  }
  try {
    await replaceFile(output, merged, () => true);
  } catch (cause) {
    throw new KmsError("KMS9013", { values: { given: output, reason: (cause as Error).message }, cause });
  }
}

const fingerprintFormat = /"keyFingerprint": *"([0-9a-f]{32})"/;

async function readLedger(file: string, fingerprint?: string): Promise<LedgerDocument> {
  const text = await readFile(file, "utf8");
  return parseLedger(text, file, fingerprint ?? fingerprintFormat.exec(text)?.[1] ?? "");
}
