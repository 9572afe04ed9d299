import { report } from "../engine/handler";
import { formatError, KmsError } from "../errors/kms-error";
import { decodeAnswer, maskSecrets } from "../machine/licensing-script";
import type { RunOptions } from "../machine/machine";
import type { ScaleSet, ScaleSetAccess, ScaleSetInstance } from "../machine/scale-set";
import { licensingExtension, type LicensingExtension } from "../machine/scale-set-extension";
import { desiredMember, type DesiredSettings } from "./desired";
import { machinesMissing, memberDrift, memberState, type MemberState, notStarted, unseen } from "./member";
import { hresultInWords, type MemberSurroundings } from "./member-work";
import { type DesiredClient, type ConvertFrom, ensureClientPlan } from "./plan";
import { summaryLine } from "./rollout-progress";
import type { ScaleSetGroup, ScaleSetGroupOutputs, ScaleSetWork } from "./scale-set-group";
import { type Member, memberKey } from "./state";

/** What the extension is made from. */
export type ExtensionSettings = DesiredSettings & { convertFrom: ConvertFrom | "" };

/** What instances shall be that Azure configures: all have one command, so there is one KMS host for all. */
export const desiredInstance = (settings: DesiredSettings): DesiredClient =>
  desiredMember(settings, settings.hostAddresses[0]);

/** The extension that makes an instance a KMS client and asks for its activation. @throws KmsError KMS3023 */
export function instanceExtension(settings: ExtensionSettings): LicensingExtension {
  const { convertFrom } = settings;
  return licensingExtension(
    ensureClientPlan({ ...desiredInstance(settings), ...(convertFrom !== "" && { convertFrom }) }),
  );
}

/** How much of what an extension said is shown. */
const shownCharacters = 300;

/** Where an instance stands by what it said when Azure last ran our extension on it, at the time `now`. */
export function instanceState(
  instance: ScaleSetInstance,
  surroundings: MemberSurroundings,
  now: number,
): MemberState {
  const { name, azureVmId, power, extension } = instance;
  const member = { name, azureVmId };
  if (/^(stopp|dealloc)/.test(power)) {
    const error = new KmsError("KMS4053", { values: { machine: name, given: power } });
    return unseen(member, "Unreachable", error.message);
  }
  const status = extension?.statuses?.[0];
  if (!/^ProvisioningState\/(succeeded|failed)/.test(status?.code ?? "")) {
    return notStarted(member);
  }
  const output = messageOf(instance, "StdOut");
  if (output.trim() === "") {
    const said = maskSecrets(messageOf(instance, "StdErr").trim() || (status?.message ?? ""), []);
    const values = { machine: name, given: said.slice(-shownCharacters).replace(/\.$/, "") || "nothing" };
    return unseen(member, "Failed", new KmsError("KMS4051", { values }).message);
  }
  return answeredState(member, output, surroundings, now);
}

const messageOf = ({ extension }: ScaleSetInstance, stream: string): string =>
  extension?.substatuses?.find(({ code }) => code?.startsWith(`ComponentStatus/${stream}/`))?.message ?? "";

function answeredState(
  member: { name: string; azureVmId: string },
  output: string,
  surroundings: MemberSurroundings,
  now: number,
): MemberState {
  const { desired } = surroundings;
  try {
    const answer = decodeAnswer(output, member.name);
    const state = memberState(member, desired, answer, (hresult) => hresultInWords(hresult, surroundings));
    if (state.status !== "Licensed") {
      return state;
    }
    const drift = memberDrift(desired, answer);
    if (drift.length > 0) {
      return { ...state, status: "Drifted", error: drift.join("; ") };
    }
    return isPast(state.expiry, now) ? outdated(state, answer.machine.utc) : state;
  } catch (error) {
    if (error instanceof KmsError) {
      return unseen(member, "Failed", error.message);
    }
    throw error;
  }
}

const isPast = (expiry: string, now: number) => expiry !== "" && Date.parse(expiry) < now;

function outdated(state: MemberState, reportedAt: string): MemberState {
  const values = { machine: state.name, given: reportedAt };
  return { ...state, status: "Drifted", error: new KmsError("KMS4052", { values }).message };
}

/** What instances shall be, and what errors say of their system and their KMS hosts, which only the inputs name. */
export const instanceSurroundings = (group: ScaleSetGroup | ScaleSetGroupOutputs): MemberSurroundings => ({
  desired: desiredInstance(group),
  os: group.os,
  office: group.office,
  hosts: "hosts" in group ? group.hosts : [],
});

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

/** How many instances that are gone are named one by one. */
const namedInstances = 5;

/** The instances of a Flexible set, which are virtual machines that run commands reach. */
export interface FlexibleInstances {
  machines: Member[];
  /** What those said that Azure configured since the last look; the others are to be visited. */
  seen: MemberState[];
}

/** Lists the instances, and says which of those known before are gone. */
export async function flexibleInstances(
  { group, access, set, options }: ScaleSetWork<ScaleSetGroup | ScaleSetGroupOutputs>,
  before: readonly MemberState[],
): Promise<FlexibleInstances> {
  const instances = await access.instances(set, options);
  const known = new Set(before.map(memberKey));
  const fresh = instances.filter((instance) => !known.has(memberKey(instance)));
  reportGone(group.name, before, instances);
  return {
    machines: instances.map(({ name, azureVmId }) => ({ name, azureVmId })),
    seen: group.scaleSet.autoscaled ? answered(group, fresh) : [],
  };
}

/** States of instances that the extension of the model ran on. */
function answered(group: ScaleSetGroup | ScaleSetGroupOutputs, instances: ScaleSetInstance[]): MemberState[] {
  const surroundings = instanceSurroundings(group);
  return instances
    .filter(({ extension }) => extension !== undefined)
    .map((instance) => instanceState(instance, surroundings, Date.now()));
}

function reportGone(group: string, before: readonly MemberState[], instances: ScaleSetInstance[]): void {
  const present = new Set(instances.map(memberKey));
  const gone = before.filter((member) => !present.has(memberKey(member))).map(({ name }) => name);
  if (gone.length > 0) {
    const more = gone.length > namedInstances ? ` and ${gone.length - namedInstances} more` : "";
    report(group, `no longer in the scale set: ${gone.slice(0, namedInstances).join(", ")}${more}`);
  }
}

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
