import { observeHostPlan } from "../activation/host-plan";
import { type HostState, hostState } from "../activation/host-state";
import { hostKeyChannel } from "../activation/key-channel";
import type { OfficeKeyState } from "../activation/office-key-state";
import { refuseMachine } from "../activation/refuse-machine";
import { limits } from "../catalog/limits";
import { officeGroup } from "../catalog/office";
import { KmsError } from "../errors/kms-error";
import { openMachine } from "../machine/open-machine";
import { deadlineIn } from "./deadline";
import type { HostLookupInputs, HostLookupOutputs } from "./host-lookup";

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
