import { explainHresult } from "../catalog/hresults";
import { officeGroup, officeName } from "../catalog/key-groups";
import { limits } from "../catalog/limits";
import { keyEnding, keyFingerprint } from "../catalog/product-key";
import { setupKeyOf } from "../catalog/setup-keys";
import { deadlineIn } from "../engine/clock";
import { PartialFailure } from "../engine/handler";
import { KmsError } from "../errors/kms-error";
import { failedOperation } from "../machine/licensing-answer";
import type { LicensingAnswer, LicensingPlan } from "../machine/licensing-plan";
import { isGone, type Machine, neverReachedWindows, type RunOptions } from "../machine/machine";
import { openMachine } from "../machine/open-machine";
import {
  entriesOf,
  formerEntries,
  releaseActivation,
  reserveActivation,
  retireEntries,
  settleActivation,
} from "./ledger-entry";
import { hostState, type HostState, isLicensedWith, observedHost, refuseMachine } from "./observed";
import {
  activateOperation,
  becomesActivated,
  type DesiredHost,
  ensureHostPlan,
  hostDrift,
  installOperation,
  observeHostPlan,
  retireHostPlan,
  uninstallOfficeKeyPlan,
} from "./plan";
import { refuseFound } from "./check";
import { refuseOtherMachine } from "./consent";
import {
  type HostActivationOutputs,
  type HostHistory,
  type LedgerEntry,
  type ManagedHostInputs,
  type ManagedHostOutputs,
  storedInputs,
} from "./state";

/** What the installation of a key gives where its product is not there. Source: SLInstallProofOfPurchaseEx reference. */
const productMissing = new Set(["0xC004F015", "0xC004F050", "0xC004F069"]);

/** Port whose firewall rule is read on a host. */
const portOf = ({ settings }: Pick<ManagedHostOutputs, "settings">) => settings?.port ?? limits.kmsPort;

/**
 * Observes the machine, refuses one that cannot be the host, acts under guard, and gives what is there now. A host in the
 * desired state is only looked at.
 * @throws PartialFailure where the state is to be kept though not all is done: a refused step, a former ledger entry
 */
export async function ensureHost(
  inputs: ManagedHostInputs,
  olds?: HostActivationOutputs,
): Promise<ManagedHostOutputs> {
  const machine = openMachine(inputs);
  const options = deadlineIn(inputs.timeoutMinutes);
  const port = portOf(inputs);
  const before = hostState(await machine.run(observeHostPlan(port, inputs.activationId), {}, options), port);
  refuseMachine(before, inputs);
  refuseFound(inputs, before);
  await refuseOtherMachine(inputs, before, olds);
  const desired = desiredByInputs(inputs, before, olds?.readOnly === false ? olds : undefined);
  await reserveActivation(inputs, before, spendsActivation(desired, before), olds);
  const answer =
    hostDrift(desired, before).length === 0
      ? undefined
      : await activateWithLedger(machine, desired, inputs, before, options);
  const after = answer === undefined ? before : hostState(answer, port);
  const activated = answer?.operations.some(
    ({ id, result }) => id === activateOperation && result === "done",
  );
  const activatedAt = activated ? after.utc : olds?.activatedAt;
  const { left, cause } = await retireFormerEntries(formerEntries(inputs, after.machineId, olds), after);
  const outputs = hostOutputs(inputs, after, {
    ...(activatedAt !== undefined && { activatedAt }),
    ...(left.length > 0 && { formerEntries: left }),
    confirmed: desired.confirmedInstallationId !== undefined && after.licenseStatus === "Licensed",
    drift: hostDrift(desired, after),
  });
  const failed = answer && failedOperation(answer);
  if (failed !== undefined) {
    throw new PartialFailure(after.machineId, outputs, refusedStep(machine.name, inputs, failed));
  }
  if (cause !== undefined) {
    throw new PartialFailure(after.machineId, outputs, cause);
  }
  return outputs;
}

/** Retires the entries of keys that are not on the machine any more; one that still has its old key is still a host with it. */
async function retireFormerEntries(
  entries: LedgerEntry[],
  { machineId, partialProductKey }: HostState,
): Promise<{ left: LedgerEntry[]; cause?: Error }> {
  const isInUse = (entry: LedgerEntry) =>
    entry.machineId === machineId && entry.keyEnding === partialProductKey;
  const { left, cause } = await retireEntries(entries.filter((entry) => !isInUse(entry)));
  return { left: [...entries.filter(isInUse), ...left], cause };
}

/** What the engine stores of a host after it was worked on. */
function hostOutputs(
  inputs: ManagedHostInputs,
  state: HostState,
  history: HostHistory & Pick<ManagedHostOutputs, "confirmed">,
): ManagedHostOutputs {
  const { productKey } = inputs;
  return {
    ...storedInputs(inputs),
    keyFingerprint: keyFingerprint(productKey),
    keyEnding: keyEnding(productKey),
    ...observedHost(state, inputs.activation),
    ...history,
  };
}

