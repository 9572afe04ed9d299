import { limitEntries } from "../../catalog/limits";
import { millisecondsPerMinute } from "./clock";
import { LicensingFailure } from "./hresults";
import { requestActivation } from "./kms-client";
import { type InstalledProduct, installedProducts, type WindowsMachine } from "./windows-machine";
import type { World } from "./world";

/** A license that will be asked for without anybody's doing: of Windows, or of a product of Office. */
interface WaitingClient {
  machine: WindowsMachine;
  product: InstalledProduct;
  nextAttempt: number;
}

/** No machine asks twice within this time. */
const shortestInterval = limitEntries.activationIntervalMinutes.minimum! * millisecondsPerMinute;

/**
 * Lets Windows do by itself what fell due until now: every running KMS client renews or tries again, in the order of
 * time. Machines that are due within the shortest interval come before any of them is due again.
 */
export function attemptDueActivations(
  machines: ReadonlyMap<string, WindowsMachine>,
  world: World,
  now: number,
): void {
  for (let due = dueClients(machines, now); due.length > 0; due = dueClients(machines, now)) {
    const end = due[0].nextAttempt + shortestInterval;
    due.filter(({ nextAttempt }) => nextAttempt < end).forEach((client) => attempt(client, world));
  }
}

/** Asked at each request of the lab, of thousands of machines that mostly have nothing to do. */
function dueClients(machines: ReadonlyMap<string, WindowsMachine>, now: number): WaitingClient[] {
  const due: WaitingClient[] = [];
  for (const machine of machines.values()) {
    if (machine.running && mayBeDue(machine, now)) {
      due.push(...clientsOf(machine).filter(({ nextAttempt }) => nextAttempt <= now));
    }
  }
  return due.sort((left, right) => left.nextAttempt - right.nextAttempt);
}

const mayBeDue = ({ nextAttempt = Infinity, office }: WindowsMachine, now: number) =>
  nextAttempt <= now || office.products.length > 0;

const clientsOf = (machine: WindowsMachine): WaitingClient[] =>
  installedProducts(machine).map((product) => {
    const { nextAttempt = Infinity } = product.office ?? machine;
    return { machine, product, nextAttempt };
  });

/** A refusal is no error here: the machine's events tell of it, and it tries again later. */
function attempt({ machine, product, nextAttempt }: WaitingClient, world: World): void {
  try {
    requestActivation(machine, product, world, nextAttempt);
  } catch (error) {
    if (!(error instanceof LicensingFailure)) {
      throw error;
    }
  }
}
