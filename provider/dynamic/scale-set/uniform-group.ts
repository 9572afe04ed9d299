import type { MemberState } from "../../activation/client-outcome";
import { machinesMissing } from "../../activation/machines-missing";
import { summaryLine } from "../../activation/rollout-progress";
import { formatError } from "../../errors/kms-error";
import type { LicensingExtension } from "../../machine/licensing-extension";
import type { ScaleSet } from "../../machine/scale-set";
import { report } from "../report";
import { instanceExtension } from "./instance-extension";
import { instanceState } from "./instance-state";
import { instanceSurroundings } from "./instance-surroundings";
import { applyExtension } from "./model-extension";
import type { ScaleSetGroup, ScaleSetGroupOutputs, ScaleSetWork } from "./scale-set-group";

/** Runs of the extension in one update: one that all take part in, and one for those that came before the count did. */
const mostRuns = 2;

/**
 * Has Azure run our extension on the instances until each has said how it stands: where the model lacks it, where an
 * instance is not done, and once more for those that asked before the KMS host counted enough machines.
 */
export async function configureInstances(work: ScaleSetWork): Promise<MemberState[]> {
  const { group, access, set, options } = work;
  const extension = instanceExtension(group);
  const startedAt = Date.now();
  let states = isInModel(set, extension) ? await instanceStates(work) : undefined;
  for (let runs = 0; runs < mostRuns && isWorthRunning(group, states, runs); runs += 1) {
    report(group.name, `Azure runs the extension on the instances${runs > 0 ? " again" : ""}`);
    await applyExtension(access, set, extension, options);
    states = await instanceStates(work);
  }
  report(group.name, summaryLine(states!, Date.now() - startedAt));
  return states!;
}

/** Whether the model has just this extension. */
export const isInModel = ({ timestamp }: ScaleSet, { settings }: LicensingExtension) =>
  timestamp === settings.timestamp;

function isWorthRunning(group: ScaleSetGroup, states: MemberState[] | undefined, runs: number): boolean {
  if (states === undefined || runs === 0) {
    return states?.every(({ status }) => status === "Licensed") !== true;
  }
  const pending = states.some(({ status }) => status === "Pending");
  return pending && machinesMissing(states, group.threshold) === 0;
}

/** What each instance said when Azure last ran our extension on it; tells of those that wait for the latest model. */
export async function instanceStates({
  group,
  access,
  set,
  options,
}: ScaleSetWork<ScaleSetGroup | ScaleSetGroupOutputs>): Promise<MemberState[]> {
  const instances = await access.instances(set, options);
  const surroundings = instanceSurroundings(group);
  const behind = instances.filter(({ latestModelApplied }) => latestModelApplied === false).length;
  if (set.upgradedByHand && behind > 0) {
    const values = { given: behind, all: instances.length, name: group.name };
    report(group.name, formatError("KMS4054", { values }));
  }
  return instances.map((instance) => instanceState(instance, surroundings, Date.now()));
}
