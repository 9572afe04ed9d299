/** Values of SoftwareLicensingProduct.LicenseStatus, by number. Source: SoftwareLicensingProduct reference. */
const names = [
  "Unlicensed",
  "Licensed",
  "OOBGrace",
  "OOTGrace",
  "NonGenuineGrace",
  "Notification",
  "ExtendedGrace",
] as const;

export const licensed = 1;

/** The name of a license status, for example `Licensed` for 1. */
export function licenseStatusName(status: number): string {
  return names[status] ?? `Unknown (${status})`;
}
