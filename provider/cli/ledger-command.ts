import { type Command, Option } from "commander";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { KmsError } from "../errors/kms-error";
import { type LedgerDocument, remaining } from "../ledger/document";
import { formatLedger, parseLedger } from "../ledger/ledger-text";
import { replaceFile } from "../ledger/file-store";
import { mergeLedgers } from "../ledger/merge";
import { whoami } from "../ledger/who";
import { textTable } from "../report/text-table";
import { ledgerFile, writableFile } from "./file-arguments";
import { counted } from "../rules/diagnostic";
import { settleCommand } from "./settle-command";

const ledgerInWords =
  "the document of a key in its ledger, such as kms-ledger/FINGERPRINT.json; - for standard input";

/** Adds `ledger`. */
export function ledgerCommand(program: Command): void {
  const ledger = program.command("ledger").description("ledgers of activations");
  ledger
    .command("history")
    .description("print who changed a ledger, when, and for which resource")
    .argument("<file>", ledgerInWords, ledgerFile)
    .action(history);
  ledger
    .command("verify")
    .description(
      "check that no line of a ledger's history was changed, and that its hosts are those of the history",
    )
    .argument("<file>", ledgerInWords, ledgerFile)
    .option("--has <hash>", "also check that the history has this line, as noted when it was the last one")
    .action(verify);
  ledger
    .command("merge")
    .description(
      "make one ledger of two that grew apart, for example on two branches; nothing they count is lost",
    )
    .argument("<ours>", ledgerInWords, ledgerFile)
    .argument("<theirs>", "the other document of the same key", ledgerFile)
    .addOption(
      new Option("--output <file>", "write the merged ledger to FILE instead of printing it").argParser(
        writableFile,
      ),
    )
    .action(merge);
  settleCommand(ledger);
}

async function history(file: string, _options: object, command: Command): Promise<void> {
  const document = await readLedger(file);
  const lines = document.history.map(({ at, who, stack, resource, event, machineId, detail, hash }) => {
    const machine = document.hosts.find((host) => host.machineId === machineId)?.computerName;
    return [at, event, machine ?? "", resource, stack, who, detail ?? "", hash];
  });
  const head = ["WHEN", "EVENT", "MACHINE", "RESOURCE", "STACK", "WHO", "DETAIL", "HASH"];
  command.configureOutput().writeOut?.(`${textTable(head, lines).join("\n")}\n`);
}

async function verify(file: string, { has }: { has?: string }, command: Command): Promise<void> {
  const document = await readLedger(file);
  const { history: lines, keyEnding } = document;
  if (has !== undefined && !lines.some(({ hash }) => hash === has)) {
    throw new KmsError("KMS6018", { values: { place: file, given: has } });
  }
  const { hostsLeft, hostLimit } = remaining(document);
  const said = [
    `The history of the key ending in ${keyEnding} has ${counted(lines.length, "line")}, and none was changed.`,
    `Its hosts and activations are those of the history; ${hostsLeft} of ${counted(hostLimit, "host")} ${hostsLeft === 1 ? "is" : "are"} left.`,
    `Last line: ${lines.at(-1)?.hash ?? "none"}`,
  ];
  command.configureOutput().writeOut?.(`${said.join("\n")}\n`);
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
  command.configureOutput().writeErr?.(`wrote ${output}\n`);
}

const fingerprintFormat = /"keyFingerprint": *"([0-9a-f]{32})"/;

async function readLedger(file: string, fingerprint?: string): Promise<LedgerDocument> {
  const text = file === "-" ? readFileSync(process.stdin.fd, "utf8") : await readFile(file, "utf8");
  return parseLedger(text, file, fingerprint ?? fingerprintFormat.exec(text)?.[1] ?? "");
}
