import type { HostEntry, KeyGroupEntry } from "./key-groups";
import { keyGroups } from "./key-groups";
import { findOperatingSystem } from "./operating-systems";

/** The row that lets this operating system be KMS host with a key of the group; it may name editions. */
export function findHosting(group: KeyGroupEntry, os: string): HostEntry | undefined {
  const name = findOperatingSystem(os)?.name;
  return group.hosts.find((host) => host.os === name);
}

/** The product key groups that this operating system can be KMS host for. */
export function groupsHostedOn(os: string): KeyGroupEntry[] {
  return keyGroups().filter((group) => findHosting(group, os) !== undefined);
}
