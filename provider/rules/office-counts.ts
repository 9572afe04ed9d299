import { type KeyGroupEntry, officeGroup, officeVersions } from "../catalog/key-groups";
import { askedHosts, countedMembers, isSplitKnown, shareInWords, shareOf } from "./counts";
import { type GroupFacts, isReadOnly, isUnknown, memberCount, namedMachines } from "./facts";
import { memoized, type ProgramIndex } from "./program-index";

/** Members with an Office version that ask a host, as shares of it: by name, since one with several products counts once, and others. */
interface OfficeMembers {
  named: ReadonlyMap<string, number>;
  others: number;
}

/**
 * Machines with this Office version that the host can expect to count, where several hosts share them a fraction; undefined
 * where that is not known, or the host has clients of other programs.
 */
export function expectedOfficeCount(
  host: string,
  keyGroup: KeyGroupEntry,
  index: ProgramIndex,
): number | undefined {
  const facts = index.host(host);
  const isOpen = index.hasOpenHosts || (facts !== undefined && isReadOnly(facts));
  return isOpen ? undefined : officeCounts(host, index).get(keyGroup);
}

/** Machines that ask this host, for each Office version; undefined when the size of a group is not known. */
const officeCounts = memoized((host: string, index) => {
  const counts = new Map<KeyGroupEntry, OfficeMembers | undefined>();
  for (const group of index.groupsOf(host)) {
    const keyGroup = keyGroupOf(group);
    if (isUnknown(group, "office.version")) {
      officeVersions().forEach((name) => counts.set(officeGroup(name)!, undefined));
    } else if (keyGroup !== undefined) {
      const before = counts.has(keyGroup) ? counts.get(keyGroup) : { named: new Map(), others: 0 };
      counts.set(keyGroup, before && withMembers(before, group, host, index));
    }
  }
  const machines = ({ named, others }: OfficeMembers) =>
    [...named.values()].reduce((sum, share) => sum + share, others);
  return new Map([...counts].map(([keyGroup, members]) => [keyGroup, members && machines(members)]));
});

const keyGroupOf = ({ args: { office } }: GroupFacts) =>
  office?.version === undefined ? undefined : officeGroup(office.version);

function withMembers(
  { named, others }: OfficeMembers,
  group: GroupFacts,
  host: string,
  index: ProgramIndex,
): OfficeMembers | undefined {
  const counted = countedMembers(group);
  if (counted === undefined || !isSplitKnown(group, index)) {
    return undefined;
  }
  const share = askedHosts(group, index).includes(host) ? shareOf(host, group, index) : 0;
  const names = namesOf(group);
  const shares = names.map((name) => [name, Math.max(share, named.get(name) ?? 0)] as const);
  return {
    named: new Map([...named, ...shares]),
    others: others + (counted - names.length) * share,
  };
}

/** Names of the members where all of them count. */
const namesOf = (group: GroupFacts): string[] =>
  countedMembers(group) === memberCount(group)
    ? namedMachines(group).map(({ machine }) => machine.toLowerCase())
    : [];

/** The groups of a host with this Office version, each with its members that count. */
export function officeCountedInWords(host: string, keyGroup: KeyGroupEntry, index: ProgramIndex): string {
  const groups = index.groupsOf(host).filter((group) => keyGroupOf(group) === keyGroup);
  const names = groups.flatMap(namesOf);
  const words = groups.map((group) => shareInWords(group, host, index)).join(", ");
  return new Set(names).size === names.length ? words : `${words}, machines in several groups once`;
}
