import { nearest } from "../catalog/find-by-name";
import { findHostedDesktop } from "../catalog/hosted-desktops";
import {
  findEdition,
  findOperatingSystem,
  isMultiSession,
  isNewerBuild,
  type OperatingSystemEntry,
  operatingSystems,
} from "../catalog/operating-systems";
import { recogniseEdition, recogniseSystem, systemOfEditionId } from "../catalog/recognised-names";
import { hintForSought } from "../catalog/sought-names";
import { type Diagnostic, diagnostic, hintOf, listed } from "./diagnostic";
import { type GroupFacts, type HostFacts, isGiven, isUnknown, systemsOf } from "./facts";
import type { ProgramIndex } from "./program-index";
import { dayAfter } from "./days";

/*
 * Operating systems, editions and builds that the catalogue does not have, or not together, and what is meant by them.
 */

/** An operating system outside the catalogue is refused, with the ones that there are. */
export function osDiagnostics({ args }: HostFacts | GroupFacts): Diagnostic[] {
  const { os } = args;
  if (os === undefined) {
    return [];
  }
  const entry = findOperatingSystem(os);
  if (entry === undefined) {
    const allowed = operatingSystems()
      .map(({ name }) => name)
      .join("; ");
    const instead = findHostedDesktop(os)?.activation ?? hintForSought("os", os) ?? meantSystem(os);
    const hint = instead === undefined ? "" : ` ${instead}`;
    return [diagnostic("KMS2002", "error", "os", { given: os, allowed, hint })];
  }
  return entry.documentedElsewhere === undefined
    ? []
    : [diagnostic("KMS2003", "error", "os", { given: entry.name, page: entry.documentedElsewhere })];
}

/** Members as found may be too old for the package, too. */
export function foundTooOldDiagnostics(group: GroupFacts): Diagnostic[] {
  const found = group.args.os === undefined && !isGiven(group, "office") ? systemsOf(group) : [];
  const old = new Map(found.map(({ os }) => [os.name, os.documentedElsewhere]));
  return [...old].flatMap(([given, page]) =>
    page === undefined ? [] : [diagnostic("KMS2003", "error", "os", { given, page })],
  );
}

/** What is meant by the name of an operating system that the catalogue does not have, as far as that is clear. */
function meantSystem(given: string): string | undefined {
  const meant = recogniseSystem(given);
  const apart = meant?.edition === undefined ? "" : ` with the edition "${meant.edition}" beside it`;
  const { family } = (meant && findOperatingSystem(meant.os)) ?? {};
  const about = hintForSought("edition", meant?.rest ?? given, { family });
  const guess = meant === undefined ? undefined : `Did you mean "${meant.os}"${apart}?`;
  return guess === undefined || about === undefined ? (guess ?? about) : `${guess} ${about}`;
}

/** What is assumed of updates can be true. */
export const assumptionDiagnostics = (facts: HostFacts | GroupFacts, index: ProgramIndex): Diagnostic[] => [
  ...assumedBuildDiagnostics(facts),
  ...assumedUpdatesDiagnostics(facts, index),
];

/**
 * A build that is assumed is one of the declared operating system, or newer than all that are known of it; that of another
 * one is a slip in either.
 */
function assumedBuildDiagnostics({ args }: HostFacts | GroupFacts): Diagnostic[] {
  const { os = "", assume } = args;
  const system = findOperatingSystem(os);
  const build = Number(assume?.osBuild?.split(".", 1)[0]);
  return system === undefined ||
    Number.isNaN(build) ||
    system.builds.length === 0 ||
    system.builds.includes(build) ||
    isNewerBuild(system, build)
    ? []
    : [
        diagnostic("KMS2019", "error", "assume.osBuild", {
          given: assume?.osBuild ?? "",
          os: system.name,
          allowed: listed(system.builds.map(String), "or"),
        }),
      ];
}

/** A day by which nobody can have updates yet is a slip; one more day is left for other time zones. */
function assumedUpdatesDiagnostics({ args }: HostFacts | GroupFacts, { today }: ProgramIndex): Diagnostic[] {
  const { updatedThrough: given } = args.assume ?? {};
  return given === undefined || today === undefined || given <= dayAfter(today, 1)
    ? []
    : [diagnostic("KMS2021", "error", "assume.updatedThrough", { given, today })];
}

/** An edition without an operating system is that of at least one. */
export function editionAloneDiagnostics(facts: HostFacts | GroupFacts): Diagnostic[] {
  const { os, edition } = facts.args;
  const isAlone = os === undefined && !isUnknown(facts, "os") && edition !== undefined;
  return !isAlone || operatingSystems().some(({ name }) => findEdition(name, edition) !== undefined)
    ? []
    : [
        diagnostic("KMS2020", "error", "edition", {
          given: edition,
          hint: hintOf(nearest(edition, allEditions())),
        }),
      ];
}

const allEditions = () => [
  ...new Set(operatingSystems().flatMap(({ editions }) => editions.map(({ name }) => name))),
];

/** An edition that an operating system does not have, with the ones that it has. */
export function unknownEdition(
  given: string,
  os: OperatingSystemEntry,
  names: readonly string[],
  isHost: boolean,
): Diagnostic {
  const hint = hintForEdition(given, os, names, isHost);
  const values = { given, os: os.name, allowed: listed(names, "or") };
  return diagnostic("KMS2005", "error", "edition", { ...values, hint });
}

/** What is meant by an unknown edition, or to do instead. */
function hintForEdition(
  given: string,
  os: OperatingSystemEntry,
  names: readonly string[],
  isHost: boolean,
): string {
  const other = systemOfEditionId(os, given);
  if (other !== undefined && other.os !== os.name) {
    return ` This is the EditionID of ${other.os} with the edition "${other.edition}".`;
  }
  const meant = recogniseEdition(os, given);
  // The edition of session hosts has no setup key, and what activates it is said of it by its name: KMS2017.
  const isOne = (name: string) => names.includes(name) || (!isHost && isMultiSession(os.name, name));
  const guess = hintOf(meant === undefined ? nearest(given, names) : [meant].filter(isOne));
  const instead = hintForSought("edition", given, { family: os.family, isHost });
  return instead === undefined ? guess : ` ${instead}`;
}
