import type { GroupFacts, HostFacts } from "./facts";
import type { ProgramIndex } from "./program-index";

/** The known KMS hosts of a group, each with its place in the group's arguments. */
export function hostsOf(group: GroupFacts, index: ProgramIndex): { host: HostFacts; path: string }[] {
  return group.hosts.flatMap((name, place) => {
    const host = index.host(name);
    return host === undefined ? [] : [{ host, path: `hosts[${place}]` }];
  });
}
