import { limits } from "pulumi-windows-kms/bin/provider/testing";
import { millisecondsPerMinute } from "./clock";
import { countRequest, currentCount, emptyCountCache } from "./count-cache";
import { logClientRequest } from "./client-log";
import { passes } from "./firewall";
import { hresults } from "./hresults";
import { type MachineSystem, serves } from "./license";
import { licenseState, licenseStatus } from "./licensing-state";
import { installedProducts, isHostProduct, type WindowsMachine } from "./windows-machine";

/** What a KMS client sends to the KMS host. */
export interface KmsRequest {
  /** The client's full name. */
  clientName: string;
  clientMachineId: string;
  system: MachineSystem;
  /** Full name of the Office version that is to be activated; undefined for Windows. */
  office?: string;
  /** Count that the client needs. */
  requiredCount: number;
  /** LicenseStatus of the client. */
  licenseStatus: number;
  /** The client's own clock. */
  time: number;
}

/** What the KMS host answers: the count and the intervals, or why it does not serve this client. */
export type KmsAnswer =
  { count: number; activationMinutes: number; renewalMinutes: number } | { refused: string };

/** A KMS host refuses clients whose clock is further off. */
const toleratedSkewMilliseconds = limits.clockSkewHours * 60 * millisecondsPerMinute;

/** The machine's own time. */
export const ownTime = (machine: WindowsMachine, now: number) =>
  now + machine.conditions.clockSkewMinutes * millisecondsPerMinute;

/** The license of Windows that a KMS host answers with: the former one until Windows looks at its licenses again. */
const servingProduct = ({ product, formerHost }: WindowsMachine) => formerHost ?? product;

/** Port that the KMS service listens on: a stored one counts from the start of the service on. */
export const listeningPort = ({ effectiveSettings }: WindowsMachine) =>
  effectiveSettings.listeningPort || limits.kmsPort;

/** Ports on which Windows listens itself: RPC and file sharing. No other service gets them. */
const portsOfWindows = new Set([135, 445]);

/**
 * Whether a connection from the network finds the KMS service on this port.
 * @param local whether it comes from the host's own subnet
 */
export function listensOn(host: WindowsMachine, port: number, local: boolean): boolean {
  const profile = host.spec.networkProfile ?? "Public";
  return (
    host.running &&
    (host.formerHost !== undefined || installedProducts(host).some(isHostProduct)) &&
    listeningPort(host) === port &&
    !portsOfWindows.has(port) &&
    !host.conditions.ignoredFirewallProfiles.includes(profile) &&
    passes(host.firewall, { port, profile, local })
  );
}

/** Counts the client, unless it is refused, and answers it. */
export function answerRequest(host: WindowsMachine, request: KmsRequest, now: number): KmsAnswer {
  const answer = countedAnswer(host, request, now);
  const refused = "refused" in answer ? answer.refused : undefined;
  const tooFew = !("refused" in answer) && answer.count < request.requiredCount;
  logClientRequest(host, request, refused ?? (tooFew ? hresults.notEnoughCount : undefined), now);
  return answer;
}

function countedAnswer(host: WindowsMachine, request: KmsRequest, now: number): KmsAnswer {
  host.requests.total += 1;
  host.requests.byLicenseStatus[request.licenseStatus] += 1;
  const refused = refusal(host, request, now);
  if (refused !== undefined) {
    host.requests.failed += 1;
    return { refused };
  }
  const counter = officeKeyFor(host, request)?.office ?? host;
  counter.counted = countRequest(counter.counted, request.clientMachineId, request.requiredCount, now);
  const { activationIntervalMinutes, renewalIntervalMinutes } = host.effectiveSettings;
  return {
    count: currentCount(counter.counted, now),
    activationMinutes: activationIntervalMinutes,
    renewalMinutes: renewalIntervalMinutes,
  };
}

/** The host key of the Office version that is asked for; each version has its own, with its own count. */
const officeKeyFor = (host: WindowsMachine, { office }: KmsRequest) =>
  host.office.products.find((product) => isHostProduct(product) && product.office.version === office);

function refusal(host: WindowsMachine, request: KmsRequest, now: number): string | undefined {
  const product = request.office === undefined ? servingProduct(host) : officeKeyFor(host, request);
  if (request.office !== undefined && product === undefined) {
    return hresults.kmsCannotServeProduct;
  }
  if (product === undefined || licenseState(product, now).status !== licenseStatus.licensed) {
    return hresults.kmsNotActivated;
  }
  const hostIsClientSystem = host.spec.productType === 1;
  if (request.office === undefined && hostIsClientSystem && request.system.productType !== 1) {
    return hresults.kmsCannotServeProduct;
  }
  if (request.office === undefined && !serves(product.license.keyGroup, host.spec, request.system)) {
    return hresults.kmsCannotServeProduct;
  }
  return Math.abs(request.time - ownTime(host, now)) > toleratedSkewMilliseconds
    ? hresults.invalidTimestamp
    : undefined;
}

/**
 * Azure's own KMS has counted enough machines for everybody: the first that asks is activated.
 * Source: learn.microsoft.com activation-error-0xc004f038.
 */
export const answerAsAzure = ({ requiredCount }: KmsRequest): KmsAnswer => ({
  count: requiredCount,
  activationMinutes: limits.activationIntervalMinutes,
  renewalMinutes: limits.renewalIntervalMinutes,
});

/** What Windows on an activated KMS host does at its activation and at the start of the service, unless it is told not to. */
export function publishRecord(machine: WindowsMachine, now: number): void {
  const { product, effectiveSettings, published } = machine;
  if (
    product !== undefined &&
    isHostProduct(product) &&
    effectiveSettings.dnsPublishing &&
    licenseState(product, now).status === licenseStatus.licensed
  ) {
    machine.published = { times: published.times + 1, port: listeningPort(machine) };
  }
}

/** Windows looks at its licenses again. */
export function refreshLicenses(machine: WindowsMachine): void {
  machine.formerHost = undefined;
  installedProducts(machine).forEach((product) => (product.unrefreshed = undefined));
}

/**
 * The licensing service starts: it reads its settings and licenses, begins to count anew, and publishes the host.
 * Source: Microsoft's slmgr, learn.microsoft.com previous-versions ff793409.
 */
export function startService(machine: WindowsMachine, now: number): void {
  refreshLicenses(machine);
  machine.effectiveSettings = { ...machine.hostSettings };
  machine.counted = emptyCountCache;
  machine.office.products.forEach(({ office }) => (office.counted = emptyCountCache));
  publishRecord(machine, now);
}
