import { createHash } from "node:crypto";
import type { InstalledProduct, WindowsMachine } from "./windows-machine";

/** Digits of an installation ID and of a confirmation ID, as Windows shows them. Invented for the lab, but for their lengths. */
const installationDigits = 63;
const confirmationDigits = 48;

/** What a machine with this key is told by to Microsoft's telephone line. */
export const installationIdOf = (machine: WindowsMachine, { partialProductKey }: InstalledProduct) =>
  digits(`installation ${machine.uuid} ${partialProductKey}`, installationDigits);

/** What the telephone line answers. */
export const confirmationIdFor = (installationId: string) =>
  digits(`confirmation ${installationId}`, confirmationDigits);

function digits(seed: string, length: number): string {
  const hash = createHash("sha512").update(seed).digest("hex");
  return BigInt(`0x${hash}`).toString().padStart(length, "0").slice(-length);
}
