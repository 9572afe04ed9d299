import { createHash } from "node:crypto";
import { extensionCommand } from "./extension-command";
import type { LicensingPlan } from "./licensing-plan";

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
