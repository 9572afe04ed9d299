import { limits } from "../../catalog/limits";
import { licenseFor } from "./license-for-key";
import { millisecondsPerDay, millisecondsPerMinute } from "./clock";
import { emptyCountCache } from "./count-cache";
import type { License } from "./license";
import { installOfficeKey, isOfficeKey } from "./office";
import { defaultIntervals, noRequests, type WindowsMachine } from "./windows-machine";

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
  installLicense(machine, licenseFor(productKey, machine.spec), productKey.slice(-5), now);
}

/** Puts a license into use. A KMS host that gets a new key starts counting anew. */
export function installLicense(
  machine: WindowsMachine,
  license: License,
  partialProductKey: string,
  now: number,
): void {
  const graceUntil = machine.firstBoot + initialGraceMilliseconds;
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
  machine.product = undefined;
  machine.counted = emptyCountCache;
  machine.nextAttempt = undefined;
}
