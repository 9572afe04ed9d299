import { findEditionById } from "../../catalog/operating-systems";
import { type Edition, type OperatingSystemEntry, operatingSystems } from "../../catalog/operating-systems";
import type { MachineSystem } from "./license";

/** An operating system and edition of the catalogue that a machine is. */
export interface SystemEdition {
  os: OperatingSystemEntry;
  edition: Edition;
  evaluation: boolean;
}

/**
 * What a machine is, by its build, its kind and its EditionID; undefined for a system that the catalogue lacks.
 * Operating systems that share a build have different editions.
 */
export function systemEdition(system: MachineSystem): SystemEdition | undefined {
  const build = Number.parseInt(system.osBuild, 10);
  const family = system.productType === 1 ? "client" : "server";
  for (const os of operatingSystems()) {
    const found = findEditionById(os.name, system.editionId);
    if (os.family === family && os.builds.includes(build) && found !== undefined) {
      return { os, ...found };
    }
  }
  return undefined;
}
