import type { Change, HostIdentity } from "../../provider/ledger/document";

/** An invented key's identity. */
export const key = {
  keyFingerprint: "0123456789abcdef0123456789abcdef",
  keyEnding: "NN1NN",
  keyGroup: "Volume License for Windows Server 2022",
};

/** A change on behalf of a resource of a stack. */
export const change = (resource = "kms", stack = "prod", at = "2026-01-01T00:00:00Z"): Change => ({
  at,
  who: "somebody",
  stack,
  resource,
});

/** A machine by its number. */
export const machine = (index: number): HostIdentity => ({
  machineId: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
  computerName: `KMS${String(index).padStart(2, "0")}`,
});
