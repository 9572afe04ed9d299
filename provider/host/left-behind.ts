import { keyFingerprint } from "../catalog/product-key";
import { stoppableIn } from "../engine/clock";
import { report } from "../engine/handler";
import { stopSignal } from "../engine/stopping";
import { openReservations } from "../ledger/document";
import { currentLedger } from "../ledger/moved";
import { type LeftAnswer, leftAnswers } from "../machine/left-answers";
import { entryFor, settleEntry } from "./ledger-entry";
import { hostState } from "./observed";
import { presentEntries, storedEntry } from "./open-activations";
import { markOf } from "./reserved-run";
import type { LedgerEntry, ManagedHostInputs, ManagedHostOutputs } from "./state";

/*
 * Activations of a machine that cannot be reached: what their scripts answered may still be with Azure.
 */

const lookMinutes = 5;

/** Settles what is open of a stored host by the answers that Azure keeps. */
export const settleFromAzure = (host: ManagedHostOutputs): Promise<void> =>
  settleByLeftAnswers(host, () => presentEntries(host));

/** The same for a host that is in no state yet: what a creation of it has reserved that was cut off. */
export const settleCreationFromAzure = (inputs: ManagedHostInputs): Promise<void> =>
  settleByLeftAnswers(inputs, async () => {
    const { ledger, stack, name, productKey } = inputs;
    const stored = await currentLedger(ledger, keyFingerprint(productKey), stopSignal());
    return (stored?.document.hosts ?? [])
      .filter((host) => host.stack === stack && host.resource === name)
      .map(({ machineId }) => entryFor(inputs, machineId));
  });

/** What fails here keeps the reservations, and is only reported: the machine could not be reached in the first place. */
export async function settleByLeftAnswers(
  { name, azureVmId }: Pick<ManagedHostInputs, "name" | "azureVmId">,
  entries: () => Promise<LedgerEntry[]>,
): Promise<void> {
  if (azureVmId === undefined || stopSignal().aborted) {
    return;
  }
  try {
    const open = await openAmong(await entries());
    const answers = open.length === 0 ? [] : await leftAnswers(azureVmId, stoppableIn(lookMinutes));
    for (const entry of open) {
      for (const left of answers) {
        await settleByAnswer(entry, left);
      }
    }
  } catch (error) {
    report(name, `answers that Azure may still have were not read: ${(error as Error).message}`);
  }
}

async function openAmong(entries: readonly LedgerEntry[]): Promise<LedgerEntry[]> {
  const stored = await Promise.all(entries.map(storedEntry));
  return entries.filter((_, index) => {
    const host = stored[index]?.host;
    return host !== undefined && openReservations(host).length > 0;
  });
}

/**
 * A record of the machine is true for ever. That it was activated when the script ended tells about the reservation of that
 * script alone, and only if nothing was reserved since.
 */
async function settleByAnswer(entry: LedgerEntry, { answer, reservation }: LeftAnswer): Promise<void> {
  const { licenseStatus, marks, ...seen } = hostState(answer);
  const stored = await storedEntry(entry);
  if (stored === undefined || seen.machineId.toLowerCase() !== stored.host.machineId) {
    return;
  }
  const isOpen = openReservations(stored.host).some((open) => open.reservation === reservation);
  const mark = isOpen ? markOf(answer) : undefined;
  await settleEntry(entry, {
    ...seen,
    licenseStatus: isOpen ? licenseStatus : "",
    marks: { ...marks, ...(mark !== undefined && { [reservation!]: mark }) },
  });
}
