// What the lab, and tests of programs against it, use of this package. Nothing else of `bin/` is meant for them.

// Microsoft's facts
export { azureKmsAddresses, azureKmsOf } from "./catalog/azure-kms";
export { nearest } from "./catalog/find-by-name";
export { type FixedProperty, fixedProperties } from "./catalog/fixed-properties";
export {
  findHosting,
  findKeyGroup,
  findServing,
  officeEditions,
  officeGroup,
  officeNameOf,
  officeVersions,
} from "./catalog/key-groups";
export { type Limit, limitEntries, limits } from "./catalog/limits";
export { KeyGroup, OfficeVersion } from "./catalog/names.generated";
export {
  type Edition,
  findEdition,
  findEditionById,
  type OperatingSystemEntry,
  operatingSystems,
} from "./catalog/operating-systems";
export { findSetupKey, ownersOfSetupKey } from "./catalog/setup-keys";
export { findImpossiblePair, requiredUpdates, updateStatus } from "./catalog/updates";

// What Azure's services refuse, in the words of this package and of Azure
export { adminPasswordRefusal, adminUsernameRefusal, computerNameRefusal } from "./rules/azure/administrator";
export {
  portRangeRefusal,
  prefixCountRefusal,
  prefixListRefusal,
  priorityRefusal,
} from "./rules/azure/address-prefixes";
export {
  locationRefusal,
  networkRegionRefusal,
  networkResourceNameRefusal,
  resourceGroupNameRefusal,
  unknownRegionRefusal,
  virtualMachineNameRefusal,
} from "./rules/azure/names";
export {
  recordCountRefusal,
  srvNumberRefusal,
  ttlRefusal,
  zoneNameRefusal,
} from "./rules/azure/private-zones";
export { azureAnswer, type AzureRefusal } from "./rules/azure/refusal";
export {
  delegatedSubnetRefusal,
  reservedSubnetRefusal,
  serviceOfSubnet,
} from "./rules/azure/subnet-purposes";
export { capacityRefusal, imageRefusal, mayBeArm, sizeRefusal } from "./rules/azure/sizes";
export { tagCountRefusal, tagRefusals } from "./rules/azure/tags";

// What a machine is asked to do, and how the request reaches it
export { licenseStatusName } from "./machine/licensing-answer";
export {
  type ClientQuery,
  clientsInAnswer,
  type Condition,
  type ConditionTarget,
  type GuardedOperation,
  type HeardClients,
  type LicensingAnswer,
  type LicensingPlan,
  type LicensingSecrets,
  officeApplicationId,
  type OperationResult,
  recordOperation,
  type Scalar,
  type UnreadableState,
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
  sealedKeyParameter,
} from "./machine/licensing-script";
export { decodeExtensionCommand } from "./machine/scale-set-extension";
export { decodeInput, type ScriptInput, sshCommand } from "./machine/ssh";

// DNS
export { rfc2136 } from "./srv/dynamic-update";

// Files
export { lockFile } from "./ledger/file-lock";
export { replaceFile } from "./ledger/file-store";

// Errors and the command line
export { readableFile, writableFile } from "./cli/file-arguments";
export { packageVersion } from "./cli/run-cli";
export { type CliProgram, runCli } from "./cli/run-cli";
export { type ErrorEntry, formatEntry, type KmsErrorDetails } from "./errors/kms-error";
export { textTable } from "./report/text-table";
