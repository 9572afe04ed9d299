import { createHash } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { limits } from "../catalog/limits";
import { KmsError } from "../errors/kms-error";
import type { LicensingPlan } from "./licensing-plan";
import { licensingScript, planParameter } from "./licensing-script";

/** What the Custom Script Extension puts around a command line: `"cmd" /c "…"`. */
const shellCharacters = 16;

/** What the command line unpacks. */
interface Package {
  script: string;
  /** JSON, so that it is compressed together with the script. */
  plan: string;
}

/** Unpacks, runs and prints. It has no double quote and no per cent sign, the only characters that cmd.exe takes apart. */
const unpackAndRun = (packed: string) =>
  [
    `$package = (New-Object IO.StreamReader((New-Object IO.Compression.DeflateStream(`,
    `[IO.MemoryStream]::new([Convert]::FromBase64String('${packed}')), [IO.Compression.CompressionMode]::Decompress)), `,
    `[Text.Encoding]::UTF8)).ReadToEnd() | ConvertFrom-Json; `,
    `[Console]::Out.WriteLine([string](& ([ScriptBlock]::Create($package.script)) `,
    `-${planParameter} ([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($package.plan)))))`,
  ].join("");

/**
 * The command line that runs the licensing script with this plan on an instance of a scale set: the script is in it,
 * compressed, so that an instance needs nothing that it would have to download.
 * @throws KmsError KMS3023 when it is longer than Windows allows
 */
export function extensionCommand(plan: LicensingPlan): string {
  const content: Package = { script: licensingScript, plan: JSON.stringify(plan) };
  const packed = deflateRawSync(JSON.stringify(content), { level: 9 }).toString("base64");
  const command = `powershell.exe -NoProfile -NonInteractive -Command "${unpackAndRun(packed)}"`;
  const allowed = limits.commandLineCharacters - shellCharacters;
  if (command.length > allowed) {
    throw new KmsError("KMS3023", { values: { given: command.length, allowed } });
  }
  return command;
}

/** The script and the plan in a command line that `extensionCommand` made; undefined for any other. */
export function decodeExtensionCommand(command: string): { script: string; plan: LicensingPlan } | undefined {
  const packed = /FromBase64String\('([A-Za-z0-9+/=]+)'\)/.exec(command)?.[1];
  if (packed === undefined || !command.includes(unpackAndRun(packed))) {
    return undefined;
  }
  const { script, plan } = JSON.parse(
    inflateRawSync(Buffer.from(packed, "base64")).toString("utf8"),
  ) as Package;
  return { script, plan: JSON.parse(plan) as LicensingPlan };
}

/** Name of our extension in the model of a scale set. */
export const extensionName = "pulumi-windows-kms";

/** The Custom Script Extension of Windows. Source: learn.microsoft.com custom-script-windows. */
export const customScript = { publisher: "Microsoft.Compute", type: "CustomScriptExtension" };

/** An extension of a scale set's model, as Azure Resource Manager takes its properties. */
export interface LicensingExtension {
  publisher: string;
  type: string;
  typeHandlerVersion: string;
  autoUpgradeMinorVersion: boolean;
  /** Readable; the timestamp tells one command line from another, since Azure never shows the command line itself. */
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
