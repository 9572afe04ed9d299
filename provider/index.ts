export { KeyGroup, OperatingSystem } from "./catalog/names.generated";
export type { DnsUpdateZoneArgs, TsigKeyArgs } from "./host/old-args";
export { KmsError } from "./errors/kms-error";
export { KMSClientGroup } from "./group/kms-client-group";

export type {
  AzureKmsRoutesArgs,
  KMSClientGroupArgs,
  KMSClientVmsArgs,
  KMSRolloutArgs,
} from "./group/old-args";

export { KMSHost } from "./host/kms-host";

export type {
  ActivationsSpentArgs,
  HostLimitExceptionArgs,
  KMSHostArgs,
  KMSHostSrvRecordArgs,
  PrivateZoneArgs,
} from "./host/old-args";

export type { KMSHostLookupArgs } from "./host/old-args";
export type { MachineImageArgs, MachineNetworkArgs } from "./component/old-args";
export type { MemberCounts as KMSClientCounts } from "./group/member";
export type { MemberStatus as KMSClientStatus } from "./group/member";
export type { StoredMember as KMSClientMember } from "./group/state";
export type { KMSClientScaleSetArgs } from "./group/old-args";
export type { OfficeKeyState } from "./host/observed";
export type { KMSHostOfficeKeyArgs } from "./host/old-args";
export type { SshMachineArgs, SshServerArgs } from "./component/old-args";
export type { WindowsVmArgs } from "./host/windows-vm-args";
export type { AzureCloud } from "./catalog/azure-kms";

export type {
  AzureKmsRoutesFacts,
  GroupFacts,
  HostFacts,
  ImageFacts,
  NetworkFacts,
  OfficeKeyFacts,
  ScaleSetFacts,
  SrvRecordFacts,
  ZoneFacts,
} from "./rules/facts";

export type { ProgramToValidate, ResourceDiagnostic } from "./rules/validate";
export { validate } from "./rules/validate";
export type { Tolerance } from "./rules/diagnostic";
export type { Severity, Diagnostic } from "./rules/diagnostic";
