import { limits } from "../../catalog/limits";
import { findOperatingSystem } from "../../catalog/operating-systems";
import { askedHosts, countedMembers, expectedCount, wholeMachines } from "../expected-count";
import type { GroupFacts } from "../facts";
import type { ProgramIndex } from "../program-index";
import { remembered } from "../remembered";
import { type Verdict, verdict } from "../verdict";

/** A host that only met servers remembers 10 machines, so the first client is told 11 at most. */
export function countCacheVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  if (familyOf(group) !== "client" || group.office !== undefined) {
    return [];
  }
  return askedHosts(group, index).flatMap((host) => {
    const machines = serversOf(host, index);
    return machines > limits.countCacheServer
      ? [
          verdict("KMS2214", "info", "hosts", {
            host,
            servers: machines,
            cache: limits.countCacheServer,
            first: limits.countCacheServer + 1,
            expected: wholeMachines(expectedCount(host, index).machines),
          }),
        ]
      : [];
  });
}

const serversOf = remembered((host: string, index): number => {
  const servers = index
    .groupsOf(host)
    .filter((other) => familyOf(other) === "server" && other.office === undefined);
  return servers.reduce((total, other) => total + (countedMembers(other) ?? 0), 0);
});

const familyOf = ({ os }: GroupFacts) => (os === undefined ? undefined : findOperatingSystem(os)?.family);
