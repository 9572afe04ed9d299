import { findSystem, operatingSystems } from "../catalog/operating-systems";
import type { LicensingAnswer, SelectionRow } from "../machine/licensing-plan";
import type { SeenMachine } from "../rules/facts";

/*
 * What a machine runs, by what the licensing script reports of it, and whether a group activates that.
 */

/** What the script reports of a machine's operating system. */
export type FoundMachine = Pick<LicensingAnswer["machine"], "name" | "osBuild" | "editionId">;

/** Every edition of every operating system of the catalogue. */
export const allSystems = operatingSystems().flatMap((os) => os.editions.map((edition) => ({ os, edition })));

const buildOf = ({ osBuild }: Pick<FoundMachine, "osBuild">) => osBuild.split(".", 1)[0];

/** What a machine runs; undefined where the catalogue does not know the build or the edition. */
export const foundSystem = ({ osBuild, editionId }: Pick<FoundMachine, "osBuild" | "editionId">) =>
  findSystem(osBuild, editionId);

/** What is stored of a machine's operating system. */
export function seenSystem(machine: FoundMachine): SeenMachine {
  const found = foundSystem(machine);
  return {
    ...(found !== undefined && { os: found.os.name, edition: found.edition.name }),
    ...(machine.osBuild !== "" && { osBuild: machine.osBuild }),
  };
}

/**
 * In place of a setup key: the machine keeps the one of its image. Microsoft publishes none for the multi-session editions, and
 * the key of another edition would change them for good. Source: learn.microsoft.com
 * troubleshoot-activation-problems (note on multi-session).
 */
export const keptKey = "kept";

/** The row of a selection that a machine takes. */
export const rowFor = (rows: readonly SelectionRow[], machine: FoundMachine): SelectionRow | undefined =>
  rows.find(
    ({ builds, editionIds }) =>
      builds.includes(Number(buildOf(machine))) &&
      editionIds.some((id) => id.toLowerCase() === machine.editionId.toLowerCase()),
  );

/** Known builds and editions that a group excludes. What the catalogue does not know is not judged. */
export interface ExcludedSystems {
  /** Values of CurrentBuild. */
  builds: number[];
  /** Values of the registry's EditionID. */
  editionIds: string[];
}

/** Which machines a group activates. */
export interface SystemLimits {
  /** The systems that are activated, each with its setup key. */
  systems?: SelectionRow[];
  /** Where all members have the same setup key: the systems that are not activated. */
  excluded?: ExcludedSystems;
  /**
   * The editions that have the setup key, by the registry's EditionID; all others, unknown ones too, are left as they are:
   * the key of another edition can change the edition of Windows for good.
   */
  editionIds?: string[];
}

/** Whether a machine is one that a group activates. */
export function isActivated({ systems, excluded, editionIds }: SystemLimits, machine: FoundMachine): boolean {
  if (systems !== undefined) {
    return rowFor(systems, machine) !== undefined;
  }
  const isOneOf = (ids: readonly string[]) =>
    ids.some((id) => id.toLowerCase() === machine.editionId.toLowerCase());
  const isExcluded =
    excluded !== undefined &&
    (excluded.builds.includes(Number(buildOf(machine))) || isOneOf(excluded.editionIds));
  return !isExcluded && (editionIds === undefined || isOneOf(editionIds));
}
