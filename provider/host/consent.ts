import { limits } from "../catalog/limits";
import { keyEnding, keyFingerprint } from "../catalog/product-key";
import { refusal, report } from "../engine/handler";
import { stopSignal } from "../engine/stopping";
import { containsUnknown } from "../engine/inputs";
import { KmsError } from "../errors/kms-error";
import { withDeclared } from "../ledger/declared";
import { activationsSpentBy, emptyLedger, type LedgerDocument, remaining } from "../ledger/document";
import { currentLedger, documentAfterMove } from "../ledger/moved";
import { findHost } from "../ledger/transitions";
import { sshKey } from "../machine/ssh-address";
import { settle } from "../rules/acknowledge";
import { counted, type Diagnostic, diagnostic } from "../rules/diagnostic";
import { dayOf } from "../rules/days";
import { mayHaveMoved } from "./changes";
import type {
  HostActivationInputs,
  HostActivationOutputs,
  ManagedHostInputs,
  ManagedHostOutputs,
} from "./state";

/*
 * What an update would spend of a key, named before anything is done. What gives up a host that is activated is refused
 * until the program acknowledges it for that host.
 */

const today = () => dayOf(Date.now());

type Acknowledging = Pick<HostActivationInputs, "acknowledge" | "strict">;

/** Diagnostics as the program wants them treated; the preview has said what is wrong with its acknowledgements. */
export function settled(
  diagnostics: readonly Diagnostic[],
  { acknowledge, strict }: Acknowledging,
): Diagnostic[] {
  const codes = new Set(diagnostics.map(({ code }) => code));
  const accepted = containsUnknown(acknowledge) ? [] : acknowledge;
  return settle(diagnostics, { acknowledge: accepted, strict, today: today() }).filter(({ code }) =>
    codes.has(code),
  );
}

/** Whether the program acknowledges this code for the host, today. */
export const isAcknowledged = (code: string, inputs: Acknowledging): boolean =>
  settled([diagnostic(code, "error", "")], inputs).some(({ acknowledged }) => acknowledged === true);

/** A created machine, as the running preview or update has it. */
interface PlannedMachine {
  consent: Acknowledging;
  /** Whether everything is known that decides whether the machine stays. */
  isKnown: boolean;
}

/** By the names of the hosts. The engine has a process of the provider for each preview and each update. */
const plannedMachines = new Map<string, PlannedMachine>();

/** Notes what a created machine is planned to be, which the engine checks before the machine itself. */
export const planMachine = (name: string, machine: PlannedMachine): void =>
  void plannedMachines.set(name, machine);

/** The machine of a host that Pulumi is to create: of one that stays it knows the ID. */
const machineToCreate = (news: HostActivationInputs): PlannedMachine | undefined => {
  const planned = plannedMachines.get(news.name);
  const isCreated = !news.readOnly && !news.keepMachine && containsUnknown(news.azureVmId);
  return isCreated && planned?.isKnown === true ? planned : undefined;
};

/**
 * Reports what the update of a stored host spends, and refuses what the program has not acknowledged. Before it deletes a
 * machine, the engine asks so with the inputs of the last update, which lack what has been acknowledged since then.
 * @throws KmsError KMS6030 another key for an activated host, KMS6031 another machine
 */
export async function refuseSpending(olds: HostActivationOutputs, news: HostActivationInputs): Promise<void> {
  refuseUnacknowledged({ ...news, ...machineToCreate(news)?.consent }, await spendingDiagnostics(olds, news));
}

/** What the update of a stored host spends. */
export async function spendingDiagnostics(
  olds: HostActivationOutputs,
  news: HostActivationInputs,
): Promise<Diagnostic[]> {
  if (news.readOnly) {
    return [];
  }
  const found = [...(await machineDiagnostics(olds, news)), ...(await keyDiagnostics(olds, news))];
  return found.length > 0 ? found : reactivationDiagnostics(olds, news);
}

/**
 * Reports all, and throws the first error among them.
 * @throws KmsError the diagnostic that is an error
 */
export function refuseUnacknowledged(
  inputs: Pick<HostActivationInputs, "name" | "acknowledge" | "strict">,
  diagnostics: readonly Diagnostic[],
): void {
  const all = settled(diagnostics, inputs);
  const first = all.find(({ severity }) => severity === "error");
  all.filter((one) => one !== first).forEach(({ message }) => report(inputs.name, message));
  if (first !== undefined) {
    throw refusal(first);
  }
}

