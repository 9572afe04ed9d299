import { MemberStatus } from "../catalog/constants";
import { type Clock, systemClock } from "../engine/clock";
import { report } from "../engine/handler";
import { formatError, KmsError } from "../errors/kms-error";
import { decodeAnswer } from "../machine/licensing-script";
import type { RunOptions } from "../machine/machine";
import type { ScaleSet, ScaleSetAccess, ScaleSetInstance } from "../machine/scale-set";
import { licensingExtension, type LicensingExtension } from "../machine/scale-set-extension";
import { isPoweredOff } from "../machine/power-states";
import { maskSecrets } from "../machine/secrets";
import { desiredClient, thresholdFor } from "./desired";
import { explainProblem, type MemberContext } from "./member-failure";
import { machinesMissing, memberDrift, memberState, notStarted } from "./member";
import { type DesiredClient, ensureClientPlan } from "./plan";
import { summaryLine } from "./rollout-progress";
import {
  type ClientActivationInputs,
  type ClientActivationOutputs,
  type KeptInputs,
  type Member,
  memberKey,
  type MemberName,
  type MemberState,
  type ScaleSetInputs,
  type ScaleSetOutputs,
} from "./state";
import { dayOf } from "../rules/days";

/** Inputs of a group whose members are instances of a scale set. */
export type ScaleSetGroup = ClientActivationInputs & { scaleSet: ScaleSetInputs };

/** Outputs of such a group. */
export type ScaleSetGroupOutputs = ClientActivationOutputs & { scaleSet: ScaleSetOutputs };

/** A group of a scale set while it is updated or read. */
export interface ScaleSetWork<Group = ScaleSetGroup> {
  group: Group;
  access: ScaleSetAccess;
  set: ScaleSet;
  options: RunOptions;
}

/** Desired state of instances that Azure configures: all have one command, so there is one KMS host for all. */
function desiredInstance(group: KeptInputs, today: string): DesiredClient {
  const [host] = group.hostAddresses;
  return { ...desiredClient(group, today), ...(host !== undefined && { host }) };
}

/** The extension that makes an instance a KMS client and asks for its activation. @throws KmsError KMS3023 */
export const instanceExtension = (group: KeptInputs): LicensingExtension =>
  licensingExtension(ensureClientPlan(desiredInstance(group, dayOf(Date.now()))));

/** How much of an extension's output is shown. */
const shownCharacters = 300;

/** The state of an instance by what it reported when Azure last ran our extension on it, at the time `now`. */
export function instanceState(instance: ScaleSetInstance, context: MemberContext, now: number): MemberState {
  const { name, azureVmId, power, extension } = instance;
  const member = { name, ...(azureVmId !== "" && { azureVmId }) };
  if (isPoweredOff(power)) {
    return withoutAnswer(member, MemberStatus.Off, "KMS4053", power);
  }
  const status = extension?.statuses?.[0];
  if (!/^ProvisioningState\/(succeeded|failed)/.test(status?.code ?? "")) {
    return notStarted(member);
  }
  const output = messageOf(instance, "StdOut");
  if (output.trim() === "") {
    const said = maskSecrets(messageOf(instance, "StdErr").trim() || (status?.message ?? ""), []);
    return withoutAnswer(
      member,
      MemberStatus.Failed,
      "KMS4051",
      said.slice(-shownCharacters).replace(/\.$/, "") || "nothing",
    );
  }
  return answeredState(member, output, context, now);
}

function withoutAnswer(member: MemberName, status: MemberStatus, code: string, given: string): MemberState {
  return { ...member, status, error: formatError(code, { values: { machine: member.name, given } }) };
}

const messageOf = ({ extension }: ScaleSetInstance, stream: string): string =>
  extension?.substatuses?.find(({ code }) => code?.startsWith(`ComponentStatus/${stream}/`))?.message ?? "";

function answeredState(member: MemberName, output: string, context: MemberContext, now: number): MemberState {
  const { desired } = context;
  try {
    const answer = decodeAnswer(output, member.name);
    const state = memberState(member, desired, answer, (problem) => explainProblem(problem, answer, context));
    if (state.status !== MemberStatus.Licensed) {
      return state;
    }
    const drift = memberDrift(desired, answer);
    if (drift.length > 0) {
      return { ...state, status: MemberStatus.Drifted, error: drift.join("; ") };
    }
    return isPast(state.expiresAt, now) ? outdated(state, answer.machine.utc) : state;
  } catch (error) {
    if (error instanceof KmsError) {
      return { ...member, status: MemberStatus.Failed, error: error.message };
    }
    throw error;
  }
}

const isPast = (expiresAt: string | undefined, now: number) =>
  expiresAt !== undefined && Date.parse(expiresAt) < now;

function outdated(state: MemberState, reportedAt: string): MemberState {
  const error = formatError("KMS4052", { values: { machine: state.name, given: reportedAt } });
  return { ...state, status: MemberStatus.Drifted, error };
}

/** The desired state of instances, and what errors name of their program. */
export function instanceContext(group: KeptInputs): MemberContext {
  const today = dayOf(Date.now());
  return { desired: desiredInstance(group, today), policy: { ...group, today } };
}

/**
 * Puts the extension into the model and brings it to the instances. Where the upgrade policy leaves that to the owner
 * of the set, only those get it that had the latest model before: the others wait for some other change.
 */
