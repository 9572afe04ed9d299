import type { LicensingPlan } from "pulumi-windows-kms/bin/provider/testing";
import type { WindowsMachine } from "./windows-machine";

/** How many the licensing script keeps. */
const kept = 8;

/** What the licensing script recorded about a reserved activation; undefined for nothing. */
export function recordOf({ reservations }: WindowsMachine, id: string): string | undefined {
  return reservations.find((line) => line.startsWith(`${id} `))?.slice(id.length + 1);
}

export function setRecord(machine: WindowsMachine, id: string, state: string): void {
  const others = machine.reservations.filter((line) => !line.startsWith(`${id} `));
  machine.reservations = [`${id} ${state}`, ...others.slice(0, kept - 1)];
}

/** Keeps reservations that have no record from beginning. */
export function revoke(machine: WindowsMachine, { revoke: ids = [] }: LicensingPlan): void {
  for (const id of ids) {
    if (recordOf(machine, id) === undefined) {
      setRecord(machine, id, "revoked");
    }
  }
}

/** By reservation. */
export const recordsOf = ({ reservations }: WindowsMachine): Record<string, string> =>
  Object.fromEntries(
    reservations.map((line) => {
      const end = line.indexOf(" ");
      return [line.slice(0, end), line.slice(end + 1)];
    }),
  );
