import { isDeepStrictEqual } from "node:util";
import { changedInputs, type Comparisons } from "../engine/changes";
import { instanceExtension } from "./scale-set-instances";
import {
  type ClientActivationInputs,
  type ClientActivationOutputs,
  type Member,
  memberKey,
  type MemberState,
  type ScaleSetOutputs,
} from "./state";
import { readMembers } from "./stored-members";

/*
 * What differs between the inputs of a group and what its last update left.
 */

type Olds = ClientActivationOutputs;
type News = ClientActivationInputs;

const never = () => false;

/** Every input is compared; the compiler refuses one that is missing here. */
const comparisons: Comparisons<Exclude<keyof News, "kind">, Olds, News> = {
  name: "compare",
  machines: { because: "the stored members stand for the machines", changed: machinesDiffer },
  hostMachines: { because: "it says which machines are refused, and check has done so", changed: never },
  hostConnections: "compare",
  refresh: "compare",
  ssh: "compare",
  scaleSet: {
    because: "Azure writes IDs in any case, and an autoscaler changes the capacity",
    changed: scaleSetDiffers,
  },
  os: "compare",
  edition: "compare",
  office: "compare",
  officeProduct: "compare",
  setupKey: "compare",
  hosts: "compare",
  hostsReady: { because: "members that wait for a host are unfinished anyway", changed: never },
  discovery: "compare",
  hostNames: "compare",
  hostAddresses: "compare",
  lookupDomain: "compare",
  threshold: { because: "it follows from os and office, or from what was found", changed: never },
  rollout: { because: "it says how the next rollout proceeds, and is no reason for one", changed: never },
  timeoutMinutes: "compare",
  onRemove: "compare",
  offlineDays: "compare",
  tags: "compare",
  strict: "compare",
  acknowledge: "compare",
  created: { because: "the machines that it is about are compared themselves", changed: never },
  findings: { because: "it explains failures, and is no reason for an update", changed: never },
};

/** Names of the inputs that are not as the last update left them. */
export const differingInputs = (olds: Olds, news: News): string[] => changedInputs(olds, news, comparisons);

/** Inputs that a member is configured from: a change of one of them configures all members once more. */
const configuration = [
  "os",
  "edition",
  "office",
  "setupKey",
  "discovery",
  "hostNames",
  "hostAddresses",
  "lookupDomain",
] as const satisfies (keyof News)[];

/** Whether members must be configured otherwise than before. */
export const reconfigures = (olds: Olds, news: News): boolean =>
  configuration.some((name) => !isDeepStrictEqual(olds[name], news[name]));

/** Members over SSH, whose addresses are stored beside their states, since they may hold secrets. */
export const overSsh = (machines: readonly Member[]) => machines.filter(({ ssh }) => ssh !== undefined);

/** Whether a state is that of this machine. */
export const isSameMember = (state: MemberState, machine: Member) =>
  state.name === machine.name && memberKey(state) === memberKey(machine);

/** Whether a group that has no scale set has other machines than before, or reaches them in another way. */
function machinesDiffer(olds: Olds, { machines, scaleSet }: News): boolean {
  if (scaleSet !== undefined) {
    return false;
  }
  const members = readMembers(olds);
  return (
    olds.scaleSet !== undefined ||
    members.length !== machines.length ||
    members.some((member, index) => !isSameMember(member, machines[index])) ||
    !isDeepStrictEqual(olds.machines ?? [], overSsh(machines))
  );
}

/** Whether Azure runs our extension on the instances: in a Uniform set on all, in an autoscaled one on new ones. */
export const hasExtension = ({ uniform, autoscaled }: Pick<ScaleSetOutputs, "uniform" | "autoscaled">) =>
  uniform || autoscaled;

/** Whether the program declares another scale set or number of instances, or the model is not in the desired state. */
function scaleSetDiffers({ scaleSet: old }: Olds, news: News): boolean {
  if (news.scaleSet === undefined) {
    return false;
  }
  const { id, capacity, autoscaled } = news.scaleSet;
  if (old === undefined || !isSameSet(old.id, id) || old.autoscaled !== autoscaled) {
    return true;
  }
  const timestamp = hasExtension({ uniform: old.uniform, autoscaled })
    ? instanceExtension(news).settings.timestamp
    : 0;
  return old.timestamp !== timestamp || (!autoscaled && old.capacity !== capacity);
}

/** Whether the group leaves a scale set whose model has our extension, which its deletion takes out. */
export const leavesScaleSet = ({ scaleSet: old }: Olds, { scaleSet }: News): boolean =>
  old !== undefined && hasExtension(old) && !isSameSet(old.id, scaleSet?.id ?? "");

const isSameSet = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
