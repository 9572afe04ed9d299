/** Where the ledger is when the program does not say: beside the program. */
const besideTheProgram = "file://./kms-ledger";

/** The ledger's place: the argument's, else that of the environment, else a folder beside the program. */
export function ledgerUrl(given: string): string {
  return given || process.env.PULUMI_WINDOWS_KMS_LEDGER || besideTheProgram;
}
