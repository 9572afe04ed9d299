/**
 * Closed sets of strings that arguments and outputs take. Each is a constant with a type of the same name; a program
 * may also write the plain string.
 */

/** How a client finds its KMS host. */
export const Discovery = {
  /** By SRV records in DNS. */
  Dns: "dns",
  /** By the name of a KMS host that is set on the client. */
  FixedHost: "fixedHost",
} as const;
export type Discovery = (typeof Discovery)[keyof typeof Discovery];

/** How a KMS host key is activated. */
export const ActivationMode = {
  /** Over the Internet. */
  Online: "online",
  /** By telephone, in two updates: the first reports an installation ID, the second takes the confirmation ID. */
  Offline: "offline",
  /** The key is installed and not activated. */
  None: "none",
} as const;
export type ActivationMode = (typeof ActivationMode)[keyof typeof ActivationMode];

/** Who writes the SRV record of a KMS host. */
export const RecordPublisher = {
  /** This package. */
  Package: "package",
  /** Windows on the KMS host, by dynamic update. */
  Windows: "windows",
} as const;
export type RecordPublisher = (typeof RecordPublisher)[keyof typeof RecordPublisher];

/** What happens to a client that leaves its group. */
export const OnRemove = {
  /** The client stays as it is. */
  Leave: "leave",
  /** The fixed KMS host and the lookup domain are cleared on the client. */
  ClearKmsHost: "clearKmsHost",
} as const;
export type OnRemove = (typeof OnRemove)[keyof typeof OnRemove];

/** What an unreachable member means for a rollout. */
export const UnreachablePolicy = {
  /** The member is listed at the end. */
  Warn: "warn",
  /** The member counts as failed. */
  Fail: "fail",
} as const;
export type UnreachablePolicy = (typeof UnreachablePolicy)[keyof typeof UnreachablePolicy];

/** Network profiles of Windows Defender Firewall. */
export const FirewallProfile = {
  Domain: "Domain",
  Private: "Private",
  Public: "Public",
} as const;
export type FirewallProfile = (typeof FirewallProfile)[keyof typeof FirewallProfile];

/** Orchestration modes of a virtual machine scale set. */
export const OrchestrationMode = {
  /** Instances are virtual machines that the rollout configures by run commands. */
  Flexible: "Flexible",
  /** Azure configures the instances by an extension of the scale set's model. */
  Uniform: "Uniform",
} as const;
export type OrchestrationMode = (typeof OrchestrationMode)[keyof typeof OrchestrationMode];

/** How machines of a subnet reach the Internet. */
export const OutboundAccess = {
  None: "none",
  NatGateway: "natGateway",
  LoadBalancer: "loadBalancer",
  Firewall: "firewall",
  PublicAddress: "publicAddress",
} as const;
export type OutboundAccess = (typeof OutboundAccess)[keyof typeof OutboundAccess];

/** Azure's next hop types of a route. */
export const NextHopType = {
  Internet: "Internet",
  VirtualAppliance: "VirtualAppliance",
  VirtualNetworkGateway: "VirtualNetworkGateway",
  VnetLocal: "VnetLocal",
  None: "None",
} as const;
export type NextHopType = (typeof NextHopType)[keyof typeof NextHopType];

/** Storage types of an operating system disk. */
export const OsDiskType = {
  StandardLrs: "Standard_LRS",
  StandardSsdLrs: "StandardSSD_LRS",
  StandardSsdZrs: "StandardSSD_ZRS",
  PremiumLrs: "Premium_LRS",
  PremiumZrs: "Premium_ZRS",
} as const;
export type OsDiskType = (typeof OsDiskType)[keyof typeof OsDiskType];

/** Azure licence types of a Windows machine; they change billing, not activation. */
export const LicenseType = {
  WindowsServer: "Windows_Server",
  WindowsClient: "Windows_Client",
  None: "None",
} as const;
export type LicenseType = (typeof LicenseType)[keyof typeof LicenseType];

/** Algorithms of a key that signs DNS updates (TSIG, RFC 8945). */
export const TsigAlgorithm = {
  HmacSha256: "hmac-sha256",
  HmacSha384: "hmac-sha384",
  HmacSha512: "hmac-sha512",
} as const;
export type TsigAlgorithm = (typeof TsigAlgorithm)[keyof typeof TsigAlgorithm];

/** Where a member of a client group stands. */
export const MemberStatus = {
  Licensed: "Licensed",
  /** The path to the KMS host works, but its count is below the threshold. */
  Pending: "Pending",
  Failed: "Failed",
  /** The virtual machine is stopped or deallocated. */
  Off: "Off",
  /** The member did not answer. */
  Unreachable: "Unreachable",
  /** At the last refresh the member was not in the desired state. */
  Drifted: "Drifted",
  /** The rollout stopped before it reached the member. */
  NotStarted: "NotStarted",
} as const;
export type MemberStatus = (typeof MemberStatus)[keyof typeof MemberStatus];

/** Status of the license of a KMS host key: Windows' own, and two for what Windows has no name for. */
export const LicenseStatus = {
  /** The key is activated. */
  Licensed: "Licensed",
  Unlicensed: "Unlicensed",
  OutOfBoxGrace: "OOBGrace",
  OutOfToleranceGrace: "OOTGrace",
  NonGenuineGrace: "NonGenuineGrace",
  Notification: "Notification",
  ExtendedGrace: "ExtendedGrace",
  /** The key is installed, and its confirmation ID from Microsoft's telephone activation is awaited. */
  AwaitingConfirmation: "AwaitingConfirmation",
  /** Nobody has looked at the machine: the host is known by its name alone. */
  NotObserved: "NotObserved",
} as const;
export type LicenseStatus = (typeof LicenseStatus)[keyof typeof LicenseStatus];
