import type * as pulumi from "@pulumi/pulumi";
import { observeHostPlan } from "../activation/host-plan";
import { type HostState, hostState } from "../activation/host-state";
import { hostKeyChannel } from "../activation/key-channel";
import { refuseMachine } from "../activation/refuse-machine";
import { limits } from "../catalog/limits";
import { KmsError } from "../errors/kms-error";
import { openMachine } from "../machine/open-machine";
import { lookupVerdicts } from "../rules/lookup-verdicts";
import { checkFailures } from "./check-failures";
import { deadlineIn } from "./deadline";
import type { Handler } from "./handler";
import type { HostLookupInputs, HostLookupOutputs } from "./host-lookup";
import { isGone } from "./is-gone";
import { report } from "./report";
import { containsUnknown, knownMembers } from "./unknown";

/** How long it may take to look at a KMS host. */
const lookMinutes = 30;

/** Members whose change makes the next update look again. */
const watched = ["azureVmId", "ssh", "keyGroup", "os", "declaredPort"] as const;

export const hostLookupHandler: Handler<HostLookupInputs, HostLookupOutputs> = {
  check(inputs) {
    const { name = "", keyGroup, os } = knownMembers(inputs);
    return checkFailures(lookupVerdicts({ name, keyGroup, os }));
  },

  diff(olds, news): pulumi.dynamic.DiffResult {
    olds.drift.forEach((difference) => report(olds.name, difference));
    return {
      changes:
        containsUnknown(news) ||
        // One that was not activated when it was looked at may be by now, and its client groups wait for it.
        olds.licenseStatus !== "Licensed" ||
        olds.drift.length > 0 ||
        watched.some((member) => JSON.stringify(news[member]) !== JSON.stringify(olds[member])),
    };
  },

  async create(inputs) {
    return { id: inputs.name, outs: await lookAtHost(inputs) };
  },

  async read(_id, olds) {
    try {
      const state = await observe(olds);
      const refusal = refusalOf(state, olds);
      return { ...olds, ...seenOutputs(state), drift: refusal === undefined ? [] : [refusal.message] };
    } catch (error) {
      if (isGone(error)) {
        return undefined;
      }
      throw error;
    }
  },

  update: (_id, _olds, news) => lookAtHost(news),

  /** Nothing was made, so nothing is removed. */
  remove: () => Promise.resolve(),
};

async function lookAtHost(inputs: HostLookupInputs): Promise<HostLookupOutputs> {
  const { name, azureVmId, ssh, keyGroup, os, declaredPort } = inputs;
  const state = await observe(inputs);
  const refusal = refusalOf(state, inputs);
  if (refusal !== undefined) {
    throw refusal;
  }
  if (state.licenseStatus !== "Licensed") {
    report(name, `${state.computerName} is ${state.licenseStatus}: its clients wait until it is activated`);
  }
  return {
    name,
    azureVmId,
    ...(ssh && { ssh }),
    keyGroup,
    os,
    declaredPort,
    ...seenOutputs(state),
    drift: [],
  };
}

async function observe(address: HostLookupInputs | HostLookupOutputs): Promise<HostState> {
  const port = address.declaredPort || limits.kmsPort;
  return hostState(await openMachine(address).run(observeHostPlan(port), {}, deadlineIn(lookMinutes)), port);
}

const seenOutputs = (state: HostState) => {
  const { machineId, computerName, domain, partialProductKey, licenseStatus, currentCount, port } = state;
  return { machineId, computerName, domain, partialProductKey, licenseStatus, currentCount, port };
};

/** Why the machine is not the host that the program takes it for; undefined when it is. */
function refusalOf(
  state: HostState,
  { os, declaredPort }: { os: string; declaredPort: number },
): KmsError | undefined {
  const { computerName: machine, productKeyChannel, port } = state;
  if (productKeyChannel !== hostKeyChannel) {
    const given =
      productKeyChannel === "" ? "no product key" : `a product key of the channel ${productKeyChannel}`;
    return new KmsError("KMS3030", { values: { machine, given } });
  }
  if (declaredPort !== 0 && declaredPort !== port) {
    const values = { machine, given: declaredPort, allowed: port };
    return new KmsError("KMS3031", { property: "port", values });
  }
  try {
    refuseMachine(state, { os });
    return undefined;
  } catch (error) {
    if (error instanceof KmsError) {
      return error;
    }
    throw error;
  }
}
