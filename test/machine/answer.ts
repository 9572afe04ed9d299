import type { LicensingAnswer } from "../../provider/machine/licensing-plan";

/** An answer of the licensing script as a fresh server gives it, with what a test changes. */
export function answer(changes: Partial<LicensingAnswer> = {}): LicensingAnswer {
  return {
    version: 1,
    operations: [],
    machine: {
      name: "web-1",
      domain: "",
      uuid: "00000000-0000-4000-8000-000000000001",
      osBuild: "20348.2322",
      editionId: "ServerDatacenter",
      productType: 3,
      utc: "2026-01-01T00:00:00Z",
    },
    service: {},
    product: {},
    features: {},
    firewall: {},
    events: {},
    ...changes,
  };
}
