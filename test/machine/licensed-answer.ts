import type { LicensingAnswer } from "../../provider/machine/licensing-plan";

/** What the licensing script answers on an activated member. */
export const licensedAnswer = (changes: Partial<LicensingAnswer> = {}): LicensingAnswer => ({
  version: 1,
  operations: [{ id: "activate", result: "done" }],
  machine: {
    name: "web000003",
    domain: "",
    uuid: "5f0c1d1e-0d5b-4f1e-9d43-5a7a3f1f0c55",
    osBuild: "20348.2322",
    editionId: "ServerDatacenter",
    productType: 3,
    utc: "2026-01-01T00:00:00Z",
  },
  service: { KeyManagementServiceMachine: "", KeyManagementServiceLookupDomain: "corp.example" },
  product: {
    PartialProductKey: "6VM33",
    ProductKeyChannel: "Volume:GVLK",
    LicenseStatus: 1,
    GracePeriodRemaining: 180 * 24 * 60,
    DiscoveredKeyManagementServiceMachineName: "kms.corp.example",
  },
  features: {},
  firewall: {},
  events: { response: "0,0,0,0,7" },
  ...changes,
});
