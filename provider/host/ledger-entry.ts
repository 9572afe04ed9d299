import { userInfo } from "node:os";
import { keyEnding, keyFingerprint } from "../catalog/product-key";
import { report } from "../engine/handler";
import { KmsError } from "../errors/kms-error";
import { type Change, type HostIdentity, type LedgerDocument, remaining } from "../ledger/document";
import { ledgerUrl, openLedger } from "../ledger/open-ledger";
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
import type { HostActivationInputs, HostActivationOutputs } from "./state";

/** Who spends an activation of which key, in which ledger. */
interface Spender {
  name: string;
  stack: string;
  ledger: string;
  keyFingerprint: string;
  keyEnding: string;
  keyGroup: string;
}

type Transition = (document: LedgerDocument, change: Change) => LedgerDocument;

function changeBy(spender: Spender, transition: Transition): Promise<LedgerDocument> {
  const { keyFingerprint: fingerprint, keyEnding: ending, keyGroup, name: resource, stack } = spender;
  const change = { at: new Date().toISOString(), who: whoami(), stack, resource };
  const key = { keyFingerprint: fingerprint, keyEnding: ending, keyGroup };
  return changeLedger(openLedger(ledgerUrl(spender.ledger)), key, (document) => transition(document, change));
}

const spenderOf = (inputs: HostActivationInputs): Spender => ({
  ...inputs,
  keyFingerprint: keyFingerprint(inputs.productKey),
  keyEnding: keyEnding(inputs.productKey),
});

/** The person or pipeline, as far as the environment tells. */
const whoami = () => process.env.GITHUB_ACTOR ?? process.env.BUILD_REQUESTEDFOR ?? userInfo().username;

/**
 * Before anything is done: brings the ledger in line with what was seen on the machine, and reserves an activation
 * where the plan will spend one. A host that the ledger knows by the resource's former name, or its stack's, stays its own.
 * @throws KmsError KMS6010 to KMS6014 when none is left, or the machine is another stack's
 */
export async function reserveActivation(
  inputs: HostActivationInputs,
  seen: HostState,
  spends: boolean,
  former?: FormerOwner,
): Promise<void> {
  const spender = spenderOf(inputs);
  const machine: HostIdentity = { machineId: seen.machineId, computerName: seen.computerName };
  const licensed = isLicensedWith(spender.keyEnding, seen);
  const document = await changeBy(spender, (before, change) => {
    const declared = declare(before, change, inputs);
    const owned = own(declared, change, machine, { adopts: inputs.adopt, former });
    const settled = settle(owned, change, machine, licensed);
    return spends ? reserve(settled, change, machine) : settled;
  });
  if (spends) {
    reportRemaining(inputs.name, document, machine);
  }
}

function declare(document: LedgerDocument, change: Change, inputs: HostActivationInputs): LedgerDocument {
  const { activationsSpent, hostLimitException } = inputs;
  const seeded = activationsSpent === null ? document : seed(document, change, activationsSpent);
  return hostLimitException === null ? seeded : raiseLimit(seeded, change, hostLimitException);
}

/** What the resource was called when it was last updated: renamed by an alias, or with its stack. */
type FormerOwner = Pick<HostActivationOutputs, "name" | "stack">;

/** A host of another stack is taken over only when the program says so. */
function own(
  document: LedgerDocument,
  change: Change,
  machine: HostIdentity,
  { adopts, former }: { adopts: boolean; former?: FormerOwner },
): LedgerDocument {
  const known = findHost(document, machine.machineId);
  if (known === undefined) {
    return document;
  }
  const isOwn =
    isOwner(change, known) ||
    (former !== undefined && isOwner({ ...change, stack: former.stack, resource: former.name }, known));
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

/** At preview: another machine is another host to Microsoft, and the old one's place is not given back. */
export async function reportReplacement(host: HostActivationOutputs): Promise<void> {
  const cost = `another machine spends another host of the key ending in ${host.keyEnding}`;
  try {
    const stored = await openLedger(ledgerUrl(host.ledger)).read(host.keyFingerprint);
    const left = stored === undefined ? "" : `; ${remaining(stored.document).hostsLeft} are left`;
    report(host.name, `${cost}${left}`);
  } catch (error) {
    report(host.name, `${cost}; how many are left is not known: ${(error as Error).message}`);
  }
}

/** After the answer: what was granted, refused, or not even tried. */
export async function settleActivation(
  inputs: HostActivationInputs,
  machineId: string,
  answer: LicensingAnswer,
): Promise<void> {
  const activation = answer.operations.find(({ id }) => id === activateOperation);
  await changeBy(spenderOf(inputs), (document, change) => {
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
export async function releaseActivation(inputs: HostActivationInputs, machineId: string): Promise<void> {
  await changeBy(spenderOf(inputs), (document, change) => release(document, change, machineId));
}

/** The machine is no KMS host any more; Microsoft does not give its place back. */
export async function retireLedgerEntry(host: HostActivationOutputs): Promise<void> {
  await changeBy(host, (document, change) => retire(document, change, host.machineId));
}
