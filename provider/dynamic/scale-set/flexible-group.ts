import type { MemberState } from "../../activation/client-outcome";
import type { ScaleSetInstance } from "../../machine/scale-set";
import { type Member, memberKey } from "../group-member";
import { report } from "../report";
import { instanceState } from "./instance-state";
import { instanceSurroundings } from "./instance-surroundings";
import type { ScaleSetGroup, ScaleSetGroupOutputs, ScaleSetWork } from "./scale-set-group";

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
  tellGone(group.name, before, instances);
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

function tellGone(group: string, before: readonly MemberState[], instances: ScaleSetInstance[]): void {
  const present = new Set(instances.map(memberKey));
  const gone = before.filter((member) => !present.has(memberKey(member))).map(({ name }) => name);
  if (gone.length > 0) {
    const more = gone.length > namedInstances ? ` and ${gone.length - namedInstances} more` : "";
    report(group, `no longer in the scale set: ${gone.slice(0, namedInstances).join(", ")}${more}`);
  }
}
