import { createHash } from "node:crypto";
import { limits } from "../catalog/limits";
import { KmsError } from "../errors/kms-error";
import type { LicensingPlan } from "./licensing-plan";
import { compress, decodePlan, encodePlan, licensingScript, planParameter } from "./licensing-script";

/** What the Custom Script Extension puts around a command line: `"cmd" /c "…"`. */
const shellCharacters = 16;

/** What plans for clients never reach: the rest of a KMS host, reservations, and secrets. */
const regions = /^ *#region \w+$[^]*?^ *#endregion$/gm;

/** Gives the script's functions names of two or three characters. */
function shortenNames(script: string): string {
  const names = [...script.matchAll(/^function ([\w-]+)/gm)].map(([, name]) => name);
  const short = new Map(names.map((name, index) => [name, `f${index}`]));
  return script.replace(/[\w-]+/g, (word) => short.get(word) ?? word);
}

/**
 * The licensing script without what instances of a scale set have no use for: functions for hosts, comments, indentation and
 * long names of functions. Windows' command line has no room for these.
 */
export const compactScript = shortenNames(licensingScript.replace(regions, ""))
  .split("\n")
  .map((line) => line.trim())
  .filter((line) => line !== "" && !line.startsWith("#"))
  .join("\n");

/** Unpacks, runs and prints. It has no double quote and no per cent sign, the only characters that cmd.exe takes apart. */
const unpackAndRun = (script: string, plan: string) =>
  [
    `if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') `,
    `{ 'pulumi-windows-kms: ' + $ExecutionContext.SessionState.LanguageMode; exit }; `,
    `$script = (New-Object IO.StreamReader (New-Object IO.Compression.DeflateStream (`,
    `New-Object IO.MemoryStream (, [Convert]::FromBase64String('${script}'))), `,
    `([IO.Compression.CompressionMode]::Decompress))).ReadToEnd(); `,
    `[Console]::Out.WriteLine([string](& ([ScriptBlock]::Create($script)) -${planParameter} '${plan}'))`,
  ].join("");

/**
 * The command line that runs the licensing script with this plan on an instance of a scale set: the script is in it,
 * compressed, so that an instance needs nothing that it would have to download.
 * @throws KmsError KMS3023 when it is longer than Windows allows
 */
export function extensionCommand(plan: LicensingPlan): string {
  const command = commandLine(encodePlan(plan));
  const allowed = limits.commandLineCharacters - shellCharacters;
  if (command.length > allowed) {
    throw new KmsError("KMS3023", { values: { given: command.length, allowed } });
  }
  return command;
}

const packedScript = compress(compactScript);
const commandLine = (plan: string) =>
  `powershell.exe -NoProfile -NonInteractive -Command "${unpackAndRun(packedScript, plan)}"`;

/** The plan in a command line that `extensionCommand` made; undefined for any other. */
export function decodeExtensionCommand(command: string): LicensingPlan | undefined {
  const plan = /'([A-Za-z0-9+/=]+)'\)\)"$/.exec(command)?.[1];
  return plan !== undefined && command === commandLine(plan) ? decodePlan(plan) : undefined;
}

/** Name of the package's extension in the model of a scale set. */
export const extensionName = "pulumi-windows-kms";

/** The Custom Script Extension of Windows. Source: learn.microsoft.com custom-script-windows. */
export const customScript = { publisher: "Microsoft.Compute", type: "CustomScriptExtension" };

/** An extension of a scale set's model, as Azure Resource Manager takes its properties. */
export interface LicensingExtension {
  publisher: string;
  type: string;
  typeHandlerVersion: string;
  autoUpgradeMinorVersion: boolean;
  /** Readable; the timestamp distinguishes command lines, since Azure never shows the command line itself. */
  settings: { timestamp: number };
  protectedSettings: { commandToExecute: string };
}

/** The extension that runs the licensing script with this plan on each instance. @throws KmsError KMS3023 */
export function licensingExtension(plan: LicensingPlan): LicensingExtension {
  const commandToExecute = extensionCommand(plan);
  return {
    ...customScript,
    typeHandlerVersion: "1.10",
    autoUpgradeMinorVersion: true,
    settings: { timestamp: fingerprint(commandToExecute) },
    protectedSettings: { commandToExecute },
  };
}

/** A number of 31 bits, which is what the extension takes as a timestamp. */
const fingerprint = (text: string) => createHash("sha256").update(text).digest().readUInt32BE(0) >>> 1;
