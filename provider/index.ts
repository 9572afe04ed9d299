export { KeyGroup, OperatingSystem } from "./catalog/names";
export type { DnsUpdateZoneArgs, TsigKeyArgs } from "./host/dns-update-args";
export { KmsError } from "./errors/kms-error";
export { KMSClientGroup } from "./group/kms-client-group";
export type {
  AzureKmsRoutesArgs,
  KMSClientGroupArgs,
  KMSClientVmsArgs,
  KMSRolloutArgs,
} from "./group/kms-client-group-args";
export { KMSHost } from "./host/kms-host";
export type {
  ActivationsSpentArgs,
  HostLimitExceptionArgs,
  KMSHostArgs,
  KMSHostSrvRecordArgs,
  PrivateZoneArgs,
} from "./host/kms-host-args";
export type { KMSHostLookupArgs } from "./host/kms-host-lookup-args";
export type { MachineImageArgs, MachineNetworkArgs } from "./args/machine-facts-args";
export type { MemberCounts as KMSClientCounts } from "./activation/member-counts";
export type { MemberStatus as KMSClientStatus } from "./activation/client-outcome";
export type { StoredMember as KMSClientMember } from "./dynamic/stored-members";
export type { KMSClientScaleSetArgs } from "./group/scale-set-args";
export type { OfficeKeyState } from "./activation/office-key-state";
export type { KMSHostOfficeKeyArgs } from "./host/office-key-args";
export type { SshMachineArgs, SshServerArgs } from "./args/ssh-args";
export type { WindowsVmArgs } from "./vm/windows-vm";
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
export type { ProgramToValidate, ResourceVerdict } from "./rules/validate";
export { validate } from "./rules/validate";
export type { Tolerance } from "./rules/settle";
export type { Severity, Verdict } from "./rules/verdict";
