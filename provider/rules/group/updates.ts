import { findOperatingSystem } from "../../catalog/operating-systems";
import { type RequiredUpdate, requiredUpdates, updateStatus } from "../../catalog/updates";
import type { GroupFacts, HostFacts } from "../facts";
import { hostsOf } from "../hosts-of";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/**
 * Updates that a KMS host needs for these clients (R019, R099 to R104): met by the update, by a later one, or by the
 * build; a build that is too low is an error, what is not known a warning.
 */
export function updatesVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  const client = group.os === undefined ? undefined : findOperatingSystem(group.os);
  if (client === undefined || group.office !== undefined) {
    return [];
  }
  return hostsOf(group, index).flatMap(({ host, path }) => {
    const needed = host.os === undefined ? [] : requiredUpdates(host.os, client.name);
    return needed.flatMap((update) => updateVerdicts(update, host, path, client.name));
  });
}

function updateVerdicts(update: RequiredUpdate, host: HostFacts, path: string, client: string): Verdict[] {
  const status = updateStatus(update, { kbs: host.updates, build: host.osBuild });
  if (status === "met") {
    return [];
  }
  const values = {
    host: host.name,
    os: host.os ?? "",
    client,
    kb: update.kb,
    released: update.released ?? "an unknown date",
    build: update.minimumBuild === undefined ? "" : `, or osBuild: "${update.minimumBuild}" or later`,
    given: host.osBuild ?? (host.updates ?? []).join(", "),
  };
  if (status === "missing") {
    return [verdict("KMS2206", "error", path, values)];
  }
  return [verdict(host.updates === undefined ? "KMS2207" : "KMS2208", "warning", path, values)];
}
