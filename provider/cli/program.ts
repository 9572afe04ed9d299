import { ledgerCommand } from "./ledger-command";
import { permissionsCommand } from "./permissions-command";
import { packageVersion } from "./run-cli";
import { statusCommand } from "./status-command";

/** The command line of this package. */
export const kmsProgram = {
  name: "pulumi-windows-kms",
  description: "Microsoft volume activation with Pulumi: commands beside your programs",
  version: packageVersion(),
  commands: [statusCommand, ledgerCommand, permissionsCommand],
  // A fleet that is not all licensed.
  exitCodes: { KMS9014: 3 },
};
