import type { ClientActivationOutputs } from "../dynamic/client-activation";
import type { HostActivationOutputs } from "../dynamic/host-activation";
import { expiryWeeks } from "./expiry-weeks";
import { type ExportedStack, stackName, storedResources } from "./exported-stack";
import type { FleetReport, FleetSummary, GroupReport, HostReport } from "./fleet-report";
import { groupReport } from "./group-report";
import { hostReports } from "./host-report";
import { keyReports, type LedgerReading } from "./key-report";
import { countByStatus } from "./member-order";

/** What the hosts and client groups of a stack are like at the time `now`. @throws KmsError KMS9001 */
export function fleetReport(
  exported: ExportedStack,
  readings: readonly LedgerReading[],
  now: Date,
): FleetReport {
  const storedHosts = storedResources<Partial<HostActivationOutputs>>(exported, "HostActivation");
  const storedGroups = storedResources<Partial<ClientActivationOutputs>>(exported, "ClientActivation");
  const hosts = hostReports(storedHosts, storedGroups);
  const groups = storedGroups.map(({ outputs }) => groupReport(outputs));
  return {
    version: 1,
    at: now.toISOString(),
    stack: { ...stackName(exported), updatedAt: exported.deployment.manifest?.time ?? "" },
    summary: summary(hosts, groups, now),
    hosts,
    keys: keyReports(
      storedHosts.map(({ outputs }) => outputs),
      readings,
    ),
    groups,
    expiries: expiryWeeks(groups.flatMap(({ members }) => members)),
  };
}

function summary(hosts: readonly HostReport[], groups: readonly GroupReport[], now: Date): FleetSummary {
  const members = groups.flatMap((group) => group.members);
  const membersByStatus = countByStatus(members);
  const hostsLicensed = hosts.filter(({ status }) => status === "Licensed").length;
  const expiries = members.flatMap(({ expiry }) => (expiry === "" ? [] : [Date.parse(expiry)]));
  const next = expiries
    .filter((expiry) => expiry > now.getTime())
    .reduce((first, expiry) => Math.min(first, expiry), Infinity);
  return {
    hosts: hosts.length,
    hostsLicensed,
    members: members.length,
    membersByStatus,
    machinesMissing: groups.reduce((most, { machinesMissing }) => Math.max(most, machinesMissing), 0),
    expiryPassed: expiries.filter((expiry) => expiry <= now.getTime()).length,
    nextExpiry: next === Infinity ? "" : new Date(next).toISOString(),
    allLicensed: hostsLicensed === hosts.length && (membersByStatus.Licensed ?? 0) === members.length,
  };
}
