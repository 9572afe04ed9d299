import type * as pulumi from "@pulumi/pulumi";
import { keyFingerprint } from "../catalog/product-key";
import { deadlineIn } from "../engine/clock";
import { checkFailures, type Handler, PartialFailure, report } from "../engine/handler";
import { containsUnknown, knownMembers } from "../engine/inputs";
import { KmsError } from "../errors/kms-error";
import { isGone } from "../machine/machine";
import { openMachine } from "../machine/open-machine";
import { programIndex } from "../rules/program-index";
import { hostDiagnostics } from "../rules/validate";
import { retireHost, ensureHost } from "./ensure";
import { retireLedgerEntry, reportReplacement } from "./ledger-entry";
import { hostState } from "./observed";
import { observedOutputs, desiredByOutputs } from "./outputs";
import { observeHostPlan } from "./plan";
import { hostDrift } from "./settings";
import type { HostActivationInputs, HostActivationOutputs } from "./state";

/** Members whose change makes the next update visit the machine. */
const watched = [
  "name",
  "stack",
  "keyGroup",
  "os",
  "activationId",
  "activation",
  "port",
  "activationIntervalMinutes",
  "renewalIntervalMinutes",
  "lowPriority",
  "dnsPublishing",
  "installRole",
  "firewallProfiles",
  "keepMachine",
] as const;

/** How long it may take to look at a KMS host. */
const refreshMinutes = 30;

export const hostActivationHandler: Handler<HostActivationInputs, HostActivationOutputs> = {
  check(inputs) {
    const { name = "", keyGroup, os, productKey, activationId } = knownMembers(inputs);
    const facts =
      activationId === undefined
        ? { name, keyGroup, os, productKey }
        : { name, os, officeKeys: [{ office: keyGroup, productKey }] };
    return checkFailures(hostDiagnostics(facts, programIndex()));
  },

  async diff(olds, news): Promise<pulumi.dynamic.DiffResult> {
    const moved = containsUnknown(news.azureVmId) || !sameId(news.azureVmId, olds.azureVmId);
    if (moved) {
      await reportReplacement(olds);
    }
    olds.drift.forEach((difference) => report(olds.name, difference));
    const changed =
      containsUnknown(news.productKey) ||
      keyFingerprint(news.productKey) !== olds.keyFingerprint ||
      isNewlyConfirmed(olds, news) ||
      JSON.stringify(news.ssh) !== JSON.stringify(olds.ssh) ||
      watched.some((member) => JSON.stringify(news[member]) !== JSON.stringify(olds[member]));
    return {
      changes: moved || changed || olds.drift.length > 0,
      replaces: moved ? ["azureVmId"] : [],
      deleteBeforeReplace: false,
    };
  },

  async create(inputs) {
    const outs = await ensureHost(inputs);
    return { id: outs.machineId, outs };
  },

  async read(_id, olds) {
    try {
      const machine = openMachine(olds);
      const answer = await machine.run(
        observeHostPlan(olds.port, olds.activationId),
        {},
        deadlineIn(refreshMinutes),
      );
      const state = hostState(answer, olds.port);
      return {
        ...olds,
        ...observedOutputs(state, olds.activation),
        drift: hostDrift(desiredByOutputs(olds), state),
      };
    } catch (error) {
      if (isGone(error)) {
        return undefined;
      }
      throw error;
    }
  },

  async update(id, olds, news) {
    const outs = await ensureHost(news, olds);
    if (outs.keyFingerprint !== olds.keyFingerprint) {
      await retireLedgerEntry(olds);
    }
    await leaveFormerMachine(id, olds, outs);
    return outs;
  },

  remove: (_id, olds) => retireHost(olds),
};

const sameId = (left: string, right: string) => left.toLowerCase() === right.toLowerCase();

/** Another address over SSH may be the same machine's, so only the visit tells whether a former one is left. */
async function leaveFormerMachine(
  id: string,
  olds: HostActivationOutputs,
  outs: HostActivationOutputs,
): Promise<void> {
  if (outs.ssh === undefined || outs.machineId === olds.machineId) {
    return;
  }
  try {
    await retireHost(olds);
  } catch (error) {
    throw error instanceof KmsError ? new PartialFailure(id, outs, error) : error;
  }
}

/** A confirmation ID makes a difference until it was deposited. */
const isNewlyConfirmed = (olds: HostActivationOutputs, news: HostActivationInputs) =>
  news.activation === "offline" && news.confirmationId !== "" && !olds.confirmed;
