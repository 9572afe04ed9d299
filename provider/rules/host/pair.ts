import { findHosting, groupsHostedOn } from "../../catalog/hosting";
import { findKeyGroup } from "../../catalog/key-groups";
import { findOperatingSystem } from "../../catalog/operating-systems";
import type { KeyGroupEntry } from "../../catalog/key-groups";
import { findServing } from "../../catalog/serving";
import type { HostFacts } from "../facts";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/** The operating system of a KMS host must be one that its product key group can be hosted on (R023 and on). */
export function hostPairVerdicts({ name, keyGroup, os }: HostFacts, index: ProgramIndex): Verdict[] {
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
      : `${system.name} can host ${quoted(own)}${keptClients(name, own, index)}`;
  return [
    verdict("KMS2004", "error", "keyGroup", { given: group.name, os: system.name, allowed: hosts, hint }),
  ];
}

const quoted = (groups: KeyGroupEntry[]) => groups.map(({ name }) => `"${name}"`).join(", ");

/** Which of the groups would still activate all clients of the host, whose setup keys then stay as they are. */
function keptClients(host: string, groups: KeyGroupEntry[], index: ProgramIndex): string {
  const clients = index
    .groupsOf(host)
    .filter(({ office }) => office === undefined)
    .flatMap(({ os, edition }) => (os === undefined || edition === undefined ? [] : [{ os, edition }]));
  const serving = groups.filter((group) =>
    clients.every(({ os, edition }) => findServing(group, os, edition) !== undefined),
  );
  const names = [...new Set(clients.map(({ os, edition }) => `${os} ${edition}`))].join(", ");
  return clients.length === 0 || serving.length === 0
    ? ""
    : `; ${names} need no other setup key with ${quoted(serving)}`;
}
