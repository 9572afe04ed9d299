import { randomUUID } from "node:crypto";
import type * as pulumi from "@pulumi/pulumi";
import { checkFailures, type Handler, PartialFailure, report, reportDiagnostics } from "../engine/handler";
import { containsUnknown } from "../engine/inputs";
import { isAbsent } from "../machine/one-machine";
import { diagnostic } from "../rules/diagnostic";
import {
  changesOf,
  type InputName,
  isAzureVmChanged,
  isOnlyStored,
  isReplaced,
  isSshMachineChanged,
} from "./changes";
import { inputErrors, refuseFound } from "./check";
import { noteRemoved, refuseSpending, refuseUnacknowledged, settled, spendingDiagnostics } from "./consent";
import { ensureHost, refreshHost } from "./ensure";
import { settleForgotten } from "./forgotten";
import { announceMove, claimMachine } from "./ledger-entry";
import {
  giveUp,
  isMachineError,
  lostError,
  mayBeGivenUp,
  unreachableDiagnostic,
  withoutAnswer,
} from "./lost-host";
import { settleCreationFromAzure, settleFromAzure } from "./left-behind";
import { openActivations } from "./open-activations";
import { removeHost } from "./removal";
import { leaveFormerMachine } from "./retirement";
import { handedOver, isLookedAt, observeHost, refreshReadOnlyHost } from "./read-only";
import {
  type HostActivationInputs,
  type HostActivationOutputs,
  type ManagedHostInputs,
  type ManagedHostOutputs,
  type ReadOnlyHostInputs,
  type ReadOnlyHostOutputs,
  storedInputs,
} from "./state";

/** A read-only host that is not activated may be by now, and its client groups wait for it. */
const isAwaited = (olds: HostActivationOutputs, news: HostActivationInputs) =>
  news.readOnly && olds.readOnly && news.keyRequired && isLookedAt(news) && olds.licenseStatus !== "Licensed";

export const hostActivationHandler: Handler<HostActivationInputs, HostActivationOutputs> = {
  check: (inputs) => checkFailures(inputErrors(inputs)),

  async diff(olds, news): Promise<pulumi.dynamic.DiffResult> {
    const replaced = isReplaced(olds, news);
    const changed = changesOf(olds, news);
    await refuseSpending(olds, news);
    if (!replaced && isLeftAlone(olds, news, changed)) {
      if (!isGivenUp(olds) && olds.unreachable !== undefined) {
        refuseUnacknowledged(news, [unreachableDiagnostic(olds, olds.unreachable)]);
      }
      return { changes: false };
    }
    reportDrift(olds, news);
    if (!news.readOnly && !containsUnknown([news.ledger, news.productKey])) {
      await announceMove(news, olds);
    }
    const open = olds.readOnly || news.readOnly ? [] : await openActivations(olds);
    if (open.length > 0) {
      report(
        olds.name,
        `the outcome of activation ${open.join(", ")} is not known yet; the update reads it off the machine`,
      );
    }
    if (!replaced && changed.length > 0 && olds.osBuild !== undefined && olds.editionId !== undefined) {
      refuseFound(news, { osBuild: olds.osBuild, editionId: olds.editionId });
    }
    return {
      changes:
        changed.length > 0 ||
        olds.drift.length > 0 ||
        open.length > 0 ||
        (olds.formerEntries !== undefined && !news.readOnly) ||
        olds.unreachable !== undefined ||
        isAwaited(olds, news),
      replaces: replaced ? ["azureVmId"] : [],
      deleteBeforeReplace: false,
    };
  },

  async create(inputs) {
    if (inputs.readOnly) {
      return { id: inputs.name, outs: await observeHost(inputs) };
    }
    await settleForgotten(inputs);
    try {
      const outs = await claiming(randomUUID(), () => ensureHost(inputs));
      return { id: outs.machineId, outs };
    } catch (error) {
      if (isMachineError(error)) {
        await settleCreationFromAzure(inputs);
      }
      throw error;
    }
  },

  async read(_id, olds) {
    if (isGivenUp(olds)) {
      return olds;
    }
    const { unreachable, diagnostics = [], ...rest } = olds;
    const known = unreachable === undefined ? diagnostics : [];
    const host = { ...rest, ...(known.length > 0 && { diagnostics: known }) } as HostActivationOutputs;
    try {
      const seen = host.readOnly ? await refreshReadOnlyHost(host) : await refreshHost(host);
      reportDrift(seen, { acknowledge: [] });
      return seen;
    } catch (error) {
      if (!olds.readOnly) {
        await settleFromAzure(olds);
      }
      return withoutAnswer(olds, error);
    }
  },

  async update(id, olds, news) {
    if (isOnlyStored(olds, news, changesOf(olds, news))) {
      const { ssh: _ssh, tags: _tags, ...rest } = olds;
      return { ...rest, ...storedInputs(news) } as HostActivationOutputs;
    }
    if (news.readOnly) {
      return lookAgain(news, olds);
    }
    const former = olds.readOnly ? undefined : olds;
    if (former?.unreachable !== undefined && mayBeGivenUp(news)) {
      return giveUp(former, former.unreachable);
    }
    const diagnostics = settled(await spendingDiagnostics(olds, news), news);
    await settleForgotten(news);
    try {
      const outs = await claiming(former?.claim ?? randomUUID(), () => ensureHost(news, olds));
      await leaveFormerMachine(id, olds, outs);
      return diagnostics.length === 0 ? outs : { ...outs, diagnostics };
    } catch (error) {
      if (former === undefined) {
        throw error;
      }
      return withoutMachine(former, news, error);
    }
  },

  /** Of a host that somebody else manages nothing is removed. */
  async remove(_id, olds) {
    if (!olds.readOnly) {
      try {
        await removeHost(olds);
        noteRemoved(olds);
      } catch (error) {
        throw lostError(olds, error);
      }
    }
  },
};

