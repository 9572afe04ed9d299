import type * as pulumi from "@pulumi/pulumi";
import { keyFingerprint } from "../catalog/product-key";
import { changedInputs, type Comparisons } from "../engine/changes";
import { checkFailures, type Handler, PartialFailure, report } from "../engine/handler";
import { containsUnknown } from "../engine/inputs";
import { KmsError } from "../errors/kms-error";
import { isGone } from "../machine/machine";
import { sshKey } from "../machine/ssh-address";
import { inputErrors, refuseFound } from "./check";
import { ensureHost, refreshHost } from "./ensure";
import { openActivations, reportReplacement } from "./ledger-entry";
import { retireHost } from "./removal";
import { isLookedAt, observeHost, refreshReadOnlyHost } from "./read-only";
import {
  type HostActivationInputs,
  type HostActivationOutputs,
  type ManagedHostInputs,
  type ManagedHostOutputs,
  type ReadOnlyHostInputs,
  storedInputs,
} from "./state";

type InputName = Exclude<keyof ManagedHostInputs | keyof ReadOnlyHostInputs, "kind">;

/** Every input is compared; the compiler refuses one that is missing here. */
const comparisons: Comparisons<InputName, HostActivationOutputs, HostActivationInputs> = {
  name: "compare",
  stack: "compare",
  azureVmId: { because: "Azure's IDs are the same in upper and lower case", changed: isAzureVmChanged },
  ssh: "compare",
  tags: "compare",
  os: "compare",
  edition: "compare",
  keyGroup: "compare",
  activationId: "compare",
  readOnly: "compare",
  productKey: { because: "the key is never stored, only its fingerprint", changed: isKeyChanged },
  activation: "compare",
  confirmationId: { because: "it is never stored, and counts until it is deposited", changed: isConfirmable },
  settings: "compare",
  ledger: "compare",
  activationsSpent: "compare",
  hostLimitException: "compare",
  adopt: "compare",
  keepMachine: "compare",
  expectedPort: "compare",
  keyRequired: "compare",
  acknowledge: {
    because: "it decides what is reported about the inputs, not the host",
    changed: () => false,
  },
  timeoutMinutes: {
    because: "it limits the work of an update, and is no reason for one",
    changed: () => false,
  },
};

function isAzureVmChanged(olds: HostActivationOutputs, news: HostActivationInputs): boolean {
  const lowerCase = (id: string | undefined) => id?.toLowerCase();
  return containsUnknown(news.azureVmId) || lowerCase(news.azureVmId) !== lowerCase(olds.azureVmId);
}

function isKeyChanged(olds: HostActivationOutputs, news: HostActivationInputs): boolean {
  return (
    !olds.readOnly &&
    !news.readOnly &&
    (containsUnknown(news.productKey) || keyFingerprint(news.productKey) !== olds.keyFingerprint)
  );
}

function isConfirmable(olds: HostActivationOutputs, news: HostActivationInputs): boolean {
  return (
    !news.readOnly &&
    news.activation === "offline" &&
    (news.confirmationId ?? "") !== "" &&
    (olds.readOnly || !olds.confirmed)
  );
}

/** A read-only host that is not activated may be by now, and its client groups wait for it. */
const isAwaited = (olds: HostActivationOutputs, news: HostActivationInputs) =>
  news.readOnly && olds.readOnly && news.keyRequired && isLookedAt(news) && olds.licenseStatus !== "Licensed";

/** Another machine is another host, unless the package does not manage both of them. */
const isReplaced = (olds: HostActivationOutputs, news: HostActivationInputs) =>
  !olds.readOnly && !news.readOnly && isAzureVmChanged(olds, news);

/** Inputs that say how the machine is reached, and nothing about it: with them alone no machine is reached. */
const isOnlyStored = (olds: HostActivationOutputs, news: HostActivationInputs, changed: InputName[]) =>
  changed.length > 0 &&
  olds.drift.length === 0 &&
  olds.formerEntries === undefined &&
  changed.every(
    (name) =>
      name === "tags" ||
      (name === "ssh" &&
        olds.ssh !== undefined &&
        news.ssh !== undefined &&
        sshKey(olds.ssh) === sshKey(news.ssh)),
  );

export const hostActivationHandler: Handler<HostActivationInputs, HostActivationOutputs> = {
  check: (inputs) => checkFailures(inputErrors(inputs)),

  async diff(olds, news): Promise<pulumi.dynamic.DiffResult> {
    const replaced = isReplaced(olds, news);
    if (replaced && !olds.readOnly) {
      await reportReplacement(olds);
    }
    olds.drift.forEach((difference) => report(olds.name, difference));
    const open = olds.readOnly || news.readOnly ? [] : await openActivations(olds);
    if (open.length > 0) {
      report(
        olds.name,
        `the outcome of activation ${open.join(", ")} is not known yet; the update reads it off the machine`,
      );
    }
    const changed = changedInputs(olds, news, comparisons);
    if (!replaced && changed.length > 0 && olds.osBuild !== undefined && olds.editionId !== undefined) {
      refuseFound(news, { osBuild: olds.osBuild, editionId: olds.editionId });
    }
    return {
      changes:
        changed.length > 0 ||
        olds.drift.length > 0 ||
        open.length > 0 ||
        (olds.formerEntries !== undefined && !news.readOnly) ||
        isAwaited(olds, news),
      replaces: replaced ? ["azureVmId"] : [],
      deleteBeforeReplace: false,
    };
  },

  async create(inputs) {
    if (inputs.readOnly) {
      return { id: inputs.name, outs: await observeHost(inputs) };
    }
    const outs = await ensureHost(inputs);
    return { id: outs.machineId, outs };
  },

  async read(_id, olds) {
    try {
      return olds.readOnly ? await refreshReadOnlyHost(olds) : await refreshHost(olds);
    } catch (error) {
      if (isGone(error)) {
        return undefined;
      }
      throw error;
    }
  },

  async update(id, olds, news) {
    if (isOnlyStored(olds, news, changedInputs(olds, news, comparisons))) {
      const { ssh: _ssh, tags: _tags, ...rest } = olds;
      return { ...rest, ...storedInputs(news) } as HostActivationOutputs;
    }
    if (news.readOnly) {
      return observeHost(news, olds);
    }
    const outs = await ensureHost(news, olds);
    await leaveFormerMachine(id, olds, outs);
    return outs;
  },

  /** Of a host that somebody else manages nothing is removed. */
  remove: async (_id, olds) => (olds.readOnly ? undefined : retireHost(olds)),
};

/** Another address over SSH may be the same machine's, so only a look at it shows whether a former one is left. */
async function leaveFormerMachine(
  id: string,
  olds: HostActivationOutputs,
  outs: ManagedHostOutputs,
): Promise<void> {
  if (olds.readOnly || outs.ssh === undefined || outs.machineId === olds.machineId) {
    return;
  }
  try {
    await retireHost(olds);
  } catch (error) {
    throw error instanceof KmsError ? new PartialFailure(id, outs, error) : error;
  }
}