export async function applyExtension(
  access: ScaleSetAccess,
  set: ScaleSet,
  extension: LicensingExtension,
  options: RunOptions,
): Promise<void> {
  await changeModel(access, set, options, () =>
    access.putExtension(extension, new Date().toISOString(), options),
  );
}

/** Takes our extension out of the model and off the instances. */
export const withdrawExtension = (access: ScaleSetAccess, set: ScaleSet, options: RunOptions) =>
  changeModel(access, set, options, () => access.removeExtension(options));

/** @throws KmsError KMS3022 when the model has another extension of the same kind */
export function checkModel(id: string, { otherScript }: ScaleSet): void {
  if (otherScript !== undefined) {
    throw new KmsError("KMS3022", { values: { given: id, name: otherScript } });
  }
}

async function changeModel(
  access: ScaleSetAccess,
  set: ScaleSet,
  options: RunOptions,
  change: () => Promise<void>,
): Promise<void> {
  const byHand = set.upgradedByHand && set.uniform;
  const current = byHand ? (await access.instances(set, options)).filter(isCurrent) : [];
  await change();
  if (current.length > 0) {
    await access.upgrade(
      current.map(({ instanceId }) => instanceId),
      options,
    );
  }
}

const isCurrent = ({ latestModelApplied }: ScaleSetInstance) => latestModelApplied === true;

/** How many instances that are gone are listed by name. */
const namedInstances = 5;

/** The instances of a Flexible set, which are virtual machines that run commands reach. */
export interface FlexibleInstances {
  machines: Member[];
  /** States of those that Azure has configured since they were last listed; the rollout configures the others. */
  seen: MemberState[];
}

/** Lists the instances, and reports which of those known before are gone. */
export async function flexibleInstances(
  { group, access, set, options }: ScaleSetWork<ScaleSetGroup | ScaleSetGroupOutputs>,
  before: readonly MemberState[],
): Promise<FlexibleInstances> {
  const instances = await access.instances(set, options);
  const known = new Set(before.map(memberKey));
  const fresh = instances.filter((instance) => !known.has(memberKey(machineOf(instance))));
  reportGone(group.name, before, instances);
  return {
    machines: instances.map(machineOf),
    seen: group.scaleSet.autoscaled ? answered(group, fresh) : [],
  };
}

const machineOf = ({ name, azureVmId }: ScaleSetInstance): Member => ({
  name,
  ...(azureVmId !== "" && { azureVmId }),
});

/** States of instances that the extension of the model ran on. */
function answered(group: ScaleSetGroup | ScaleSetGroupOutputs, instances: ScaleSetInstance[]): MemberState[] {
  const context = instanceContext(group);
  return instances
    .filter(({ extension }) => extension !== undefined)
    .map((instance) => instanceState(instance, context, Date.now()));
}

function reportGone(group: string, before: readonly MemberState[], instances: ScaleSetInstance[]): void {
  const present = new Set(instances.map((instance) => memberKey(machineOf(instance))));
  const gone = before.filter((member) => !present.has(memberKey(member))).map(({ name }) => name);
  if (gone.length > 0) {
    const more = gone.length > namedInstances ? ` and ${gone.length - namedInstances} more` : "";
    report(group, `no longer in the scale set: ${gone.slice(0, namedInstances).join(", ")}${more}`);
  }
}

/** Runs of the extension in one update: one that all take part in, and one for those that came before the count did. */
const mostRuns = 2;

/**
 * Has Azure run our extension on the instances until each has reported its state: where the model lacks it, where an
 * instance is not done, and once more for those that asked before the KMS host counted enough machines.
 */
export async function configureInstances(
  work: ScaleSetWork,
  clock: Pick<Clock, "now"> = systemClock,
): Promise<MemberState[]> {
  const { group, access, set, options } = work;
  const extension = instanceExtension(group);
  const startedAt = clock.now();
  let states = isInModel(set, extension) ? await instanceStates(work) : undefined;
  for (let runs = 0; runs < mostRuns && isWorthRunning(group, states, runs); runs += 1) {
    report(group.name, `Azure runs the extension on the instances${runs > 0 ? " again" : ""}`);
    await applyExtension(access, set, extension, options);
    states = await instanceStates(work);
  }
  report(group.name, summaryLine(states!, clock.now() - startedAt));
  return states!;
}

/** Whether the model has just this extension. */
export const isInModel = ({ timestamp }: ScaleSet, { settings }: LicensingExtension) =>
  timestamp === settings.timestamp;

function isWorthRunning(group: ScaleSetGroup, states: MemberState[] | undefined, runs: number): boolean {
  if (states === undefined || runs === 0) {
    return states?.every(({ status }) => status === MemberStatus.Licensed) !== true;
  }
  const pending = states.some(({ status }) => status === MemberStatus.Pending);
  return pending && machinesMissing(states, (state) => thresholdFor(group, state)) === 0;
}

/** What each instance reported when Azure last ran our extension on it; reports those that wait for the latest model. */
export async function instanceStates({
  group,
  access,
  set,
  options,
}: ScaleSetWork<ScaleSetGroup | ScaleSetGroupOutputs>): Promise<MemberState[]> {
  const instances = await access.instances(set, options);
  const context = instanceContext(group);
  const behind = instances.filter(({ latestModelApplied }) => latestModelApplied === false).length;
  if (set.upgradedByHand && behind > 0) {
    const values = { given: behind, all: instances.length, name: group.name };
    report(group.name, formatError("KMS4054", { values }));
  }
  return instances.map((instance) => instanceState(instance, context, Date.now()));
}
