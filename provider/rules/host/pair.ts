import { findHosting, groupsHostedOn } from "../../catalog/hosting";
import { findKeyGroup } from "../../catalog/key-groups";
import { findOperatingSystem } from "../../catalog/operating-systems";
import type { HostFacts } from "../facts";
import { type Verdict, verdict } from "../verdict";

/** The operating system of a KMS host must be one that its product key group can be hosted on (R023 and on). */
export function hostPairVerdicts({ keyGroup, os }: HostFacts): Verdict[] {
  const group = keyGroup === undefined ? undefined : findKeyGroup(keyGroup);
  const system = os === undefined ? undefined : findOperatingSystem(os);
  if (group === undefined || system === undefined || findHosting(group, system.name) !== undefined) {
    return [];
  }
  const hosts = [...new Set(group.hosts.map((host) => host.os))].join(", ");
  const own = groupsHostedOn(system.name).filter(({ application }) => application === group.application);
  const hint =
    own.length === 0
      ? `${system.name} can host no group of the catalogue`
      : `${system.name} can host ${own.map(({ name }) => `"${name}"`).join(", ")}`;
  return [
    verdict("KMS2004", "error", "keyGroup", { given: group.name, os: system.name, allowed: hosts, hint }),
  ];
}
