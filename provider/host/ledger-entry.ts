import { userInfo } from "node:os";
import { keyEnding, keyFingerprint } from "../catalog/product-key";
import { report } from "../engine/handler";
import { KmsError } from "../errors/kms-error";
import {
  activationsSpentBy,
  type Change,
  type HostIdentity,
  type LedgerDocument,
  remaining,
} from "../ledger/document";
import { claim } from "../ledger/claim";
import { openLedger } from "../ledger/open-ledger";
import { changeLedger } from "../ledger/store";
import {
  adopt,
  commit,
  findHost,
  isOwner,
  raiseLimit,
  refuse,
  release,
  reserve,
  retire,
  seed,
  settle,
} from "../ledger/transitions";
import type { LicensingAnswer } from "../machine/licensing-plan";
import { type HostState, isLicensedWith } from "./observed";
import { activateOperation } from "./plan";
import type { HostActivationOutputs, LedgerEntry, ManagedHostInputs, ManagedHostOutputs } from "./state";

type Transition = (document: LedgerDocument, change: Change) => LedgerDocument;

function changeEntry(entry: LedgerEntry, transition: Transition): Promise<LedgerDocument> {
  const { keyFingerprint: fingerprint, keyEnding: ending, keyGroup, name: resource, stack } = entry;
  const change = { at: new Date().toISOString(), who: whoami(), stack, resource };
  const key = { keyFingerprint: fingerprint, keyEnding: ending, keyGroup };
  return changeLedger(openLedger(entry.ledger), key, (document) => transition(document, change));
}

/** The person or pipeline, as far as the environment says. */
const whoami = () => process.env.GITHUB_ACTOR ?? process.env.BUILD_REQUESTEDFOR ?? userInfo().username;

/** The entry of this resource for its key on this machine. */
const entryFor = (
  { ledger, stack, name, keyGroup, productKey }: ManagedHostInputs,
  machineId: string,
): LedgerEntry => ({
  ledger,
  stack,
  name,
  keyFingerprint: keyFingerprint(productKey),
  keyEnding: keyEnding(productKey),
  keyGroup,
  machineId,
});

const entryOf = (host: ManagedHostOutputs): LedgerEntry => {
  const { ledger, stack, name, keyFingerprint: fingerprint, keyEnding: ending, keyGroup, machineId } = host;
  return { ledger, stack, name, keyFingerprint: fingerprint, keyEnding: ending, keyGroup, machineId };
};

/** All entries that a resource has in ledgers: its own, and those that are yet to be retired. */
export const entriesOf = (host: HostActivationOutputs): LedgerEntry[] => [
  ...(host.formerEntries ?? []),
  ...(host.readOnly ? [] : [entryOf(host)]),
];

/**
 * Before anything is done: brings the ledger in line with what was seen on the machine, and reserves an activation
 * where the plan will spend one. A host that the ledger knows by the resource's former name, or its stack's, stays its own.
 * @throws KmsError KMS6010 to KMS6014 when none is left, or the machine is another stack's
 */
export async function reserveActivation(
  inputs: ManagedHostInputs,
  seen: HostState,
  spends: boolean,
  olds?: HostActivationOutputs,
): Promise<void> {
  const entry = entryFor(inputs, seen.machineId);
  const machine: HostIdentity = { machineId: seen.machineId, computerName: seen.computerName };
  const licensed = isLicensedWith(entry.keyEnding, seen);
  const spentBefore = await activationsInFormerLedger(entry, olds);
  const document = await changeEntry(entry, (before, change) => {
    const declared = declare(before, change, inputs);
    const owned = own(declared, change, machine, { adopts: inputs.adopt, olds, spentBefore });
    const settled = settle(owned, change, machine, licensed);
    return spends ? reserve(settled, change, machine) : settled;
  });
  if (spends) {
    reportRemaining(inputs.name, document, machine);
  }
}

function declare(document: LedgerDocument, change: Change, inputs: ManagedHostInputs): LedgerDocument {
  const { activationsSpent, hostLimitException } = inputs;
  const seeded = activationsSpent === undefined ? document : seed(document, change, activationsSpent);
  return hostLimitException === undefined ? seeded : raiseLimit(seeded, change, hostLimitException);
}

