import { readFileSync } from "node:fs";
import path from "node:path";
import type { LicensingPlan, LicensingSecrets } from "./licensing-plan";
import {
  confirmationIdParameter,
  encodePlan,
  licensingScript,
  planParameter,
  productKeyParameter,
} from "./licensing-script";

/** A script for a machine, with its parameters by name. */
export interface ScriptInput {
  script: string;
  parameters: Record<string, string>;
}

const bootstrap = readFileSync(path.join(__dirname, "ssh-bootstrap.ps1"), "utf8");

/**
 * The command that runs a script from standard input. It has no character that cmd.exe or PowerShell would take
 * apart, so either may be the machine's default shell.
 */
export const sshCommand = [
  "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -InputFormat Text -OutputFormat Text",
  `-EncodedCommand ${Buffer.from(bootstrap, "utf16le").toString("base64")}`,
].join(" ");

/** What the command reads: one line, so that it need not wait for the end of its input. */
export function encodeInput(plan: LicensingPlan, secrets: LicensingSecrets): string {
  const { productKey, confirmationId } = secrets;
  const input: ScriptInput = {
    script: licensingScript,
    parameters: {
      [planParameter]: encodePlan(plan),
      ...(productKey && { [productKeyParameter]: productKey }),
      ...(confirmationId && { [confirmationIdParameter]: confirmationId }),
    },
  };
  return `${Buffer.from(JSON.stringify(input), "utf8").toString("base64")}\n`;
}

/** Reads what `encodeInput` wrote. */
export function decodeInput(line: string): ScriptInput {
  return JSON.parse(Buffer.from(line, "base64").toString("utf8")) as ScriptInput;
}
