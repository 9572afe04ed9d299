import { keyEnding, keyFingerprint } from "../catalog/product-key";
import { stoppableIn } from "../engine/clock";
import { report } from "../engine/handler";
import { stopSignal } from "../engine/stopping";
import { KmsError } from "../errors/kms-error";
import { type LedgerHost, openReservations } from "../ledger/document";
import { currentLedger } from "../ledger/moved";
import { openMachine } from "../machine/open-machine";
import { observeSettled } from "./ensure";
import { reservationsToRevoke, settleEntry } from "./ledger-entry";
import { settleByLeftAnswers } from "./left-behind";
import { storedEntry } from "./open-activations";
import type { LedgerEntry, ManagedHostInputs } from "./state";

/*
 * Activations of hosts that no program has any more: a creation that was cut off is in no state, so when it leaves the
 * program no handler is called for it.
 */

const lookMinutes = 10;

/** No run goes on as long as this, so what is still open then is nobody's at work. */
const longestRunMilliseconds = 2 * 3_600_000;

/**
 * Before a host of the key is worked on: looks at the machines of other hosts of the stack whose activation is open, and
 * settles it. One that another resource may be at work with is settled only by what Azure already has of it.
 */
export async function settleForgotten(inputs: ManagedHostInputs): Promise<void> {
  const { ledger, stack, name, keyGroup, productKey, activationId } = inputs;
  const key = { keyFingerprint: keyFingerprint(productKey), keyEnding: keyEnding(productKey), keyGroup };
  for (const host of await forgotten(inputs, key.keyFingerprint)) {
    const entry: LedgerEntry = { ledger, stack, name, ...key, machineId: host.machineId };
    const azureVmId = host.azureVmId!;
    try {
      await settleByLeftAnswers({ name, azureVmId }, () => Promise.resolve([entry]));
      const isOld = openReservations(host).every(
        ({ at }) => Date.now() - Date.parse(at) > longestRunMilliseconds,
      );
      if (isOld && (await isOpen(entry))) {
        await settleByLook(entry, azureVmId, activationId);
      }
    } catch (error) {
      report(name, `an activation of ${host.computerName} stays open: ${(error as Error).message}`);
    }
  }
}

/** None where the ledger cannot be read; whoever has to write it fails then. */
async function forgotten(
  { ledger, stack, name }: ManagedHostInputs,
  fingerprint: string,
): Promise<LedgerHost[]> {
  const stored = await currentLedger(ledger, fingerprint, stopSignal()).catch(() => undefined);
  return (stored?.document.hosts ?? []).filter(
    (host) =>
      host.stack === stack &&
      host.resource !== name &&
      host.azureVmId !== undefined &&
      openReservations(host).length > 0,
  );
}

const isOpen = async (entry: LedgerEntry): Promise<boolean> => {
  const stored = await storedEntry(entry);
  return stored !== undefined && openReservations(stored.host).length > 0;
};

/**
 * Settles what is open of an entry by its machine's own record. What has not begun is revoked first.
 * @throws KmsError KMS9021 when the ID is another machine's by now; KMS3xxx when the machine cannot be reached
 */
export async function settleByLook(
  entry: LedgerEntry,
  azureVmId: string,
  activationId?: string,
): Promise<void> {
  const machine = openMachine({ azureVmId });
  const host = { name: entry.name, activationId };
  const seen = await observeSettled(machine, host, stoppableIn(lookMinutes), (state) => {
    if (state.machineId.toLowerCase() !== entry.machineId) {
      const reason = `the machine ID of ${azureVmId} is ${state.machineId} by now, so it is another one`;
      throw new KmsError("KMS9021", { values: { machine: entry.machineId, reason } });
    }
    return reservationsToRevoke({ ...entry, adopt: true }, entry, state);
  });
  await settleEntry(entry, seen);
}
