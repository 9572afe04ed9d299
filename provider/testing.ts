// What the lab, and tests of programs against it, use of this package. Nothing else of `bin/` is meant for them.

// Microsoft's facts
export { azureKmsAddresses, azureKmsOf } from "./catalog/azure-kms";
export { findEditionById } from "./catalog/editions";
export { findHosting } from "./catalog/hosting";
export { findKeyGroup } from "./catalog/key-groups";
export { type Limit, limitEntries, limits } from "./catalog/limits";
export { KeyGroup } from "./catalog/names";
export { nearest } from "./catalog/nearest";
export { officeEditions, officeGroup, officeNameOf, officeVersions } from "./catalog/office";
export { type Edition, type OperatingSystemEntry, operatingSystems } from "./catalog/operating-systems";
export { findServing } from "./catalog/serving";
export { findSetupKey, ownersOfSetupKey } from "./catalog/setup-keys";
export { findImpossiblePair, requiredUpdates, updateStatus } from "./catalog/updates";

// What a machine is asked to do, and how the request reaches it
export { licenseStatusName } from "./activation/license-status";
export { decodeExtensionCommand } from "./machine/extension-command";
export {
  type Condition,
  type GuardedOperation,
  type LicensingAnswer,
  type LicensingPlan,
  type LicensingSecrets,
  officeApplicationId,
  type OperationResult,
  type Scalar,
  windowsApplicationId,
} from "./machine/licensing-plan";
export {
  confirmationIdParameter,
  decodePlan,
  encodeAnswer,
  encodePlan,
  licensingScript,
  planParameter,
  productKeyParameter,
} from "./machine/licensing-script";
export { decodeInput, type ScriptInput, sshCommand } from "./machine/ssh-command";

// DNS
export { rfc2136 } from "./dns/rfc2136";

// Files
export { lockFile } from "./ledger/file-lock";
export { replaceFile } from "./ledger/replace-file";

// Errors and the command line
export { writableFile } from "./cli/file-arguments";
export { packageVersion } from "./cli/package-version";
export { type CliProgram, runCli } from "./cli/run-cli";
export { type ErrorEntry, formatEntry, type KmsErrorDetails } from "./errors/kms-error";
export { textTable } from "./fleet/text-table";
