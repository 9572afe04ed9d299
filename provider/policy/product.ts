/*
 * What the policies use of pulumi-windows-kms: Microsoft's facts, and how its rules read arguments. The pack is published as
 * a bundle, so nothing here leads to azure-native or to Azure's clients.
 */

export { nearest } from "../catalog/find-by-name";
export { limits } from "../catalog/limits";
export { findOperatingSystem } from "../catalog/operating-systems";
export { isProductKey, keyEnding, keyFingerprint, normalizeProductKey } from "../catalog/product-key";
export { ownersOfSetupKey } from "../catalog/setup-keys";
export { isSharedBackend } from "../component/backend";
export { formatError, KmsError } from "../errors/kms-error";
export type { Diagnostic } from "../rules/diagnostic";
export {
  computerNameOf,
  type GroupFacts,
  type HostFacts,
  type HostKey,
  hostKeysOf,
  hostOs,
  isReadOnly,
  memberCount,
} from "../rules/facts";
export { settle } from "../rules/acknowledge";
export { addressRange, coverage } from "../rules/azure-network/address-ranges";
export { azureKind, type Link } from "../rules/azure-network/declared-resource";
export { dayAfter, dayOf } from "../rules/days";
export { allowedNames, hostsAllowed } from "../rules/keys";
export { isPublicPrefix } from "../rules/network";
export { itemPath, memberPath } from "../rules/paths";
export { programIndex } from "../rules/program-index";
export { groupNetworkDiagnostics, hostNetworkDiagnostics } from "../rules/rules";
export { kmsServiceName } from "../srv/zone";
