import { limits } from "../catalog/limits";
import type { ClientActivationOutputs } from "../dynamic/client-activation";
import type { HostActivationOutputs } from "../dynamic/host-activation";
import type { StoredResource } from "./exported-stack";
import type { HostReport, ThresholdReport } from "./fleet-report";
import { isHidden, plainNumber, plainText, plainTexts } from "./plain-value";

type StoredHost = StoredResource<Partial<HostActivationOutputs>>;
type StoredGroup = StoredResource<Partial<ClientActivationOutputs>>;

/** The KMS hosts of a stack, as the stack knows them. */
export function hostReports(hosts: readonly StoredHost[], groups: readonly StoredGroup[]): HostReport[] {
  return hosts.map((host) => {
    const count = Math.max(plainNumber(host.outputs.currentCount), countAnswered(host, hosts, groups));
    return { ...ownReport(host.outputs), count, ...thresholds(count) };
  });
}

function ownReport(outputs: Partial<HostActivationOutputs>) {
  return {
    name: plainText(outputs.name),
    machine: plainText(outputs.computerName),
    domain: plainText(outputs.domain),
    place: placeOf(outputs),
    os: plainText(outputs.os),
    keyGroup: plainText(outputs.keyGroup),
    keyEnding: plainText(outputs.keyEnding),
    status: plainText(outputs.licenseStatus),
    activatedAt: plainText(outputs.activationTime),
    drift: plainTexts(outputs.drift),
  };
}

const thresholds = (count: number) => ({
  servers: thresholdReport(limits.serverThreshold, count),
  windowsClients: thresholdReport(limits.clientThreshold, count),
});

const thresholdReport = (threshold: number, count: number): ThresholdReport => ({
  threshold,
  missing: Math.max(0, threshold - count),
});

/** The address over SSH is kept secret as a whole, so that there is no place to show. */
function placeOf({ azureVmId, ssh }: Partial<HostActivationOutputs>): string {
  const id = plainText(azureVmId);
  if (id === "") {
    return isHidden(ssh) ? "" : plainText((ssh as { host?: unknown } | undefined)?.host);
  }
  const parts = id.split("/");
  return parts.length > 8 ? `${parts[4]}/${parts[8]}` : id;
}

/**
 * A host is looked at before its clients ask it, so that the counts it answered them with are newer until the next
 * refresh. They tell the host by name only: of several machines of one name nothing is known.
 */
function countAnswered(
  host: StoredHost,
  hosts: readonly StoredHost[],
  groups: readonly StoredGroup[],
): number {
  const machine = machineName(plainText(host.outputs.computerName));
  const namesakes = hosts.filter(({ outputs }) => machineName(plainText(outputs.computerName)) === machine);
  if (machine === "" || namesakes.length > 1) {
    return 0;
  }
  return groups
    .filter(({ modified, outputs }) => modified >= host.modified && Array.isArray(outputs.members))
    .flatMap(({ outputs }) => outputs.members!)
    .filter((member) => machineName(plainText(member.host)) === machine)
    .reduce((highest, member) => Math.max(highest, plainNumber(member.count)), 0);
}

const machineName = (name: string) => name.toLowerCase().split(".", 1)[0];
