import type { Command } from "commander";
import { KmsError } from "../../errors/kms-error";
import type { FleetReport } from "../../report/fleet-report";
import { fleetReport } from "../../report/make-report";
import { exportStack, readExport } from "./export-stack";
import { statusPage } from "./page/status-page";
import { programFolder } from "./program-folder";
import { readLedgers } from "./read-ledgers";
import { statusText } from "./status-text";
import { wantsColour } from "./wants-colour";
import { writePage } from "./write-page";

/** Flags of `status`. */
export interface StatusFlags {
  cwd: string;
  stack?: string;
  file?: string;
  json?: boolean;
  html?: string;
  all?: boolean;
  ledger: boolean;
  exitCode?: boolean;
}

/** `status` */
export async function showStatus(flags: StatusFlags, command: Command): Promise<void> {
  const report = await readReport(flags);
  const { writeOut, writeErr } = command.configureOutput();
  if (flags.html !== undefined) {
    await writePage(flags.html, statusPage(report));
    writeErr?.(`wrote ${flags.html}\n`);
  }
  writeOut?.(
    flags.json
      ? `${JSON.stringify(report)}\n`
      : statusText(report, { all: flags.all, colour: wantsColour(process.stdout, process.env) }),
  );
  if (flags.exitCode) {
    refuseUnlicensed(report);
  }
}

async function readReport({ cwd, stack, file, ledger }: StatusFlags): Promise<FleetReport> {
  const exported = await (file === undefined ? exportStack({ cwd, stack }) : readExport(file));
  const readings = ledger ? await readLedgers(exported, () => programFolder(cwd)) : [];
  return fleetReport(exported, readings, new Date());
}

function refuseUnlicensed({ summary }: FleetReport): void {
  if (!summary.allLicensed) {
    throw new KmsError("KMS9014", {
      values: {
        hosts: summary.hostsLicensed,
        allHosts: summary.hosts,
        members: summary.membersByStatus.Licensed ?? 0,
        allMembers: summary.members,
      },
    });
  }
}