/** Whether something is lost when the host becomes another one. */
const isActivated = ({ licenseStatus, activatedAt }: HostActivationOutputs) =>
  licenseStatus === "Licensed" || activatedAt !== undefined;

const endingOf = (olds: HostActivationOutputs): string =>
  olds.readOnly ? (olds.partialProductKey ?? "") : olds.keyEnding;

const nameOf = ({ computerName, name }: HostActivationOutputs) => computerName ?? name;

const keepExisting = "a machine that moves to another program stays in service with `adopt: true` there";

const keepCreated =
  "Pulumi creates a virtual machine anew after `pulumi state taint` (`pulumi state untaint` takes that back), with --replace or the option replaceOnChanges, and where Azure does not have it any more";

/** Another machine, as far as its ID says so; one over SSH shows on a visit alone. */
async function machineDiagnostics(
  olds: HostActivationOutputs,
  news: ManagedHostInputs,
): Promise<Diagnostic[]> {
  if (olds.readOnly || !isActivated(olds)) {
    return [];
  }
  const { azureVmId } = olds;
  const values = { machine: nameOf(olds), ending: endingOf(olds) };
  if (machineToCreate(news) !== undefined) {
    const others = { cause: "the virtual machine that Pulumi is to create", keep: keepCreated };
    return [
      diagnostic("KMS6031", "error", "machine.create", {
        ...values,
        ...others,
        left: await leftOf(news, olds),
      }),
    ];
  }
  if (containsUnknown(news.azureVmId) || containsUnknown(news.ssh)) {
    return [diagnostic("KMS6032", "warning", "machine", { ...values, left: await leftOf(news, olds) })];
  }
  const from = azureVmId ?? (olds.ssh && sshKey(olds.ssh)) ?? "";
  const to = news.azureVmId ?? (news.ssh && sshKey(news.ssh)) ?? "";
  if (from.toLowerCase() === to.toLowerCase()) {
    return [];
  }
  if (azureVmId === undefined || news.azureVmId === undefined || mayHaveMoved(olds, news)) {
    return [diagnostic("KMS6032", "warning", "machine", { ...values, left: await leftOf(news, olds) })];
  }
  const cause = `a changed ID, from ${from} to ${to},`;
  const others = { cause, keep: keepExisting, left: await leftOf(news, olds) };
  return [diagnostic("KMS6031", "error", "machine.azureVmId", { ...values, ...others })];
}

/** Hosts that were removed in this preview or update; the engine removes some before it creates them on another machine. */
const removedHosts = new Map<string, ManagedHostOutputs>();

const hostKey = ({ ledger, stack, name }: Pick<ManagedHostInputs, "ledger" | "stack" | "name">) =>
  JSON.stringify([ledger, stack, name]);

/** Notes a removed host, so that its name gets no other machine in the same update without consent. */
export const noteRemoved = (host: ManagedHostOutputs): void => void removedHosts.set(hostKey(host), host);

/**
 * Refuses another machine that is found at the same address, or in place of one that was removed just now, before anything
 * on it is changed.
 * @throws KmsError KMS6031
 */
export async function refuseOtherMachine(
  inputs: ManagedHostInputs,
  found: { machineId: string; computerName: string },
  olds: HostActivationOutputs | undefined,
): Promise<void> {
  const stored = olds?.readOnly === false ? olds : undefined;
  const former = olds === undefined ? removedHosts.get(hostKey(inputs)) : stored;
  if (former === undefined || !isActivated(former) || former.machineId === found.machineId) {
    return;
  }
  const values = {
    machine: nameOf(former),
    ending: endingOf(former),
    cause: `the machine ${found.machineId} in place of ${former.machineId}`,
    keep: keepExisting,
    left: await leftOf(inputs, former),
  };
  refuseUnacknowledged(inputs, [diagnostic("KMS6031", "error", "machine", values)]);
}

