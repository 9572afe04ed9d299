import { officeNameOf } from "../catalog/key-groups";
import { limits } from "../catalog/limits";
import { type HostActivationOutputs, notObserved } from "../host/state";
import {
  isHidden,
  present,
  type Stored,
  type StoredComponent,
  storedDiagnostics,
  storedNumber,
  type StoredResource,
  storedText,
  storedTexts,
  storedTime,
} from "./exported-stack";
import type { HostReport, OfficeReport, ThresholdReport } from "./fleet-report";
import { type StoredGroup, storedMembers } from "./group-reports";

/** A KMS host of a stack with its activations: one for each of its keys. */
export type StoredHost = StoredComponent<HostActivationOutputs>;

type HostActivation = StoredResource<Stored<HostActivationOutputs>>;

/** The KMS hosts of a stack, as the stack knows them. */
export function hostReports(hosts: readonly StoredHost[], groups: readonly StoredGroup[]): HostReport[] {
  const countOf = countsIn(hosts, groups);
  return hosts.map((host) => hostReport(host, countOf));
}

/** The activation of the key of Windows; the others are those of Office versions. */
const isOfWindows = ({ outputs }: HostActivation) => outputs.activationId === undefined;

function hostReport(
  { name, outputs, activations }: StoredHost,
  countOf: (activation: HostActivation) => number | undefined,
): HostReport {
  const windows = activations.find(isOfWindows);
  const machine = (windows ?? activations[0])?.outputs ?? {};
  // A read-only host with keys of Office alone need not have one of Windows.
  const key = windows?.outputs.keyRequired === false ? undefined : windows;
  const currentCount = key && countOf(key);
  return present({
    name,
    readOnly: machine.readOnly === true,
    computerName: storedText(machine.computerName),
    domain: storedText(machine.domain),
    fqdn: storedText(outputs.fqdn),
    azureVmId: storedText(machine.azureVmId),
    ssh: sshHost(machine.ssh),
    os: storedText(machine.foundOs) ?? storedText(machine.os),
    edition: storedText(machine.foundEdition) ?? storedText(machine.edition),
    keyGroup: storedText(key?.outputs.keyGroup),
    partialProductKey: storedText(key?.outputs.partialProductKey),
    licenseStatus: storedText(key?.outputs.licenseStatus),
    currentCount,
    servers: thresholdReport(limits.serverThreshold, currentCount),
    windowsClients: thresholdReport(limits.clientThreshold, currentCount),
    activatedAt: storedTime(key?.outputs.activatedAt),
    officeStates: activations
      .filter((activation) => !isOfWindows(activation))
      .map((activation) => officeReport(activation, countOf(activation))),
    drift: activations.flatMap((activation) => storedTexts(activation.outputs.drift)),
    diagnostics: storedDiagnostics(outputs.diagnostics),
  });
}

const officeReport = ({ outputs }: HostActivation, currentCount: number | undefined): OfficeReport =>
  present({
    office: officeOf(outputs),
    partialProductKey: storedText(outputs.partialProductKey),
    licenseStatus: storedText(outputs.licenseStatus) ?? notObserved,
    currentCount,
    clients: thresholdReport(limits.officeThreshold, currentCount),
    activatedAt: storedTime(outputs.activatedAt),
  });

const officeOf = ({ keyGroup }: Stored<HostActivationOutputs>) => officeNameOf(storedText(keyGroup) ?? "");

const thresholdReport = (threshold: number, currentCount: number | undefined): ThresholdReport | undefined =>
  currentCount === undefined ? undefined : { threshold, missing: Math.max(0, threshold - currentCount) };

/** An address over SSH that is secret as a whole tells nothing. */
function sshHost(ssh: unknown): string | undefined {
  const { host, port } = (isHidden(ssh) ? {} : (ssh ?? {})) as { host?: unknown; port?: unknown };
  const name = storedText(host);
  return name === undefined || storedNumber(port) === undefined ? name : `${name}:${storedNumber(port)}`;
}

/**
 * A host is looked at before its clients ask it, so that the counts it answered them with are newer until the next
 * refresh. Clients know the host by name only: of several machines of one name nothing is known.
 */
function countsIn(hosts: readonly StoredHost[], groups: readonly StoredGroup[]) {
  const namesakes = new Map<string, number>();
  for (const { activations } of hosts.filter((host) => host.activations.length > 0)) {
    const machine = machineOf(activations[0]);
    namesakes.set(machine, (namesakes.get(machine) ?? 0) + 1);
  }
  const answers = answersIn(groups);
  return (activation: HostActivation): number | undefined => {
    const own = storedNumber(activation.outputs.currentCount);
    const machine = machineOf(activation);
    const office = isOfWindows(activation) ? "" : officeOf(activation.outputs);
    const newer = (answers.get(`${machine}\n${office}`) ?? [])
      .filter(({ modified }) => machine !== "" && modified >= activation.modified)
      .map(({ count }) => count);
    return own === undefined || namesakes.get(machine) !== 1 ? own : Math.max(own, ...newer);
  };
}

/** The highest count that a host answered the members of each group with, by host and Office version. */
function answersIn(groups: readonly StoredGroup[]) {
  const answers = new Map<string, { modified: string; count: number }[]>();
  for (const { modified, outputs } of groups.flatMap(({ activations }) => activations)) {
    const highest = new Map<string, number>();
    for (const { kmsHost = "", currentCount = 0 } of storedMembers(outputs)) {
      const key = `${machineName(kmsHost)}\n${storedText(outputs.office) ?? ""}`;
      highest.set(key, Math.max(highest.get(key) ?? 0, currentCount));
    }
    for (const [key, count] of highest) {
      answers.set(key, [...(answers.get(key) ?? []), { modified, count }]);
    }
  }
  return answers;
}

const machineOf = ({ outputs }: HostActivation) => machineName(storedText(outputs.computerName) ?? "");
const machineName = (name: string) => name.toLowerCase().split(".", 1)[0];
