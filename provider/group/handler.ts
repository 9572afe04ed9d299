import { MemberStatus } from "../catalog/constants";
import type * as pulumi from "@pulumi/pulumi";
import { deadlineIn, stoppableIn } from "../engine/clock";
import { checkFailures, type Handler, report, reportDiagnostics } from "../engine/handler";
import { containsUnknown, knownMembers } from "../engine/inputs";
import { KmsError } from "../errors/kms-error";
import { sshName } from "../machine/ssh-address";
import { refuseUnacknowledged, settled } from "../host/consent";
import { settle } from "../rules/acknowledge";
import { type Diagnostic, diagnostic } from "../rules/diagnostic";
import { groupDiagnostics } from "../rules/rules";
import { keptMembersDiagnostics, replacedMembersDiagnostics } from "./created-members";
import { thresholdFor } from "./desired";
import { differingInputs, leavesScaleSet } from "./difference";
import { driftDiagnostics, releaseFailure } from "./failures";
import { groupWithHosts, unservedMembers } from "./system-policy";
import { isAway, machinesMissing } from "./member";
import { releaseMembers, releaseOf } from "./member-actions";
import {
  extensionFailures,
  isScaleSetGroup,
  listInstances,
  readScaleSetGroup,
  updateScaleSetGroup,
  wasScaleSetGroup,
  withdrawFromScaleSet,
} from "./scale-set-group";
import { type Listed, listMembers, longAwayInWords, membersToVisit } from "./presence";
import { observeMembers, refreshMinutes } from "./refresh";
import type {
  ClientActivationInputs,
  ClientActivationOutputs,
  CreatedMembers,
  Member,
  MemberState,
} from "./state";
import { readMembers, storeMembers } from "./stored-members";
import { rollOut } from "./update";
import { dayOf } from "../rules/days";

/** How long it may take to release the members where the program does not say. */
const releaseMinutes = 30;

/** How long a preview waits for Azure's list of machines, in minutes. */
const listMinutes = 0.5;

/** How many members a preview lists by name. */
const namedMembers = 5;

/** Arguments that the rules look at here, by the inputs that come of them. Those of the machines are not among them. */
const argumentOf: Partial<Record<keyof ClientActivationInputs, string>> = {
  os: "os",
  edition: "edition",
  office: "office",
  officeProduct: "office",
  setupKey: "setupKey",
};

export const clientActivationHandler: Handler<ClientActivationInputs, ClientActivationOutputs> = {
  check(inputs, olds) {
    const among = checkFailures(hostsAmongMembers(inputs));
    const kept = keptFailures(inputs, olds);
    if (among.length > 0 || kept.length > 0) {
      return [...among, ...kept];
    }
    const known = knownMembers(inputs);
    if (known.hosts === undefined) {
      return extensionFailures(inputs);
    }
    const unknown = Object.keys(inputs).filter((name) => !(name in known));
    const policy = {
      ...{ name: "", os: "", edition: "", office: "", officeProduct: "", setupKey: "" },
      ...known,
      hosts: known.hosts,
      today: dayOf(Date.now()),
    };
    const paths = new Set(unknown.flatMap((name) => argumentOf[name as keyof ClientActivationInputs] ?? []));
    const { group, index } = groupWithHosts(policy, paths);
    return [...checkFailures(settle(groupDiagnostics(group, index), policy)), ...extensionFailures(inputs)];
  },

  async diff(olds, news): Promise<pulumi.dynamic.DiffResult> {
    // Whether a host is activated is not known while it changes; unfinished members are worked on anyway.
    const decided = {
      hostsReady: olds.hostsReady,
      hostMachines: [],
      hostConnections: [],
      findings: [],
      created: {},
    };
    const members = readMembers(olds);
    reportReplaced(news, { ...olds, members });
    if (containsUnknown({ ...news, ...decided })) {
      return { changes: true };
    }
    const toVisit = await membersToVisit(news, members, await listedAtPreview(olds, members));
    reportDrift(news, toVisit, members.length);
    reportUnfinished(
      olds.name,
      toVisit.filter(({ status }) => status !== MemberStatus.Drifted),
    );
    reportUnserved(news, members);
    reportLongAway(news, members);
    return {
      changes: toVisit.length > 0 || differingInputs(olds, news).length > 0,
      replaces: leavesScaleSet(olds, news) ? ["scaleSet"] : [],
    };
  },

  async create(inputs) {
    return { id: inputs.name, outs: await work(inputs.name, inputs) };
  },

  async read(_id, olds) {
    const seen = await readGroup(olds);
    if (seen !== undefined) {
      const members = readMembers(seen);
      reportDrift(olds, members, members.length);
    }
    return seen;
  },

  update: (id, olds, news) => work(id, news, olds),

  /** Members keep their setup key and go on renewing for as long as a KMS host answers them. */
  async remove(_id, olds) {
    const options = stoppableIn(olds.timeoutMinutes > 0 ? olds.timeoutMinutes : releaseMinutes);
    if (wasScaleSetGroup(olds)) {
      await withdrawFromScaleSet(olds, options);
    }
    if (olds.scaleSet?.uniform === true) {
      return;
    }
    const left = await releaseMembers(readMembers(olds), olds, releaseOf(olds, options));
    if (left.length > 0) {
      throw releaseFailure(olds.name, left);
    }
  },
};

