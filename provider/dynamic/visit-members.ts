import { ensureClientPlan } from "../activation/client-plan";
import { type MemberState, memberState } from "../activation/client-outcome";
import type { ClientWish } from "../activation/client-wish";
import { explainHresult } from "../activation/explain-hresult";
import type { RunOptions } from "../machine/machine";
import { openMachine } from "../machine/open-machine";
import { mapConcurrent } from "./map-concurrent";
import { unreachable } from "./unreachable-member";

export interface Member {
  name: string;
  azureVmId: string;
}

/** What tells members apart: machines of several resource groups may have the same name. */
export const memberKey = ({ azureVmId }: Member) => azureVmId.toLowerCase();

export interface Visit {
  wish: ClientWish;
  threshold: number;
  maxConcurrent: number;
  options: RunOptions;
  /** Told after each pass over the members. */
  report: (text: string) => void;
}

/**
 * Configures members and asks for their activation. Each request raises the host's count, so the first requests of a
 * fresh fleet are refused for it; once the count is high enough only those are asked again. A fleet of n machines
 * with threshold t needs n + t - 1 requests.
 */
export async function visitMembers(members: Member[], visit: Visit): Promise<MemberState[]> {
  const states = new Map<string, MemberState>();
  let waiting = members;
  while (waiting.length > 0) {
    for (const state of await mapConcurrent(waiting, visit.maxConcurrent, (member) =>
      visitMember(member, visit),
    )) {
      states.set(memberKey(state), state);
    }
    visit.report(summary([...states.values()], members.length));
    const refused = waiting.filter((member) => states.get(memberKey(member))?.status === "Pending");
    const thresholdReached = [...states.values()].some(({ count }) => count >= visit.threshold);
    const progress = refused.length < waiting.length;
    waiting = thresholdReached && progress ? refused : [];
  }
  return members.map((member) => states.get(memberKey(member))!);
}

async function visitMember(member: Member, visit: Visit): Promise<MemberState> {
  try {
    const machine = openMachine({ azureVmId: member.azureVmId });
    const answer = await machine.run(ensureClientPlan(visit.wish), {}, visit.options);
    return memberState(member, visit.wish, answer, (hresult) => {
      const { name, meaning, remedy } = explainHresult(hresult, "client");
      return `${hresult} ${name}: ${meaning}. ${remedy}`;
    });
  } catch (error) {
    return unreachable(member, error);
  }
}

function summary(states: MemberState[], all: number): string {
  const number = (status: MemberState["status"]) => states.filter((state) => state.status === status).length;
  const parts = [`${number("Licensed")} of ${all} licensed`];
  for (const status of ["Pending", "Failed", "Unreachable"] as const) {
    if (number(status) > 0) {
      parts.push(`${number(status)} ${status.toLowerCase()}`);
    }
  }
  return parts.join(", ");
}
