import { limits } from "../../catalog/limits";
import { effectiveDiscovery } from "../effective-discovery";
import { askedHosts } from "../expected-count";
import type { GroupFacts } from "../facts";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/** A host that stands by in SRV priority counts nobody, so after a failover the first machines are refused. */
export function standbyVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  if (effectiveDiscovery(group, index).discovery === "host") {
    return [];
  }
  const asked = new Set(askedHosts(group, index));
  return group.hosts.flatMap((name, place) =>
    asked.has(name)
      ? []
      : [
          verdict("KMS2215", "warning", `hosts[${place}]`, {
            host: name,
            refused: limits.clientThreshold - 1,
          }),
        ],
  );
}