/** Reports what Azure does not change on the machines that the package has created; gives the errors among it. */
function keptFailures(
  inputs: ClientActivationInputs,
  olds: Partial<ClientActivationInputs> | undefined,
): pulumi.dynamic.CheckFailure[] {
  const diagnostics = settled(keptMembersDiagnostics(inputs.name, olds?.created, inputs.created), inputs);
  const others = diagnostics.filter(({ severity }) => severity !== "error");
  reportDiagnostics(inputs.name, others);
  return checkFailures(diagnostics);
}

/** Reports at preview which members are lost with machines that a change replaces. @throws Error where warnings are errors */
function reportReplaced(
  news: ClientActivationInputs,
  olds: { created?: CreatedMembers; members: readonly MemberState[] },
): void {
  refuseUnacknowledged(news, replacedMembersDiagnostics(news.name, olds, news.created));
}

/** Members that are the machine of one of the group's own hosts, as far as that is known. */
function hostsAmongMembers({ machines, hostMachines, hosts }: ClientActivationInputs): Diagnostic[] {
  const known = Array.isArray(hostMachines) && Array.isArray(machines) && Array.isArray(hosts);
  return !known
    ? []
    : machines.flatMap((member) => {
        const machine = containsUnknown(member) ? "" : machineKey(member);
        const host = machine === "" ? undefined : hosts[hostMachines.indexOf(machine)];
        return host === undefined
          ? []
          : [diagnostic("KMS2266", "error", "machines", { given: machine, host: host.name })];
      });
}

/** What tells a machine apart, whatever is known of its host key. */
const machineKey = ({ ssh, azureVmId = "" }: Member) =>
  (ssh === undefined ? azureVmId : sshName(ssh)).toLowerCase();

const work = (id: string, inputs: ClientActivationInputs, olds?: ClientActivationOutputs) =>
  isScaleSetGroup(inputs) ? updateScaleSetGroup(id, inputs, olds) : rollOut(id, inputs, olds);

/** A group as a refresh finds it; undefined when its scale set is gone. */
async function readGroup(olds: ClientActivationOutputs): Promise<ClientActivationOutputs | undefined> {
  const members = readMembers(olds);
  const options = stoppableIn(refreshMinutes(olds, members.length));
  if (wasScaleSetGroup(olds)) {
    return readScaleSetGroup(olds, options);
  }
  const seen = await observeMembers(olds, members, options);
  const missing = machinesMissing(seen, (state) => thresholdFor(olds, state));
  return { ...olds, ...storeMembers(seen), machinesMissing: missing };
}

/** What Azure lists of the members at preview; a list that cannot be had is reported where it would tell of some. */
async function listedAtPreview(
  olds: ClientActivationOutputs,
  members: readonly MemberState[],
): Promise<Listed> {
  const options = deadlineIn(listMinutes);
  const someAway = members.some(isAway);
  const tell = (reason: string) => {
    // Without members that are away, the list could only have shown machines that were made again, as a refresh does.
    if (someAway) {
      report(olds.name, reason);
    }
  };
  if (!wasScaleSetGroup(olds) || !olds.scaleSet.uniform) {
    return listMembers(members, options, tell);
  }
  try {
    return someAway ? await listInstances(olds, options) : new Map();
  } catch (error) {
    if (!(error instanceof KmsError)) {
      throw error;
    }
    tell(error.message);
    return new Map();
  }
}

/** Reports which of these members drifted, at preview and in a refresh. */
function reportDrift(
  { name, acknowledge }: Pick<ClientActivationInputs, "name" | "acknowledge">,
  members: readonly MemberState[],
  all: number,
): void {
  reportDiagnostics(name, driftDiagnostics(members, all, { acknowledge, today: dayOf(Date.now()) }));
}

/** Reports at preview for whom there is work besides mending what drifted. */
function reportUnfinished(group: string, unfinished: readonly MemberState[]): void {
  const named = unfinished.filter(({ status }) => status !== MemberStatus.NotStarted).slice(0, namedMembers);
  named.forEach(({ name, status, error }) => {
    const what =
      status === MemberStatus.Licensed
        ? "is another machine than the one that was activated"
        : isAway({ status })
          ? "is back"
          : `is ${status.toLowerCase()}${error === undefined ? "" : `: ${error}`}`;
    report(group, `${name} ${what}`);
  });
  const others = unfinished.length - named.length;
  if (others > 0) {
    const notStarted = unfinished.filter(({ status }) => status === MemberStatus.NotStarted).length;
    report(group, `${others} more to do${notStarted > 0 ? `, ${notStarted} of them not started` : ""}`);
  }
}

/** Reports at preview what it means that members have been away for long. */
function reportLongAway(news: ClientActivationInputs, members: readonly MemberState[]): void {
  const text = longAwayInWords(news, members, Date.now());
  if (text !== undefined) {
    report(news.name, text);
  }
}

/** Reports at preview which members the group would refuse by what was seen of them; those it has refused are unfinished. */
function reportUnserved(news: ClientActivationInputs, members: readonly MemberState[]): void {
  const judged = members.filter(({ status }) => status !== MemberStatus.Failed);
  for (const { message, members: refused } of unservedMembers(
    { ...news, today: dayOf(Date.now()) },
    judged,
  )) {
    const names = refused.slice(0, namedMembers).map(({ name }) => name);
    const more = refused.length - names.length;
    report(news.name, `${message} Seen on ${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}.`);
  }
}
