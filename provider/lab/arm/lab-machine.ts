import type { Fleet } from "../windows/fleet";
import type { MachineSnapshot } from "../windows/snapshot";
import { ArmError } from "./arm-error";

/** @throws ArmError 404 when no machine, 409 when several have that resource ID or computer name */
export function findLabMachine(fleet: Fleet, idOrName: string): MachineSnapshot {
  const wanted = idOrName.toLowerCase();
  if (fleet.has(wanted)) {
    return fleet.snapshot(wanted);
  }
  const named = fleet.snapshots().filter(({ computerName }) => computerName.toLowerCase() === wanted);
  if (named.length > 1) {
    throw new ArmError(
      409,
      "Ambiguous",
      `${named.length} machines are named '${idOrName}': give the resource ID.`,
    );
  }
  if (named[0] === undefined) {
    throw new ArmError(404, "NotFound", `There is no machine '${idOrName}' in the lab.`);
  }
  return named[0];
}
