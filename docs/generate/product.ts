// What the pages are made from: the look-ups of the catalogue, the registry of error codes and the rules, from their sources, so that
// documentation needs no build.
export {
  findHosting,
  findKeyGroup,
  type KeyGroupEntry,
  keyGroups,
  type HostEntry,
} from "../../provider/catalog/key-groups";
export { hostedDesktops } from "../../provider/catalog/hosted-desktops";
export { type HresultEntry, hresults } from "../../provider/catalog/hresults";
export { limitEntries } from "../../provider/catalog/limits";
export {
  findOperatingSystem,
  type OperatingSystemEntry,
  operatingSystems,
} from "../../provider/catalog/operating-systems";
export { findSetupKey, setupKeys } from "../../provider/catalog/setup-keys";
export { featurePermissions } from "../../provider/catalog/permissions";
export { allImpossiblePairs, allRequiredUpdates } from "../../provider/catalog/updates";
export {
  errorEntries,
  type ErrorEntry,
  formatError,
  type KmsErrorDetails,
  readableTemplate,
} from "../../provider/errors/kms-error";
export { neededUpdates, pairVerdict } from "../../provider/rules/pairs";
