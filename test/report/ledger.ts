import type { LedgerReading } from "../../provider/report/make-report";
import { emptyLedger } from "../../provider/ledger/document";
import { seed } from "../../provider/ledger/transitions";
import { fingerprint } from "./exported";

/** What a ledger tells of the tests' key: three hosts, one of which is retired, and one activation elsewhere. */
export const reading: LedgerReading = {
  keyFingerprint: fingerprint,
  url: "file://./kms-ledger",
  document: {
    ...seed(
      emptyLedger({
        keyFingerprint: fingerprint,
        keyEnding: "N2W2K",
        keyGroup: "Volume License for Windows Server 2022",
      }),
      { at: "2026-11-01T00:00:00Z", who: "somebody", stack: "acme/corp/prod", resource: "kms1" },
      { hosts: 1, activations: 1 },
    ),
    hosts: ["KMS1", "KMS2", "OLD"].map((computerName, index) => ({
      machineId: `00000000-0000-4000-8000-00000000000${index}`,
      computerName,
      stack: "acme/corp/prod",
      resource: computerName.toLowerCase(),
      activations: Array.from({ length: index + 1 }, (_, number) => ({
        number: number + 1,
        at: "2026-11-01T00:00:00Z",
        outcome: "committed" as const,
      })),
      ...(computerName === "OLD" && { retiredAt: "2026-11-20T00:00:00Z" }),
    })),
  },
};