/** The error for a step that Windows refused. */
function refusedStep(
  machine: string,
  { activationId, keyGroup }: ManagedHostInputs,
  { id, hresult }: { id: string; hresult: string },
): KmsError {
  const explained = explainHresult(hresult, "host");
  const pack = activationId === undefined ? undefined : officeGroup(keyGroup);
  if (pack !== undefined && id === installOperation && productMissing.has(hresult)) {
    const { name } = explained;
    const values = { machine, office: officeName(pack), hresult, name, pack: pack.licensePackId ?? 0 };
    return new KmsError("KMS4040", { property: "officeKeys", values });
  }
  return new KmsError("KMS4001", { values: { machine, operation: id, ...explained } });
}

/** Whether the plan will activate: the machine is not, or gets another key. */
const spendsActivation = (desired: DesiredHost, before: HostState) =>
  becomesActivated(desired) && !isLicensedWith(desired.partialProductKey, before);

/** Runs the plan; an unknown outcome keeps the reservation, which the next run settles by what it sees. */
async function activateWithLedger(
  machine: Machine,
  desired: DesiredHost,
  inputs: ManagedHostInputs,
  before: HostState,
  options: RunOptions,
): Promise<LicensingAnswer> {
  const { productKey, confirmationId } = inputs;
  const spends = spendsActivation(desired, before);
  let answer: LicensingAnswer;
  try {
    answer = await machine.run(
      ensureHostPlan(desired),
      { productKey, ...(confirmationId !== undefined && { confirmationId }) },
      options,
    );
  } catch (error) {
    if (spends && neverReachedWindows(error)) {
      await releaseActivation(inputs, before.machineId);
    }
    throw error;
  }
  if (spends) {
    await settleActivation(inputs, before.machineId, answer);
  }
  return answer;
}

/** A confirmation ID belongs to the installation ID of the key that is installed already. */
function desiredByInputs(
  inputs: ManagedHostInputs,
  before: HostState,
  olds: ManagedHostOutputs | undefined,
): DesiredHost {
  const { activationId, activation, confirmationId, settings } = inputs;
  const partialProductKey = keyEnding(inputs.productKey);
  const confirmed =
    activation === "offline" &&
    (confirmationId ?? "") !== "" &&
    before.partialProductKey === partialProductKey;
  return {
    activationId,
    activation,
    partialProductKey,
    confirmedInstallationId: confirmed ? before.installationId : undefined,
    settings: settings && { values: settings, former: olds?.settings },
  };
}

/** The desired state of a stored host. */
export const desiredByOutputs = (host: ManagedHostOutputs): DesiredHost => ({
  activationId: host.activationId,
  activation: host.activation,
  partialProductKey: host.keyEnding,
  confirmedInstallationId: host.confirmed ? host.installationId : undefined,
  settings: host.settings && { values: host.settings },
});

/** How long it may take to look at a KMS host, or to retire it. */
const shortMinutes = 30;

/** Looks at a host after an update. */
export async function refreshHost(host: ManagedHostOutputs): Promise<ManagedHostOutputs> {
  const port = portOf(host);
  const answer = await openMachine(host).run(
    observeHostPlan(port, host.activationId),
    {},
    deadlineIn(shortMinutes),
  );
  const state = hostState(answer, port);
  const {
    partialProductKey: _key,
    installationId: _id,
    foundOs: _os,
    foundEdition: _edition,
    ...rest
  } = host;
  return {
    ...rest,
    ...observedHost(state, host.activation),
    drift: hostDrift(desiredByOutputs(host), state),
  };
}

/**
 * Makes a machine that stays a KMS client of its own edition; otherwise it would go on answering as a host. A
 * machine that goes with its host is not reached first. The host key of an Office version may leave alone, so it is
 * uninstalled in any case.
 */
export async function retireHost(host: ManagedHostOutputs): Promise<void> {
  if (host.keepMachine || host.activationId !== undefined) {
    try {
      const machine = openMachine(host);
      await takeKeyOff(machine, retirePlan(machine, host));
    } catch (error) {
      if (!isGone(error)) {
        throw error;
      }
    }
  }
  const { cause } = await retireEntries(entriesOf(host));
  if (cause !== undefined) {
    throw cause;
  }
}

function retirePlan(machine: Machine, host: ManagedHostOutputs): LicensingPlan {
  const { activationId, editionId } = host;
  if (activationId !== undefined) {
    return uninstallOfficeKeyPlan(portOf(host), activationId);
  }
  const os = host.os ?? host.foundOs ?? "";
  const setupKey = setupKeyOf(os, editionId);
  if (setupKey === undefined) {
    const given = `${os === "" ? `Windows build ${host.osBuild}` : os}, ${editionId}`;
    throw new KmsError("KMS4003", { values: { machine: machine.name, given } });
  }
  return retireHostPlan(setupKey, host.keyEnding, portOf(host));
}

async function takeKeyOff(machine: Machine, plan: LicensingPlan): Promise<void> {
  const answer = await machine.run(plan, {}, deadlineIn(shortMinutes));
  const failed = failedOperation(answer);
  if (failed !== undefined) {
    const explained = explainHresult(failed.hresult, "client");
    throw new KmsError("KMS4002", { values: { machine: machine.name, operation: failed.id, ...explained } });
  }
}
