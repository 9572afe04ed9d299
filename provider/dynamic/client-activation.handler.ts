import type * as pulumi from "@pulumi/pulumi";
import { memberDrift } from "../activation/client-drift";
import { type MemberState, memberState } from "../activation/client-outcome";
import { observeClientPlan } from "../activation/client-plan";
import type { ClientWish } from "../activation/client-wish";
import { machinesMissing } from "../activation/machines-missing";
import { KmsError } from "../errors/kms-error";
import { openMachine } from "../machine/open-machine";
import { groupVerdicts } from "../rules/group-verdicts";
import { programIndex } from "../rules/program-index";
import { checkFailures } from "./check-failures";
import type { ClientActivationInputs, ClientActivationOutputs } from "./client-activation";
import { deadlineIn } from "./deadline";
import { type Handler, PartialFailure } from "./handler";
import { mapConcurrent } from "./map-concurrent";
import { report } from "./report";
import { containsUnknown, knownMembers } from "./unknown";
import { unreachable } from "./unreachable-member";
import { type Member, memberKey, visitMembers } from "./visit-members";

/** Members of the inputs that a member machine is configured from: any change visits all of them. */
const configuration = ["setupKey", "discovery", "hostNames", "hostName", "hostPort", "lookupDomain"] as const;

/** How long it may take to look at the members. */
const refreshMinutes = 30;

export const clientActivationHandler: Handler<ClientActivationInputs, ClientActivationOutputs> = {
  check(inputs) {
    const { name = "", os, edition, setupKey, acceptUnlisted, hosts = [] } = knownMembers(inputs);
    const group = {
      name,
      hosts: hosts.map((host) => host.name),
      os,
      edition,
      productKey: setupKey,
      acceptUnlisted,
    };
    return checkFailures(groupVerdicts(group, programIndex({ hosts, groups: [group] })));
  },

  diff(olds, news): pulumi.dynamic.DiffResult {
    if (containsUnknown(news)) {
      return { changes: true };
    }
    const unfinished = olds.members.filter(({ status }) => status !== "Licensed");
    unfinished.forEach(({ name, status, error }) =>
      report(olds.name, `${name} is ${status.toLowerCase()}${error && `: ${error}`}`),
    );
    return {
      changes:
        unfinished.length > 0 || reconfigured(olds, news) || !sameMachines(olds.members, news.machines),
    };
  },

  async create(inputs) {
    return { id: inputs.name, outs: await visit(inputs.name, inputs, inputs.machines, []) };
  },

  async read(_id, olds) {
    const wish = wishOf(olds);
    const members = await mapConcurrent(olds.members, olds.maxConcurrent, (member) => observe(member, wish));
    return { ...olds, members, machinesMissing: machinesMissing(members, olds.threshold) };
  },

  async update(id, olds, news) {
    const kept = reconfigured(olds, news)
      ? []
      : olds.members.filter((member) => isDone(member, news.machines));
    const done = new Set(kept.map(memberKey));
    return visit(
      id,
      news,
      news.machines.filter((member) => !done.has(memberKey(member))),
      kept,
    );
  },

  /** Members keep their setup key and go on renewing for as long as a KMS host answers them. */
  remove: async () => undefined,
};

const sameAddress = (left: Member, right: Member) =>
  left.name === right.name && memberKey(left) === memberKey(right);

const isDone = (member: MemberState, machines: Member[]) =>
  member.status === "Licensed" && machines.some((machine) => sameAddress(machine, member));

const sameMachines = (left: Member[], right: Member[]) =>
  left.length === right.length && left.every((member, index) => sameAddress(member, right[index]));

const reconfigured = (olds: ClientActivationOutputs, news: ClientActivationInputs) =>
  configuration.some((member) => JSON.stringify(olds[member]) !== JSON.stringify(news[member]));

function wishOf(inputs: ClientActivationInputs | ClientActivationOutputs): ClientWish {
  const { setupKey, discovery, hostNames, hostName, hostPort, lookupDomain } = inputs;
  return {
    setupKey,
    discovery,
    hostNames: hostNames.map((host) => host.toLowerCase()),
    ...(discovery === "host" ? { host: { name: hostName, port: hostPort } } : {}),
    ...(lookupDomain === "" ? {} : { lookupDomain }),
  };
}

async function visit(
  id: string,
  inputs: ClientActivationInputs,
  machines: Member[],
  kept: MemberState[],
): Promise<ClientActivationOutputs> {
  const visited = await visitMembers(machines, {
    wish: wishOf(inputs),
    threshold: inputs.threshold,
    maxConcurrent: inputs.maxConcurrent,
    options: deadlineIn(inputs.deadlineMinutes),
    report: (text) => report(inputs.name, text),
  });
  const states = new Map([...kept, ...visited].map((state) => [memberKey(state), state]));
  const outputs = outputsOf(
    inputs,
    inputs.machines.map((member) => states.get(memberKey(member))!),
  );
  const failed = outputs.members.filter(({ status }) => status === "Failed" || status === "Unreachable");
  if (failed.length > 0) {
    throw new PartialFailure(id, outputs, failure(inputs.name, failed, outputs.members.length));
  }
  return outputs;
}

/** How many failed members an error names one by one. */
const namedFailures = 5;

function failure(name: string, failed: MemberState[], all: number): KmsError {
  const lines = failed.slice(0, namedFailures).map((member) => `\n  ${member.name}: ${member.error}`);
  const more = failed.length > namedFailures ? `\n  and ${failed.length - namedFailures} more` : "";
  return new KmsError("KMS4004", {
    values: { name, failed: failed.length, all, members: lines.join("") + more },
  });
}

function outputsOf(inputs: ClientActivationInputs, members: MemberState[]): ClientActivationOutputs {
  const {
    name,
    os,
    edition,
    setupKey,
    discovery,
    hostNames,
    hostName,
    hostPort,
    lookupDomain,
    threshold,
    maxConcurrent,
  } = inputs;
  const settings = {
    name,
    os,
    edition,
    setupKey,
    discovery,
    hostNames,
    hostName,
    hostPort,
    lookupDomain,
    threshold,
  };
  return { ...settings, maxConcurrent, members, machinesMissing: machinesMissing(members, threshold) };
}

async function observe(member: MemberState, wish: ClientWish): Promise<MemberState> {
  try {
    const answer = await openMachine({ azureVmId: member.azureVmId }).run(
      observeClientPlan(),
      {},
      deadlineIn(refreshMinutes),
    );
    const seen = memberState(member, wish, answer, () => "");
    const drift = memberDrift(wish, answer);
    if (drift.length === 0) {
      return { ...seen, count: member.count };
    }
    return member.status === "Pending"
      ? { ...seen, status: "Pending", count: member.count }
      : { ...seen, status: "Drifted", count: member.count, error: drift.join("; ") };
  } catch (error) {
    return unreachable(member, error);
  }
}
