import type { Command } from "commander";
import { KmsError } from "../errors/kms-error";
import { replaceFile } from "../ledger/file-store";
import type { FleetReport } from "../report/fleet-report";
import { fleetReport } from "../report/make-report";
import { writableFile } from "./file-arguments";
import { type StackFlags, stackOptions } from "./stack-options";
import { statusPage } from "./status/page";
import { exportStack, readExport, readLedgers } from "./status/stack";
import { statusText } from "./status/text";

/** Adds `status`. */
export function statusCommand(program: Command): void {
  const command = program
    .command("status")
    .description("KMS hosts, keys and client groups of a stack, as it was last updated or refreshed");
  stackOptions(command)
    .option("--json", "print one JSON object")
    .option("--html <file>", "write a page to FILE as well, which needs no other file", writableFile)
    .option("--all", "list every member of large groups")
    .option("--no-ledger", "do not read the ledgers of activations")
    .option("--exit-code", "end with 3 when not everything is licensed")
    .action(showStatus);
}

/** Flags of `status`. */
interface StatusFlags extends StackFlags {
  json?: boolean;
  html?: string;
  all?: boolean;
  ledger: boolean;
  exitCode?: boolean;
}

async function showStatus(flags: StatusFlags, command: Command): Promise<void> {
  const report = await readReport(flags);
  const { writeOut, writeErr } = command.configureOutput();
  if (flags.html !== undefined) {
    await writePage(flags.html, statusPage(report));
    writeErr?.(`wrote ${flags.html}\n`);
  }
  writeOut?.(
    flags.json
      ? `${printableJson(report)}\n`
      : statusText(report, { all: flags.all, colour: takesColour(process.stdout, process.env) }),
  );
  if (flags.exitCode) {
    refuseUnlicensed(report);
  }
}

async function readReport({ cwd, stack, file, ledger }: StatusFlags): Promise<FleetReport> {
  const exported = await (file === undefined ? exportStack({ cwd, stack }) : readExport(file));
  const readings = ledger ? await readLedgers(exported, cwd) : [];
  return fleetReport(exported, readings, new Date());
}

/** JSON for a terminal as well: what would move its cursor or turn the direction of writing stands as an escape. */
const printableJson = (value: object) =>
  JSON.stringify(value).replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** Writes the page whole or not at all. @throws KmsError KMS9013 */
async function writePage(file: string, page: string): Promise<void> {
  try {
    await replaceFile(file, page, () => true);
  } catch (cause) {
    throw new KmsError("KMS9013", { values: { given: file, reason: (cause as Error).message }, cause });
  }
}

/** Whether text may be coloured: on a terminal, unless NO_COLOR (no-color.org) or TERM=dumb say otherwise. */
export const takesColour = (stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv) =>
  stream.isTTY === true && (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb";

function refuseUnlicensed({ summary }: FleetReport): void {
  if (!summary.allLicensed) {
    throw new KmsError("KMS9014", {
      values: {
        hosts: summary.hostsLicensed,
        allHosts: summary.hosts,
        members: summary.memberCounts.Licensed ?? 0,
        allMembers: summary.members,
      },
    });
  }
}
