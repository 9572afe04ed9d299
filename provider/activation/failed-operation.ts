import type { LicensingAnswer } from "../machine/licensing-plan";

/** The operation that stopped the script, with its HRESULT, if one did. */
export function failedOperation(answer: LicensingAnswer): { id: string; hresult: string } | undefined {
  const failed = answer.operations.find((operation) => operation.result === "failed");
  return failed === undefined
    ? undefined
    : { id: failed.id, hresult: failed.hresult ?? "an error without a code" };
}