/**
 * Reports what differs on a host, at preview and in a refresh. `strict` makes no error of that: the update that mends it would
 * not run. What a host of somebody else is refused for has a code already.
 */
function reportDrift(
  host: HostActivationOutputs,
  { acknowledge }: Pick<HostActivationInputs, "acknowledge">,
) {
  if (host.readOnly) {
    host.drift.forEach((refused) => report(host.name, `warning: ${refused}`));
  } else if (host.drift.length > 0) {
    const values = { machine: host.computerName, differences: host.drift.join("; ") };
    const found = diagnostic("KMS4029", "warning", "", values);
    reportDiagnostics(host.name, settled([found], { acknowledge, strict: false }));
  }
}

const isGivenUp = (olds: HostActivationOutputs) => !olds.readOnly && olds.givenUp === true;

/**
 * Whether the update has nothing to do on a machine that did not answer: a host that is given up is left alone, and one that
 * is only to be looked at again waits for a refresh.
 */
function isLeftAlone(olds: HostActivationOutputs, news: HostActivationInputs, changed: InputName[]): boolean {
  if (isGivenUp(olds)) {
    return mayBeGivenUp(news);
  }
  return olds.unreachable !== undefined && changed.length === 0 && !mayBeGivenUp(news);
}

/**
 * The update of a host that is only looked at. One that does not answer keeps its last known state, so that the rest of the
 * program goes on; of another machine nothing is known.
 */
async function lookAgain(
  news: ReadOnlyHostInputs,
  olds: HostActivationOutputs,
): Promise<ReadOnlyHostOutputs> {
  try {
    return await observeHost(news, olds);
  } catch (error) {
    if (!isAbsent(error) || isAzureVmChanged(olds, news) || isSshMachineChanged(olds, news)) {
      throw error;
    }
    return withoutAnswer(handedOver(news, olds), error);
  }
}

/** Marks the machine as this resource's once the work on it is done, also where a step failed. */
async function claiming(mark: string, work: () => Promise<ManagedHostOutputs>): Promise<ManagedHostOutputs> {
  const mine = async (outs: ManagedHostOutputs) => {
    const claimed = { ...outs, claim: mark };
    try {
      await claimMachine(claimed, mark);
      return claimed;
    } catch (error) {
      throw new PartialFailure(outs.machineId, claimed, error as Error);
    }
  };
  let outs: ManagedHostOutputs;
  try {
    outs = await work();
  } catch (error) {
    if (error instanceof PartialFailure) {
      const properties = await mine(error.properties as ManagedHostOutputs);
      throw new PartialFailure(error.id, properties, error.cause as Error);
    }
    throw error;
  }
  return mine(outs);
}

/**
 * The update of a host whose machine is not there: it is given up where the program says so. Where nothing was to be changed
 * but what drifted, or the ledger, which has been moved already, the host keeps its last known state, and the rest of the program goes on.
 */
async function withoutMachine(
  olds: ManagedHostOutputs,
  news: ManagedHostInputs,
  error: unknown,
): Promise<ManagedHostOutputs> {
  const lost = lostError(olds, error);
  if (lost !== error) {
    await settleFromAzure(olds);
  }
  if (lost !== error && mayBeGivenUp(news)) {
    return giveUp(olds, (error as Error).message);
  }
  const changed = changesOf(olds, news).filter((name) => name !== "ledger");
  if (isAbsent(error) && changed.length === 0) {
    return withoutAnswer({ ...olds, ledger: news.ledger }, error);
  }
  throw lost;
}