/** Another key on a host that is activated, unless it has the new one already. */
async function keyDiagnostics(olds: HostActivationOutputs, news: ManagedHostInputs): Promise<Diagnostic[]> {
  const { productKey } = news;
  if (containsUnknown(productKey) || !isActivated(olds)) {
    return [];
  }
  const ending = endingOf(olds);
  const given = keyEnding(productKey);
  const isSame = olds.readOnly ? ending === given : olds.keyFingerprint === keyFingerprint(productKey);
  const isThere = olds.partialProductKey === given && olds.licenseStatus === "Licensed";
  if (isSame || isThere || ending === "") {
    return [];
  }
  const path = news.activationId === undefined ? "key.productKey" : "officeKeys";
  const values = { machine: nameOf(olds), ending, given, left: await leftOf(news, olds) };
  return [diagnostic("KMS6030", "error", path, values)];
}

/** A key that was installed and is not activated any more, or not yet. */
async function reactivationDiagnostics(
  olds: HostActivationOutputs,
  news: ManagedHostInputs,
): Promise<Diagnostic[]> {
  const { productKey } = news;
  if (containsUnknown(productKey) || news.activation === "none" || olds.machineId === undefined) {
    return [];
  }
  const given = keyEnding(productKey);
  const isThere = olds.partialProductKey === given && olds.licenseStatus === "Licensed";
  if (isThere || (news.activation === "offline" && (news.confirmationId ?? "") === "")) {
    return [];
  }
  const path = news.activationId === undefined ? "key.productKey" : "officeKeys";
  const values = { machine: nameOf(olds), given, status: olds.licenseStatus };
  return [
    diagnostic("KMS6034", "warning", path, {
      ...values,
      left: await activationsLeftOf(news, olds, olds.machineId),
    }),
  ];
}

/** What the ledger of the new key says, with what the update brings along to it; or why that is not known. */
async function ledgerOf(
  news: ManagedHostInputs,
  olds: HostActivationOutputs | undefined,
): Promise<LedgerDocument | string> {
  const { productKey, ledger, keyGroup } = news;
  if (containsUnknown(productKey) || containsUnknown(ledger)) {
    return "its ledger is not known yet";
  }
  const identity = { keyFingerprint: keyFingerprint(productKey), keyEnding: keyEnding(productKey), keyGroup };
  const { stack, name: resource } = news;
  const change = { at: new Date().toISOString(), who: "", stack, resource };
  const declared = {
    ...(!containsUnknown(news.activationsSpent) && { activationsSpent: news.activationsSpent }),
    ...(!containsUnknown(news.hostLimitException) && { hostLimitException: news.hostLimitException }),
  };
  try {
    const former =
      olds?.readOnly === false && olds.keyFingerprint === identity.keyFingerprint ? olds : undefined;
    const moved =
      former &&
      (await documentAfterMove(
        { from: former.ledger, to: ledger, machineId: former.machineId },
        identity,
        change,
      ));
    const present = moved ?? (await currentLedger(ledger, identity.keyFingerprint, stopSignal()))?.document;
    // The preview of the component says what another stack declared; here it is only counted with.
    return withDeclared(present ?? emptyLedger(identity), change, declared, true);
  } catch (error) {
    if (error instanceof KmsError) {
      return error.code;
    }
    throw error;
  }
}

/** How many hosts the key has left, in words. */
async function leftOf(news: ManagedHostInputs, olds?: HostActivationOutputs): Promise<string> {
  const document = await ledgerOf(news, olds);
  if (typeof document === "string") {
    return `how many are left is not known (${document})`;
  }
  const { hostsLeft, hostLimit } = remaining(document);
  return `${hostsLeft} of ${hostLimit} ${hostsLeft === 1 ? "is" : "are"} left`;
}

/** Which activation of the machine it would be, in words. */
async function activationsLeftOf(
  news: ManagedHostInputs,
  olds: HostActivationOutputs,
  machineId: string,
): Promise<string> {
  const document = await ledgerOf(news, olds);
  if (typeof document === "string") {
    return `how many are left is not known (${document})`;
  }
  const host = findHost(document, machineId);
  const spent = host === undefined ? 0 : activationsSpentBy(host);
  if (spent === 0) {
    const { hostsLeft, hostLimit } = remaining(document);
    return `it is its first with this key, which has ${hostsLeft} of ${counted(hostLimit, "host")} left`;
  }
  return `it is number ${spent + 1} of ${limits.activationsPerHost} that Microsoft allows this machine`;
}
