export {
  ActivationMode,
  Discovery,
  FirewallProfile,
  LicenseStatus,
  LicenseType,
  MemberStatus,
  NextHopType,
  OnRemove,
  OrchestrationMode,
  OsDiskType,
  OutboundAccess,
  RecordPublisher,
  TsigAlgorithm,
  UnreachablePolicy,
} from "./catalog/constants";
export { Edition, KeyGroup, OfficeVersion, OperatingSystem } from "./catalog/names.generated";
export { KmsError } from "./errors/kms-error";

export { KMSHost } from "./host/kms-host";
export type {
  ActivationsSpentArgs,
  CreateHostMachineArgs,
  DynamicUpdateArgs,
  HostLimitExceptionArgs,
  KeyLedgerArgs,
  KMSHostArgs,
  KMSHostKeyArgs,
  KMSHostMachineArgs,
  KMSHostOfficeKeyArgs,
  KMSHostZoneArgs,
  TsigKeyArgs,
} from "./host/args";
export type { KMSHostOfficeState } from "./host/state";

export { KMSClientGroup } from "./group/kms-client-group";
export type {
  CreateClientMachinesArgs,
  CreateScaleSetArgs,
  KMSClientGroupArgs,
  KMSClientMachinesArgs,
  KMSRefreshArgs,
  KMSRolloutArgs,
  OfficeClientArgs,
  SshClientsArgs,
} from "./group/args";
export type { MemberCounts as KMSClientCounts } from "./group/member";
export type { MemberState as KMSClientMember } from "./group/state";

export type {
  AcknowledgementArgs,
  AssumeArgs,
  CommonArgs,
  CreateImageArgs,
  CreateMachineArgs,
  MachineImageArgs,
  MachineNetworkArgs,
  OneOf,
  SshMachineArgs,
  SshServerArgs,
  SshSignInArgs,
} from "./component/shared-args";

export { validate } from "./component/validate";
export type { AzureResource, ProgramToValidate, ResourceDiagnostic } from "./component/validate";
export type { AzureCloud } from "./catalog/azure-kms";
export type { KMSClientGroupValues, KMSHostValues } from "./rules/args.generated";
export type { Diagnostic, Severity } from "./rules/diagnostic";
export type { ZoneFacts } from "./rules/facts";
