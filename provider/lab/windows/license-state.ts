import { millisecondsPerMinute } from "./clock";
import { hresults } from "./hresults";
import type { InstalledProduct } from "./windows-machine";

/** Values of SoftwareLicensingProduct.LicenseStatus. */
export const licenseStatus = { unlicensed: 0, licensed: 1, initialGrace: 2, notification: 5 } as const;

/** Status, reason and time left of a license, as the CIM classes give them. */
export interface LicenseState {
  status: number;
  /** HRESULT of LicenseStatusReason. */
  reason: string;
  /** 0 for a license that does not end, and after the end. */
  minutesLeft: number;
}

/** What has become of an installed license by now. */
export function licenseState(product: InstalledProduct, now: number): LicenseState {
  const { licensedUntil, graceUntil } = product;
  if (licensedUntil !== undefined && now < licensedUntil) {
    return {
      status: licenseStatus.licensed,
      reason: "0x00000000",
      minutesLeft: minutesUntil(licensedUntil, now),
    };
  }
  if (licensedUntil === undefined && now < graceUntil) {
    return {
      status: licenseStatus.initialGrace,
      reason: hresults.withinGracePeriod,
      minutesLeft: minutesUntil(graceUntil, now),
    };
  }
  return { status: licenseStatus.notification, reason: hresults.gracePeriodExpired, minutesLeft: 0 };
}

function minutesUntil(end: number, now: number): number {
  return end === Infinity ? 0 : Math.ceil((end - now) / millisecondsPerMinute);
}
