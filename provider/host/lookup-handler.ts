import type * as pulumi from "@pulumi/pulumi";
import { officeGroup } from "../catalog/key-groups";
import { limits } from "../catalog/limits";
import { deadlineIn } from "../engine/clock";
import { checkFailures, type Handler, report } from "../engine/handler";
import { containsUnknown, knownMembers } from "../engine/inputs";
import { KmsError } from "../errors/kms-error";
import { hostKeyChannel } from "../machine/licensing-answer";
import { isGone } from "../machine/machine";
import { openMachine } from "../machine/open-machine";
import { lookupDiagnostics } from "../rules/validate";
import type { HostLookupInputs, HostLookupOutputs } from "./lookup-state";
import { hostState, type HostState, type OfficeKeyState, refuseMachine } from "./observed";
import { observeHostPlan } from "./plan";

/** How long it may take to look at a KMS host. */
const lookMinutes = 30;

/** What was seen of a machine: its key of Windows, and that of each declared Office version. */
export interface SeenHost {
  windows: HostState;
  office: { product: string; state: HostState }[];
}

/** Looks at the keys one after the other. */
export async function observeHost(address: HostLookupInputs | HostLookupOutputs): Promise<SeenHost> {
  const port = address.declaredPort || limits.kmsPort;
  const machine = openMachine(address);
  const options = deadlineIn(lookMinutes);
  const look = async (activationId?: string) =>
    hostState(await machine.run(observeHostPlan(port, activationId), {}, options), port);
  const windows = await look();
  const office: SeenHost["office"] = [];
  for (const product of address.officeVersions ?? []) {
    office.push({ product, state: await look(officeGroup(product)?.activationId) });
  }
  return { windows, office };
}

/** The outputs that tell what was seen. */
export const seenOutputs = ({ windows, office }: SeenHost) => {
  const { machineId, computerName, domain, partialProductKey, licenseStatus, currentCount, port } = windows;
  const officeKeys = office.map(({ product, state }): OfficeKeyState => ({
    office: product,
    partialProductKey: state.partialProductKey,
    licenseStatus: state.licenseStatus,
    installationId: "",
    currentCount: state.currentCount,
  }));
  return {
    machineId,
    computerName,
    domain,
    partialProductKey,
    licenseStatus,
    currentCount,
    officeKeys,
    port,
  };
};

/** Why the machine is not the host that the program takes it for; empty when it is. */
export const refusalsOf = (
  { windows, office }: SeenHost,
  wanted: { os: string; declaredPort: number },
): KmsError[] => [
  ...windowsRefusal(windows, wanted),
  ...office.flatMap(({ product, state }, index) => officeRefusal(product, state, index)),
];

function windowsRefusal(
  state: HostState,
  { os, declaredPort }: { os: string; declaredPort: number },
): KmsError[] {
  const { computerName: machine, port } = state;
  if (state.productKeyChannel !== hostKeyChannel) {
    return [new KmsError("KMS3030", { values: { machine, given: keyInWords(state) } })];
  }
  if (declaredPort !== 0 && declaredPort !== port) {
    const values = { machine, given: declaredPort, allowed: port };
    return [new KmsError("KMS3031", { property: "port", values })];
  }
  try {
    refuseMachine(state, { os });
    return [];
  } catch (error) {
    if (error instanceof KmsError) {
      return [error];
    }
    throw error;
  }
}

function officeRefusal(office: string, state: HostState, index: number): KmsError[] {
  if (state.productKeyChannel === hostKeyChannel) {
    return [];
  }
  const values = { machine: state.computerName, office, given: keyInWords(state) };
  return [new KmsError("KMS3033", { property: `officeVersions[${index}]`, values })];
}

const keyInWords = ({ productKeyChannel }: HostState) =>
  productKeyChannel === "" ? "no product key" : `a product key of the channel ${productKeyChannel}`;

/** Members whose change makes the next update look again. */
const watched = ["azureVmId", "ssh", "keyGroup", "os", "declaredPort", "officeVersions"] as const;

export const hostLookupHandler: Handler<HostLookupInputs, HostLookupOutputs> = {
  check(inputs) {
    const { name = "", keyGroup, os, officeVersions } = knownMembers(inputs);
    return checkFailures(lookupDiagnostics({ name, keyGroup, os, office: officeVersions }));
  },

  diff(olds, news): pulumi.dynamic.DiffResult {
    olds.drift.forEach((difference) => report(olds.name, difference));
    return {
      changes:
        containsUnknown(news) ||
        // One that was not activated when it was looked at may be by now, and its client groups wait for it.
        statusesOf(olds).some((status) => status !== "Licensed") ||
        olds.drift.length > 0 ||
        watched.some((member) => JSON.stringify(news[member]) !== JSON.stringify(olds[member])),
    };
  },

  async create(inputs) {
    return { id: inputs.name, outs: await lookAtHost(inputs) };
  },

  async read(_id, olds) {
    try {
      const seen = await observeHost(olds);
      return { ...olds, ...seenOutputs(seen), drift: refusalsOf(seen, olds).map(({ message }) => message) };
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

/** License statuses of the host's keys; a state of before Office versions were looked at has none of theirs. */
const statusesOf = ({
  licenseStatus,
  officeKeys = [],
}: Pick<HostLookupOutputs, "licenseStatus" | "officeKeys">) => [
  licenseStatus,
  ...officeKeys.map((key) => key.licenseStatus),
];

async function lookAtHost(inputs: HostLookupInputs): Promise<HostLookupOutputs> {
  const { name, azureVmId, ssh, keyGroup, os, declaredPort, officeVersions } = inputs;
  const seen = await observeHost(inputs);
  const [refusal] = refusalsOf(seen, inputs);
  if (refusal !== undefined) {
    throw refusal;
  }
  for (const { product, state } of [{ product: "Windows", state: seen.windows }, ...seen.office]) {
    if (state.licenseStatus !== "Licensed") {
      const { computerName, licenseStatus } = state;
      report(
        name,
        `${computerName} is ${licenseStatus} for ${product}: its clients wait until it is activated`,
      );
    }
  }
  return {
    name,
    azureVmId,
    ...(ssh && { ssh }),
    keyGroup,
    os,
    declaredPort,
    officeVersions,
    ...seenOutputs(seen),
    drift: [],
  };
}
