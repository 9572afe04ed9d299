import { officeName, officeGroup } from "../catalog/key-groups";
import { stoppableIn } from "../engine/clock";
import { report } from "../engine/handler";
import { KmsError } from "../errors/kms-error";
import { hostKeyChannel, requireReadable } from "../machine/licensing-answer";
import { openMachine } from "../machine/open-machine";
import { entriesOf } from "./ledger-entry";
import { hostState, type HostState, observedHost, refuseMachine } from "./observed";
import { observeHostPlan } from "./plan";
import {
  type HostActivationOutputs,
  type HostHistory,
  notObserved,
  type ObservedHost,
  type ReadOnlyHostInputs,
  type ReadOnlyHostOutputs,
  storedInputs,
} from "./state";

/** How long it may take to look at a KMS host. */
const lookMinutes = 30;

/** Whether the machine of a read-only host is looked at; one that is known by its name alone is only remembered. */
export const isLookedAt = ({ azureVmId, ssh }: Pick<ReadOnlyHostInputs, "azureVmId" | "ssh">) =>
  azureVmId !== undefined || ssh !== undefined;

async function look(host: ReadOnlyHostInputs | ReadOnlyHostOutputs): Promise<HostState> {
  const answer = await openMachine(host).run(
    observeHostPlan(host.activationId),
    {},
    stoppableIn(lookMinutes),
  );
  requireReadable(answer, "service", "product");
  return hostState(answer);
}

/** Why the machine is not the host that the program declares; undefined when it is. */
function refusal(
  state: HostState,
  host: Pick<
    ReadOnlyHostInputs,
    "os" | "edition" | "expectedPort" | "keyRequired" | "activationId" | "keyGroup"
  >,
): KmsError | undefined {
  const { computerName: machine, productKeyChannel } = state;
  const given =
    productKeyChannel === "" ? "no product key" : `a product key of the channel ${productKeyChannel}`;
  if (host.keyRequired && productKeyChannel !== hostKeyChannel) {
    const pack = host.activationId === undefined ? undefined : officeGroup(host.keyGroup ?? "");
    return pack === undefined
      ? new KmsError("KMS3030", { property: "machine", values: { machine, given } })
      : new KmsError("KMS3033", {
          property: "officeKeys",
          values: { machine, office: officeName(pack), given },
        });
  }
  const { expectedPort } = host;
  const port = Number(state.settings.port);
  if (expectedPort !== undefined && expectedPort !== port) {
    const values = { machine, given: expectedPort, allowed: port };
    return new KmsError("KMS3031", { property: "port", values });
  }
  try {
    refuseMachine(state, host);
    return undefined;
  } catch (error) {
    if (error instanceof KmsError) {
      return error;
    }
    throw error;
  }
}

/** What stays with a host that the resource managed before. */
function historyOf(olds?: HostActivationOutputs): HostHistory {
  const former = olds === undefined ? [] : entriesOf(olds);
  return {
    ...(olds?.activatedAt !== undefined && { activatedAt: olds.activatedAt }),
    ...(former.length > 0 && { formerEntries: former }),
    drift: [],
  };
}

/** A stored host with other inputs, and with what was last seen of its machine. */
export function handedOver(inputs: ReadOnlyHostInputs, olds: HostActivationOutputs): ReadOnlyHostOutputs {
  const seen = Object.fromEntries(
    observedNames.flatMap((name) => (olds[name] === undefined ? [] : [[name, olds[name]]])),
  ) as Partial<ObservedHost>;
  const { licenseStatus = notObserved } = seen;
  return { ...storedInputs(inputs), ...historyOf(olds), ...seen, licenseStatus };
}

/** Everything that is observed; the compiler refuses what is missing here. */
const observedNames = Object.keys({
  machineId: true,
  computerName: true,
  domain: true,
  osBuild: true,
  editionId: true,
  foundOs: true,
  foundEdition: true,
  partialProductKey: true,
  licenseStatus: true,
  installationId: true,
  currentCount: true,
  listeningPort: true,
  policyProfiles: true,
} satisfies Record<keyof ObservedHost, true>) as (keyof ObservedHost)[];

/** Looks at somebody else's host; a host that the resource managed before is handed over as it is. */
export async function observeHost(
  inputs: ReadOnlyHostInputs,
  olds?: HostActivationOutputs,
): Promise<ReadOnlyHostOutputs> {
  const history = historyOf(olds);
  if (!isLookedAt(inputs)) {
    return { ...storedInputs(inputs), ...history, licenseStatus: notObserved };
  }
  const state = await look(inputs);
  const refused = refusal(state, inputs);
  if (refused !== undefined) {
    throw refused;
  }
  const { computerName, licenseStatus } = state;
  if (inputs.keyRequired && licenseStatus !== "Licensed") {
    const license = inputs.activationId === undefined ? "Windows" : inputs.keyGroup;
    report(
      inputs.name,
      `${computerName} is ${licenseStatus} for ${license}: its clients wait until it is activated`,
    );
  }
  return { ...storedInputs(inputs), ...history, ...observedHost(state) };
}

/** Looks at the host again after an update; what keeps it from being the declared one is reported by the next. */
export async function refreshReadOnlyHost(host: ReadOnlyHostOutputs): Promise<ReadOnlyHostOutputs> {
  if (!isLookedAt(host)) {
    return host;
  }
  const state = await look(host);
  const refused = refusal(state, host);
  const { partialProductKey: _key, foundOs: _os, foundEdition: _edition, policyProfiles: _p, ...rest } = host;
  return { ...rest, ...observedHost(state), drift: refused === undefined ? [] : [refused.message] };
}
