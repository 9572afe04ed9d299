import { limits } from "../../catalog/limits";
import { millisecondsPerMinute } from "./clock";
import { countRequest, currentCount } from "./count-cache";
import { passes } from "./firewall";
import { hresults } from "./hresults";
import { serves } from "./key-group-rules";
import { licenseState, licenseStatus } from "./license-state";
import type { MachineSystem } from "./license";
import { isKmsHost, type WindowsMachine } from "./windows-machine";

/** What a KMS client tells the KMS host. */
export interface KmsRequest {
  clientMachineId: string;
  system: MachineSystem;
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
  now + (machine.spec.clockSkewMinutes ?? 0) * millisecondsPerMinute;

/** Whether a connection from the network finds the KMS service on this port. */
export function listensOn(host: WindowsMachine, port: number): boolean {
  return (
    host.running &&
    isKmsHost(host) &&
    (host.hostSettings.listeningPort || limits.kmsPort) === port &&
    passes(host.firewall, port, host.spec.networkProfile ?? "Public")
  );
}

/** Counts the client, unless it is refused, and answers it. */
export function answerRequest(host: WindowsMachine, request: KmsRequest, now: number): KmsAnswer {
  host.requests.total += 1;
  host.requests.byLicenseStatus[request.licenseStatus] += 1;
  const refused = refusal(host, request, now);
  if (refused !== undefined) {
    host.requests.failed += 1;
    return { refused };
  }
  host.counted = countRequest(host.counted, request.clientMachineId, request.requiredCount, now);
  const { activationIntervalMinutes, renewalIntervalMinutes } = host.hostSettings;
  return {
    count: currentCount(host.counted, now),
    activationMinutes: activationIntervalMinutes,
    renewalMinutes: renewalIntervalMinutes,
  };
}

function refusal(host: WindowsMachine, request: KmsRequest, now: number): string | undefined {
  const { product } = host;
  if (product === undefined || licenseState(product, now).status !== licenseStatus.licensed) {
    return hresults.kmsNotActivated;
  }
  const hostIsClientSystem = host.spec.productType === 1;
  if (hostIsClientSystem && request.system.productType !== 1) {
    return hresults.kmsCannotServeProduct;
  }
  if (!serves(product.license.keyGroup, host.spec, request.system)) {
    return hresults.kmsCannotServeProduct;
  }
  return Math.abs(request.time - ownTime(host, now)) > toleratedSkewMilliseconds
    ? hresults.invalidTimestamp
    : undefined;
}
