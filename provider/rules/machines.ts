import { images } from "../catalog/images";
import { officeNameOf } from "../catalog/key-groups";
import { findOperatingSystem } from "../catalog/operating-systems";
import { groupThreshold } from "./counts";
import { effectiveDiscovery } from "./discovery";
import type { GroupFacts, ScaleSetFacts } from "./facts";
import type { ProgramIndex } from "./program-index";
import { diagnostic, type Diagnostic } from "./diagnostic";

/**
 * Exactly one machine source is given.
 * @param values the arguments as far as they are known
 * @param unknownPaths paths of the arguments that are given, but not known yet
 * @param sources names of the arguments that name machines
 */
export function machineSourceDiagnostics(
  values: Record<string, unknown>,
  unknownPaths: ReadonlySet<string>,
  sources: readonly string[],
): Diagnostic[] {
  const given = sources.filter((source) => values[source] !== undefined || unknownPaths.has(source));
  const allowed = sources.join(", ");
  if (given.length === 0) {
    return [diagnostic("KMS1004", "error", "", { allowed })];
  }
  return given.length === 1
    ? []
    : [diagnostic("KMS1005", "error", given[1], { given: given.join(" and "), allowed })];
}

/** A machine belongs to one group, once; one of Windows, and one for each product of Office that it has. */
export function sameMachineDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { azureVmIds = [], sshServers = [], scaleSet } = group;
  const machines = [
    ...azureVmIds.map((machine, place) => ({ machine, path: `azureVmIds[${place}]` })),
    ...sshServers.map((machine, place) => ({ machine, path: `ssh[${place}].host` })),
    ...(scaleSet?.id === undefined ? [] : [{ machine: scaleSet.id, path: "scaleSetId" }]),
  ];
  const seen = new Set<string>();
  return machines.flatMap(({ machine, path }) => {
    if (seen.has(machine.toLowerCase())) {
      return [diagnostic("KMS2217", "error", path, { given: machine, group: group.name })];
    }
    seen.add(machine.toLowerCase());
    const first = index.groupsWithMachine(machine).find((other) => licenseOf(other) === licenseOf(group));
    return first === undefined || first === group
      ? []
      : [diagnostic("KMS2217", "error", path, { given: machine, group: first.name })];
  });
}

/** What the group activates on a machine. */
const licenseOf = ({ office, edition }: GroupFacts) =>
  office === undefined ? "" : `${officeNameOf(office)}\n${edition ?? ""}`;

/** What is different for members that are instances of a scale set. */
export function scaleSetDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const { scaleSet, autoscaled = false } = group;
  if (scaleSet === undefined) {
    return autoscaled ? [diagnostic("KMS2263", "error", "autoscaled", {})] : [];
  }
  return [
    ...countDiagnostics(group),
    ...(scaleSet.uniform === true || autoscaled ? oneHostDiagnostics(group, index) : []),
    ...(scaleSet.uniform === true && scaleSet.rollout === true
      ? [diagnostic("KMS2262", "warning", "rollout", {})]
      : []),
    ...outboundDiagnostics(group, scaleSet),
  ];
}

function countDiagnostics(group: GroupFacts): Diagnostic[] {
  if (group.azureKms === true || group.count !== undefined) {
    return [];
  }
  const [property, given] =
    group.autoscaled === true
      ? ["autoscaled", "an autoscaler sets the number of members"]
      : [
          group.scaleSet?.created === true ? "scaleSet.capacity" : "scaleSetId",
          "the number of members is not known",
        ];
  return [diagnostic("KMS2260", "info", property, { given, threshold: groupThreshold(group) })];
}

/** The model of a scale set has one command for all instances, so none can be pinned to a host of its own. */
function oneHostDiagnostics(group: GroupFacts, index: ProgramIndex): Diagnostic[] {
  const [host, ...others] = new Set(group.hosts);
  return others.length > 0 && effectiveDiscovery(group, index).discovery === "host"
    ? [diagnostic("KMS2261", "warning", "discovery", { host, given: others.join(", ") })]
    : [];
}

/** Source: learn.microsoft.com default-outbound-access. */
function outboundDiagnostics({ azureKms, network }: GroupFacts, { uniform }: ScaleSetFacts): Diagnostic[] {
  return azureKms === true && uniform === false && (network?.outbound ?? "none") === "none"
    ? [diagnostic("KMS2264", "warning", "network.outbound", {})]
    : [];
}

/** The arguments that these rules look at, as far as they are known. */
interface SshHostValues {
  ssh?: unknown;
  srvRecords?: { privateZone?: { subscriptionId?: string }; addressRecord?: boolean }[];
}

/** What can't be worked out for a KMS host over SSH: its address in its own network, and a subscription. */
export function sshHostDiagnostics(
  values: Record<string, unknown>,
  unknownPaths: ReadonlySet<string>,
): Diagnostic[] {
  const { ssh, srvRecords = [] } = values as SshHostValues;
  if (ssh === undefined) {
    return [];
  }
  return srvRecords.flatMap(({ privateZone, addressRecord }, place) => {
    const path = `srvRecords[${place}]`;
    const subscription = `${path}.privateZone.subscriptionId`;
    const lacksSubscription =
      privateZone !== undefined &&
      privateZone.subscriptionId === undefined &&
      !unknownPaths.has(subscription);
    return [
      ...(lacksSubscription ? [diagnostic("KMS3281", "error", subscription, {})] : []),
      ...(addressRecord === true ? [diagnostic("KMS3282", "error", `${path}.addressRecord`, {})] : []),
    ];
  });
}

/** Managed run commands reach Azure machines, but not of every operating system. */
export function runCommandDiagnostics({ azure, os }: Pick<GroupFacts, "azure" | "os">): Diagnostic[] {
  const system = os === undefined ? undefined : findOperatingSystem(os);
  const own = images().filter((image) => image.os === system?.name);
  return azure === true &&
    system !== undefined &&
    own.length > 0 &&
    own.every(({ managedRunCommand }) => !managedRunCommand)
    ? [diagnostic("KMS2236", "warning", "os", { given: system.name })]
    : [];
}
