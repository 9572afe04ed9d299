import type * as pulumi from "@pulumi/pulumi";
import { lookupVerdicts } from "../rules/lookup-verdicts";
import { checkFailures } from "./check-failures";
import type { Handler } from "./handler";
import type { HostLookupInputs, HostLookupOutputs } from "./host-lookup";
import { isGone } from "./is-gone";
import { report } from "./report";
import { observeHost, refusalsOf, seenOutputs } from "./seen-host";
import { containsUnknown, knownMembers } from "./unknown";

/** Members whose change makes the next update look again. */
const watched = ["azureVmId", "ssh", "keyGroup", "os", "declaredPort", "officeVersions"] as const;

export const hostLookupHandler: Handler<HostLookupInputs, HostLookupOutputs> = {
  check(inputs) {
    const { name = "", keyGroup, os, officeVersions } = knownMembers(inputs);
    return checkFailures(lookupVerdicts({ name, keyGroup, os, office: officeVersions }));
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
