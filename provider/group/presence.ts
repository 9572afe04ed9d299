import { createConnection } from "node:net";
import { limits } from "../catalog/limits";
import { MemberStatus, UnreachablePolicy } from "../catalog/constants";
import { formatError, KmsError } from "../errors/kms-error";
import type { RunOptions } from "../machine/machine";
import { isPoweredOff, type ListedMachine, listMachines } from "../machine/power-states";
import { sshPort } from "../machine/ssh-address";
import { counted, someOf } from "../rules/diagnostic";
import { mapConcurrent } from "./concurrency";
import { isAway } from "./member";
import {
  byMember,
  type ClientActivationInputs,
  type ClientActivationOutputs,
  type Member,
  memberKey,
  type MemberState,
} from "./state";
import { millisecondsPerDay } from "../rules/days";

/*
 * Which members are there to be worked on: those that are off or do not answer are left alone until they are back.
 */

/** What Azure lists of machines, by the keys of their members. */
export type Listed = ReadonlyMap<string, ListedMachine>;

/**
 * What Azure lists of these machines. Where the list cannot be had, nothing is known: each machine says for itself whether
 * it runs.
 * @param tell called with the reason why there is no list
 */
export async function listMembers(
  machines: readonly Pick<Member, "azureVmId">[],
  options: RunOptions,
  tell: (reason: string) => void,
): Promise<Listed> {
  const ids = machines.flatMap(({ azureVmId }) => azureVmId ?? []);
  try {
    return ids.length === 0 ? new Map() : await listMachines(ids, options);
  } catch (error) {
    if (!(error instanceof KmsError)) {
      throw error;
    }
    if (options.signal?.aborted !== true) {
      tell(error.message);
    }
    return new Map();
  }
}

const listedOf = (machine: Member | MemberState, listed: Listed): ListedMachine | undefined =>
  listed.get(memberKey(machine));

/** Whether Azure lists the machine as one that runs nothing. */
export const isListedOff = (machine: Member | MemberState, listed: Listed): boolean =>
  isPoweredOff(listedOf(machine, listed)?.power ?? "");

/** A group may have thousands of members, and two machines of one name are not told apart by chance with fewer. */
const keptCharacters = 8;

const keptNumber = (machine: Member | MemberState, listed: Listed): string | undefined =>
  listedOf(machine, listed)?.vmId?.toLowerCase().slice(0, keptCharacters);

/** Whether Azure lists another machine under a member's ID than the one that was seen there. */
export function isRebuilt(member: MemberState, listed: Listed): boolean {
  const now = keptNumber(member, listed);
  return member.vmId !== undefined && now !== undefined && member.vmId !== now;
}

/** A member with the number of its machine, as far as Azure lists it. */
export function withNumber(member: MemberState, listed: Listed): MemberState {
  const vmId = keptNumber(member, listed);
  return vmId === undefined ? member : { ...member, vmId };
}

/** Whether members that are away are left alone until they are back. */
const waitsForAway = ({ rollout }: Pick<ClientActivationInputs, "rollout">): boolean =>
  rollout.unreachable !== UnreachablePolicy.Fail;

/**
 * Members that an update has work with: those that are not licensed, but for those that are still away, and those whose
 * machine is another one by now.
 */
export async function membersToVisit(
  news: ClientActivationInputs,
  members: readonly MemberState[],
  listed: Listed,
): Promise<MemberState[]> {
  const waiting = waitsForAway(news) ? members.filter(isAway) : [];
  const machines = byMember(news.machines);
  const back = await mapConcurrent(waiting, probesAtATime, (member) =>
    isBack(member, machines.get(memberKey(member)), listed),
  );
  const isWaiting = new Set(waiting.filter((_, index) => !back[index]));
  return members.filter(
    (member) =>
      (member.status !== MemberStatus.Licensed && !isWaiting.has(member)) || isRebuilt(member, listed),
  );
}

async function isBack(member: MemberState, machine: Member | undefined, listed: Listed): Promise<boolean> {
  if (member.ssh === undefined) {
    const power = listedOf(member, listed)?.power ?? "";
    return member.status === MemberStatus.Off && power !== "" && !isPoweredOff(power);
  }
  const { ssh } = machine ?? {};
  const hadNoConnection = noConnection.some((code) => member.error?.startsWith(code));
  return (
    hadNoConnection && ssh !== undefined && ssh.jump === undefined && (await answers(ssh.host, sshPort(ssh)))
  );
}

/** Errors of a server that no connection could be made to; another one has to be mended by somebody first. */
const noConnection = ["KMS3201", "KMS3202", "KMS3203"];

const probesAtATime = 100;
const probeMilliseconds = 3000;

/** Whether a server takes connections. */
function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port, timeout: probeMilliseconds });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket
      .once("connect", () => end(true))
      .once("timeout", () => end(false))
      .once("error", () => end(false));
  });
}

/**
 * What it means that members have been away for longer than the program assumes, or than a KMS host remembers them;
 * undefined where there are none.
 */
export function longAwayInWords(
  group: Pick<ClientActivationOutputs, "name" | "offlineDays" | "threshold">,
  members: readonly MemberState[],
  now: number,
): string | undefined {
  const days = group.offlineDays > 0 ? group.offlineDays : limits.countWindowDays;
  const awayFor = ({ seenAt }: MemberState) => (now - Date.parse(seenAt ?? "")) / millisecondsPerDay;
  const away = members.filter((member) => isAway(member) && awayFor(member) >= days);
  const { activationValidityDays: validity } = limits;
  const long = away.filter((member) => awayFor(member) >= validity).length;
  const expired = someOf(long, away.length, "has", "have");
  return away.length === 0
    ? undefined
    : formatError("KMS4026", {
        values: {
          name: group.name,
          given: away.length,
          all: members.length,
          days,
          window: limits.countWindowDays,
          expired:
            expired === ""
              ? ""
              : `; ${expired} been away for the ${counted(validity, "day")} that an activation lasts`,
          left: members.filter((member) => !isAway(member)).length,
          threshold: group.threshold,
        },
      });
}