/** What the machine has spent of the key by the ledger that the program named before. */
async function activationsInFormerLedger(entry: LedgerEntry, olds?: HostActivationOutputs): Promise<number> {
  const former = olds && entriesOf(olds).find((other) => isSameHost(other, entry));
  if (former === undefined || former.ledger === entry.ledger) {
    return 0;
  }
  try {
    const stored = await openLedger(former.ledger).read(former.keyFingerprint);
    const host = stored && findHost(stored.document, former.machineId);
    return host === undefined ? 0 : activationsSpentBy(host);
  } catch (error) {
    const reason = (error as Error).message;
    report(
      entry.name,
      `its activations so far are not carried over from the ledger ${former.ledger}: ${reason}`,
    );
    return 0;
  }
}

const isSameHost = (left: LedgerEntry, right: LedgerEntry) =>
  left.keyFingerprint === right.keyFingerprint && left.machineId === right.machineId;

/** A host of another stack is taken over only when the program says so. */
function own(
  document: LedgerDocument,
  change: Change,
  machine: HostIdentity,
  { adopts, olds, spentBefore }: { adopts: boolean; olds?: HostActivationOutputs; spentBefore: number },
): LedgerDocument {
  const known = findHost(document, machine.machineId);
  if (known === undefined) {
    return spentBefore === 0 ? document : adopt(document, change, machine, spentBefore);
  }
  const isOwn =
    isOwner(change, known) ||
    (olds !== undefined && isOwner({ ...change, stack: olds.stack, resource: olds.name }, known));
  if (!isOwn && known.retiredAt === undefined && !adopts) {
    const { computerName, stack, resource } = known;
    throw new KmsError("KMS6014", { values: { machine: computerName, stack, resource } });
  }
  return adopt(document, change, machine);
}

function reportRemaining(name: string, document: LedgerDocument, machine: HostIdentity): void {
  const { hostsLeft, hostLimit, hosts } = remaining(document);
  const own = hosts.find(({ machineId }) => machineId === machine.machineId.toLowerCase());
  const again = own === undefined ? "" : `, ${own.reactivationsLeft} reactivations of this one`;
  report(name, `activating; the key then has ${hostsLeft} of ${hostLimit} hosts left${again}`);
}

/** Marks the entry of a host's machine as this very resource's. */
export async function claimMachine(host: ManagedHostOutputs, mark: string): Promise<void> {
  await changeEntry(entryOf(host), (document, change) => claim(document, change, host, mark));
}

/** After the answer: what was granted, refused, or not even tried. */
export async function settleActivation(
  inputs: ManagedHostInputs,
  machineId: string,
  answer: LicensingAnswer,
): Promise<void> {
  const activation = answer.operations.find(({ id }) => id === activateOperation);
  await changeEntry(entryFor(inputs, machineId), (document, change) => {
    switch (activation?.result) {
      case "done":
        return commit(document, change, machineId);
      case "failed":
        return refuse(document, change, machineId, activation.hresult);
      default:
        return release(document, change, machineId);
    }
  });
}

/** After a call that certainly never reached Windows. */
export async function releaseActivation(inputs: ManagedHostInputs, machineId: string): Promise<void> {
  await changeEntry(entryFor(inputs, machineId), (document, change) => release(document, change, machineId));
}

/**
 * The entries of a resource besides the one for its key on this machine: they are retired once the machine has the key.
 * Whoever moves a ledger copies its documents, so they are retired in both places.
 */
export function formerEntries(
  inputs: ManagedHostInputs,
  machineId: string,
  olds: HostActivationOutputs | undefined,
): LedgerEntry[] {
  const { ledger } = inputs;
  const own = entryFor(inputs, machineId);
  return (olds === undefined ? [] : entriesOf(olds))
    .filter((entry) => !isSameHost(entry, own))
    .flatMap((entry) => (entry.ledger === ledger ? [entry] : [entry, { ...entry, ledger }]));
}

/**
 * Records that machines are no KMS hosts with a key any more; Microsoft does not give their places back.
 * @returns the entries that could not be retired, with what kept the first of them
 */
export async function retireEntries(
  entries: readonly LedgerEntry[],
): Promise<{ left: LedgerEntry[]; cause?: Error }> {
  const left: { entry: LedgerEntry; cause: Error }[] = [];
  for (const entry of entries) {
    try {
      await changeEntry(entry, (document, change) => retire(document, change, entry.machineId));
    } catch (error) {
      left.push({ entry, cause: error as Error });
    }
  }
  return { left: left.map(({ entry }) => entry), cause: left[0]?.cause };
}
