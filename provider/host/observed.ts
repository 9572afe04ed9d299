import { findOperatingSystem } from "../catalog/operating-systems";
import { KmsError } from "../errors/kms-error";
import { hostKeyChannel, licenseStatusName, number, text } from "../machine/licensing-answer";
import type { LicensingAnswer } from "../machine/licensing-plan";

/** What was seen on a KMS host. */
export interface HostState {
  /** SMBIOS UUID: what Microsoft's activation service knows the machine by. */
  machineId: string;
  computerName: string;
  /** AD domain, or "" in a workgroup. */
  domain: string;
  osBuild: string;
  editionId: string;
  partialProductKey: string;
  productKeyChannel: string;
  licenseStatus: string;
  /** What Microsoft is told on the telephone; "" without a product key that can be activated so. */
  installationId: string;
  /** Requests counted in the last 30 days; 0 before the first. */
  currentCount: number;
  port: number;
  activationIntervalMinutes: number;
  renewalIntervalMinutes: number;
  lowPriority: boolean;
  dnsPublishing: boolean;
  /** State of the Windows feature VolumeActivation. */
  role: string;
  /** State of the inbound rule: `absent`, or `enabled:1688:Domain,Private`. */
  firewall: string;
  /** The machine's own clock, ISO 8601. */
  utc: string;
}

/** Windows feature that carries the volume activation tools. Source: learn.microsoft.com kms-create-host. */
export const kmsFeature = "VolumeActivation";

/** Count that the CIM classes give before the first request, as an unsigned 32-bit number. Source: SoftwareLicensingService reference. */
const noCount = 0xffffffff;

/** Port 0 stands for the default. Source: facts on SoftwareLicensingService.KeyManagementServiceListeningPort. */
const defaultPort = 1688;

/** The inbound rule of the KMS host on this port: Windows' own for the default port, ours for another. */
export function firewallRuleName(port: number): string {
  return port === defaultPort ? "SPPSVC-In-TCP" : "pulumi-windows-kms-In-TCP";
}

/** What the licensing script reads on a KMS host. */
export function hostReadList(port: number) {
  return {
    service: [
      "KeyManagementServiceListeningPort",
      "KeyManagementServiceLowPriority",
      "KeyManagementServiceDnsPublishing",
      "VLActivationInterval",
      "VLRenewalInterval",
    ],
    product: [
      "ID",
      "PartialProductKey",
      "ProductKeyChannel",
      "LicenseStatus",
      "LicenseStatusReason",
      "OfflineInstallationId",
      "KeyManagementServiceCurrentCount",
    ],
    features: [kmsFeature],
    firewall: [firewallRuleName(port)],
    events: false,
  };
}

/** Reads the state of a KMS host off the script's answer. */
export function hostState(answer: LicensingAnswer, port: number): HostState {
  const { machine, service } = answer;
  const product = answer.product ?? {};
  const count = number(product.KeyManagementServiceCurrentCount);
  return {
    machineId: machine.uuid,
    computerName: machine.name,
    domain: machine.domain,
    osBuild: machine.osBuild,
    editionId: machine.editionId,
    partialProductKey: text(product.PartialProductKey),
    productKeyChannel: text(product.ProductKeyChannel),
    licenseStatus: licenseStatusName(number(product.LicenseStatus)),
    installationId: text(product.OfflineInstallationId),
    currentCount: count === noCount || count < 0 ? 0 : count,
    port: number(service.KeyManagementServiceListeningPort) || defaultPort,
    activationIntervalMinutes: number(service.VLActivationInterval),
    renewalIntervalMinutes: number(service.VLRenewalInterval),
    lowPriority: service.KeyManagementServiceLowPriority === true,
    dnsPublishing: service.KeyManagementServiceDnsPublishing !== false,
    role: answer.features[kmsFeature] ?? "unsupported",
    firewall: answer.firewall[firewallRuleName(port)] ?? "absent",
    utc: machine.utc,
  };
}

/** Whether the machine is activated with the KMS host key of this ending. */
export const isLicensedWith = (
  ending: string,
  { licenseStatus, partialProductKey, productKeyChannel }: HostState,
) => licenseStatus === "Licensed" && partialProductKey === ending && productKeyChannel === hostKeyChannel;

/** Registry EditionID of Windows Server Azure Edition. */
const azureEdition = /^ServerTurbine/i;

/** Registry EditionID of an evaluation edition ends so. */
const evaluationEdition = /Eval(Cor)?$/i;

/**
 * Refuses a machine that cannot become the KMS host that the program declares, before anything on it is changed.
 * @throws KmsError KMS4006 another operating system, KMS4007 evaluation edition, KMS4008 Azure Edition
 */
export function refuseMachine(state: HostState, declared: { os: string }): void {
  const { computerName: machine, editionId } = state;
  const build = Number(state.osBuild.split(".")[0]);
  const expected = findOperatingSystem(declared.os)?.builds ?? [];
  if (expected.length > 0 && !expected.includes(build)) {
    const values = { machine, given: state.osBuild, os: declared.os, allowed: expected.join(" or ") };
    throw new KmsError("KMS4006", { property: "os", values });
  }
  if (evaluationEdition.test(editionId)) {
    throw new KmsError("KMS4007", { values: { machine, given: editionId } });
  }
  if (azureEdition.test(editionId)) {
    throw new KmsError("KMS4008", { values: { machine, given: editionId } });
  }
}

/** What is known of the host key of one Office version. */
export interface OfficeKeyState {
  /** Full name of the Office version. */
  office: string;
  /** Last five characters of the installed host key; "" where the machine was not looked at. */
  partialProductKey: string;
  /**
   * `Licensed` when the key is activated, `AwaitingConfirmation` before the confirmation ID is given, `NotObserved` for
   * one of a host that `KMSHost.get` knows by its name alone; else Windows' own status.
   */
  licenseStatus: string;
  /** What Microsoft's telephone line is told, with activation `offline`; "" otherwise. */
  installationId: string;
  /** Machines that asked for this version in the last 30 days, when the host was last looked at. */
  currentCount: number;
}
