import { findEdition } from "../../catalog/editions";
import { findKeyGroup } from "../../catalog/key-groups";
import type { KeyGroupEntry } from "../../catalog/key-groups";
import { findOperatingSystem } from "../../catalog/operating-systems";
import { findServing, groupsServing } from "../../catalog/serving";
import { findImpossiblePair } from "../../catalog/updates";
import type { GroupFacts } from "../facts";
import { hostsOf } from "../hosts-of";
import type { ProgramIndex } from "../program-index";
import { type Verdict, verdict } from "../verdict";

/**
 * Each KMS host of a client group must have a key whose group activates the clients (R026 and on), and no update makes
 * Windows Server 2008 R2 activate Windows Server 2016 or later (R105).
 */
export function servedVerdicts(group: GroupFacts, index: ProgramIndex): Verdict[] {
  const system = group.os === undefined ? undefined : findOperatingSystem(group.os);
  const { edition, office } = group;
  if (
    office !== undefined ||
    system === undefined ||
    edition === undefined ||
    findEdition(system.name, edition) === undefined
  ) {
    return [];
  }
  return hostsOf(group, index).flatMap(({ host, path }) => {
    const given = `${system.name} ${edition}`;
    if (host.os !== undefined && findImpossiblePair(host.os, system.name) !== undefined) {
      return [verdict("KMS2203", "error", path, { given, host: host.name, os: host.os })];
    }
    const keyGroup = host.keyGroup === undefined ? undefined : findKeyGroup(host.keyGroup);
    if (keyGroup === undefined) {
      return [];
    }
    const values = {
      given,
      group: keyGroup.name,
      host: host.name,
      allowed: named(groupsServing(system.name, edition)),
    };
    const listing = findServing(keyGroup, system.name, edition)?.listing;
    if (listing === undefined) {
      return group.acceptUnlisted === true
        ? [verdict("KMS2204", "warning", path, values)]
        : [verdict("KMS2013", "error", path, values)];
    }
    return listing === "unlisted" ? [verdict("KMS2204", "warning", path, values)] : [];
  });
}

const named = (groups: KeyGroupEntry[]) =>
  groups.map(({ name, hostFamily }) => `"${name}" (on a ${hostFamily} host)`).join(", ") || "none";
