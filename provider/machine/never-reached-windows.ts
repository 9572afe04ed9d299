import { KmsError } from "../errors/kms-error";

/** Codes of the Azure transport for a run that did not begin. */
const azureCodes = ["KMS3001", "KMS3002", "KMS3005", "KMS3009", "KMS3010"];

/** Codes of the SSH transport for a run that did not begin. */
const sshCodes = [
  "KMS3201",
  "KMS3202",
  "KMS3203",
  "KMS3204",
  "KMS3205",
  "KMS3206",
  "KMS3207",
  "KMS3210",
  "KMS3211",
  "KMS3212",
];

const codes = new Set([...azureCodes, ...sshCodes]);

/** Whether a machine's error says that the script certainly did not run, so that nothing can have been done. */
export const neverReachedWindows = (error: unknown): boolean =>
  error instanceof KmsError && codes.has(error.code);
