import type * as pulumi from "@pulumi/pulumi";
import { explainHresult } from "../activation/explain-hresult";
import { failedOperation } from "../activation/failed-operation";
import { hostDrift } from "../activation/host-drift";
import { demoteHostPlan, ensureHostPlan, observeHostPlan } from "../activation/host-plan";
import { hostState } from "../activation/host-state";
import type { HostWish } from "../activation/host-wish";
import { refuseMachine } from "../activation/refuse-machine";
import { setupKeyOf } from "../activation/setup-key";
import { keyEnding, keyFingerprint } from "../activation/product-key";
import { KmsError } from "../errors/kms-error";
import type { LicensingAnswer } from "../machine/licensing-plan";
import { openMachine } from "../machine/open-machine";
import type { Machine } from "../machine/machine";
import { hostVerdicts } from "../rules/host-verdicts";
import { programIndex } from "../rules/program-index";
import { checkFailures } from "./check-failures";
import { deadlineIn } from "./deadline";
import { type Handler, PartialFailure } from "./handler";
import type { HostActivationInputs, HostActivationOutputs } from "./host-activation";
import { isGone } from "./is-gone";
import { report } from "./report";
import { containsUnknown, knownMembers } from "./unknown";

/** Members whose change makes the next update visit the machine. */
const watched = [
  "keyGroup",
  "os",
  "port",
  "activationIntervalMinutes",
  "renewalIntervalMinutes",
  "lowPriority",
  "dnsPublishing",
  "installRole",
  "firewallProfiles",
  "keepMachine",
] as const;

/** How long the removal of a KMS host may take. */
const removalMinutes = 30;

export const hostActivationHandler: Handler<HostActivationInputs, HostActivationOutputs> = {
  check(inputs) {
    const { name, keyGroup, os, productKey } = knownMembers(inputs);
    return checkFailures(hostVerdicts({ name: name ?? "", keyGroup, os, productKey }, programIndex()));
  },

  diff(olds, news): pulumi.dynamic.DiffResult {
    const moved = containsUnknown(news.azureVmId) || !sameId(news.azureVmId, olds.azureVmId);
    olds.drift.forEach((difference) => report(olds.name, difference));
    const changed =
      containsUnknown(news.productKey) ||
      keyFingerprint(news.productKey) !== olds.keyFingerprint ||
      watched.some((member) => JSON.stringify(news[member]) !== JSON.stringify(olds[member]));
    return {
      changes: moved || changed || olds.drift.length > 0,
      replaces: moved ? ["azureVmId"] : [],
      deleteBeforeReplace: false,
    };
  },

  async create(inputs) {
    const outs = await ensureHost(inputs, "");
    return { id: outs.machineId, outs };
  },

  async read(_id, olds) {
    try {
      const machine = openMachine({ azureVmId: olds.azureVmId });
      const answer = await machine.run(observeHostPlan(olds.port), {}, deadlineIn(removalMinutes));
      const state = hostState(answer, olds.port);
      return {
        ...olds,
        ...observed(answer, olds.port),
        port: olds.port,
        drift: hostDrift(wishOf(olds, olds.keyEnding), state),
      };
    } catch (error) {
      if (isGone(error)) {
        return undefined;
      }
      throw error;
    }
  },

  update: (_id, olds, news) => ensureHost(news, olds.activationTime),

  async remove(_id, olds) {
    if (!olds.keepMachine) {
      return;
    }
    const machine = openMachine({ azureVmId: olds.azureVmId });
    try {
      await demote(machine, olds);
    } catch (error) {
      if (!isGone(error)) {
        throw error;
      }
    }
  },
};

const sameId = (left: string, right: string) => left.toLowerCase() === right.toLowerCase();

function wishOf(inputs: Omit<HostWish, "partialProductKey">, partialProductKey: string): HostWish {
  return { ...inputs, partialProductKey };
}

/** Observe, refuse what can't be a host, act under guard, and tell what is there now. */
async function ensureHost(
  inputs: HostActivationInputs,
  activatedBefore: string,
): Promise<HostActivationOutputs> {
  const machine = openMachine({ azureVmId: inputs.azureVmId });
  const options = deadlineIn(inputs.deadlineMinutes);
  const wish = wishOf(inputs, keyEnding(inputs.productKey));
  const before = hostState(await machine.run(observeHostPlan(inputs.port), {}, options), inputs.port);
  refuseMachine(before, inputs);
  if (hostDrift(wish, before).length === 0) {
    return outputsOf(inputs, before.machineId, [], activatedBefore, before);
  }
  const answer = await machine.run(ensureHostPlan(wish), { productKey: inputs.productKey }, options);
  const after = hostState(answer, inputs.port);
  const activated = answer.operations.some(({ id, result }) => id === "activate" && result === "done");
  const activationTime = activated ? after.utc : activatedBefore;
  const outputs = outputsOf(inputs, after.machineId, hostDrift(wish, after), activationTime, after);
  const failed = failedOperation(answer);
  if (failed !== undefined) {
    const explained = explainHresult(failed.hresult, "host");
    throw new PartialFailure(
      after.machineId,
      outputs,
      new KmsError("KMS4001", { values: { machine: machine.name, operation: failed.id, ...explained } }),
    );
  }
  return outputs;
}

function observed(answer: LicensingAnswer, port: number) {
  const { machineId, computerName, osBuild, editionId, partialProductKey, licenseStatus, currentCount } =
    hostState(answer, port);
  return { machineId, computerName, osBuild, editionId, partialProductKey, licenseStatus, currentCount };
}

function outputsOf(
  inputs: HostActivationInputs,
  machineId: string,
  drift: string[],
  activationTime: string,
  state: ReturnType<typeof hostState>,
): HostActivationOutputs {
  return {
    name: inputs.name,
    azureVmId: inputs.azureVmId,
    os: inputs.os,
    keyGroup: inputs.keyGroup,
    keyFingerprint: keyFingerprint(inputs.productKey),
    keyEnding: keyEnding(inputs.productKey),
    keepMachine: inputs.keepMachine,
    machineId,
    computerName: state.computerName,
    osBuild: state.osBuild,
    editionId: state.editionId,
    partialProductKey: state.partialProductKey,
    licenseStatus: state.licenseStatus,
    currentCount: state.currentCount,
    activationTime,
    port: inputs.port,
    activationIntervalMinutes: inputs.activationIntervalMinutes,
    renewalIntervalMinutes: inputs.renewalIntervalMinutes,
    lowPriority: inputs.lowPriority,
    dnsPublishing: inputs.dnsPublishing,
    installRole: inputs.installRole,
    firewallProfiles: inputs.firewallProfiles,
    drift,
  };
}

/** A machine that stays is made a KMS client of its own edition; otherwise it would go on answering as a host. */
async function demote(machine: Machine, olds: HostActivationOutputs): Promise<void> {
  const setupKey = setupKeyOf(olds.os, olds.editionId);
  if (setupKey === undefined) {
    throw new KmsError("KMS4003", {
      values: { machine: machine.name, given: `${olds.os}, ${olds.editionId}` },
    });
  }
  const answer = await machine.run(demoteHostPlan(setupKey, olds.port), {}, deadlineIn(removalMinutes));
  const failed = failedOperation(answer);
  if (failed !== undefined) {
    const explained = explainHresult(failed.hresult, "client");
    throw new KmsError("KMS4002", { values: { machine: machine.name, operation: failed.id, ...explained } });
  }
}
