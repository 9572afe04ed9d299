import { limits } from "pulumi-windows-kms/bin/provider/testing";
import { millisecondsPerDay, millisecondsPerMinute } from "./clock";
import { emptyCountCache } from "./count-cache";
import type { License } from "./license";
import { installOfficeKey, isOfficeKey } from "./office";
import { changedEdition, imageLicense, licenseFor } from "./product-keys";
import {
  defaultIntervals,
  isKmsHost,
  type MachineSpec,
  newMachine,
  noRequests,
  type WindowsMachine,
} from "./windows-machine";
import type { World } from "./world";

/** Ending that a machine shows for the product key of its image. Invented: the lab's keys have more than one N. */
const imageKeyEnding = "NNNNN";

/** A machine that starts from its image for the first time. */
export function bootMachine(spec: MachineSpec, world: World, now: number): WindowsMachine {
  const ids = {
    uuid: spec.uuid ?? randomUuid(world.random),
    clientMachineId: spec.clientMachineId ?? randomUuid(world.random),
  };
  const machine = newMachine(spec, ids, now);
  if (spec.setupKey !== undefined) {
    installProductKey(machine, spec.setupKey, now);
  } else if (spec.channel !== undefined) {
    installLicense(machine, imageLicense(spec.channel, spec), imageKeyEnding, now);
    if (spec.channel !== "Volume:GVLK") {
      machine.product!.licensedUntil = Infinity;
    }
  }
  return machine;
}

/** A random UUID (version 4) from a source of random numbers, in lower case. */
function randomUuid(random: () => number): string {
  const digit = (of: number) => Math.floor(random() * of).toString(16);
  const variant = ["8", "9", "a", "b"];
  return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, (place) =>
    place === "x" ? digit(16) : variant[Math.floor(random() * 4)],
  );
}

/** The initial grace period runs from the first boot: no new product key extends it. */
const initialGraceMilliseconds = limits.graceDays * millisecondsPerDay;

/**
 * Replaces the machine's product key and with it its license; what it was activated for is lost. A key of Office
 * replaces that of the same product alone.
 * @throws LicensingFailure when this Windows does not take the key
 */
export function installProductKey(machine: WindowsMachine, key: string, now: number): void {
  const productKey = key.trim().toUpperCase();
  if (isOfficeKey(productKey)) {
    const nextAttempt = now + defaultIntervals.activationMinutes * millisecondsPerMinute;
    return installOfficeKey(machine, productKey, { graceUntil: now + initialGraceMilliseconds, nextAttempt });
  }
  machine.spec = { ...machine.spec, ...changedEdition(productKey, machine.spec) };
  installLicense(machine, licenseFor(productKey, machine.spec), productKey.slice(-5), now);
}

/** Puts a license into use. A KMS host that gets a new key starts counting anew. */
function installLicense(
  machine: WindowsMachine,
  license: License,
  partialProductKey: string,
  now: number,
): void {
  const graceUntil = machine.firstBoot + initialGraceMilliseconds;
  if (isKmsHost(machine)) {
    machine.formerHost = machine.product;
  }
  machine.product = { license, partialProductKey, graceUntil };
  machine.counted = emptyCountCache;
  machine.requests = noRequests();
  machine.clientIntervals = { ...defaultIntervals };
  machine.nextAttempt =
    license.channel === "Volume:GVLK"
      ? now + defaultIntervals.activationMinutes * millisecondsPerMinute
      : undefined;
}

/** Leaves the machine without a product key. */
export function uninstallProductKey(machine: WindowsMachine): void {
  if (isKmsHost(machine)) {
    machine.formerHost = machine.product;
  }
  machine.product = undefined;
  machine.counted = emptyCountCache;
  machine.nextAttempt = undefined;
}
