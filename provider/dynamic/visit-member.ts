import { ensureClientPlan } from "../activation/client-plan";
import { type MemberState, memberState } from "../activation/client-outcome";
import { type ClientWish, asksAzure } from "../activation/client-wish";
import { explainHresult } from "../activation/explain-hresult";
import { type MemberSurroundings, memberRemedy } from "../activation/member-remedy";
import type { LicensingAnswer } from "../machine/licensing-plan";
import type { Machine, MachineAddress, RunOptions } from "../machine/machine";
import { type Member, namedMember } from "./group-member";
import { unreachable } from "./unreachable-member";

/** What one visit to a member came to. */
export interface VisitOutcome {
  state: MemberState;
  /** Requests that the member sent to a KMS host. */
  activationRequests: number;
}

/** Configures one member and asks for its activation. @throws what is not about this machine alone */
export async function visitMember(
  member: Member,
  surroundings: MemberSurroundings,
  open: (address: MachineAddress) => Machine,
  options: RunOptions,
): Promise<VisitOutcome> {
  const named = namedMember(member);
  const { wish } = surroundings;
  try {
    const answer = await open(member).run(ensureClientPlan(wish), {}, options);
    return {
      state: memberState(named, wish, answer, (hresult) => inWords(hresult, surroundings)),
      activationRequests: requestsOf(answer, wish),
    };
  } catch (error) {
    return { state: unreachable(named, error), activationRequests: 0 };
  }
}

function inWords(hresult: string, surroundings: MemberSurroundings): string {
  const side = asksAzure(surroundings.wish) ? "azureKms" : "client";
  const { name, meaning, remedy } = explainHresult(hresult, side);
  return `${hresult} ${name}: ${meaning}. ${remedy}${memberRemedy(hresult, surroundings)}`;
}

function requestsOf({ operations }: LicensingAnswer, wish: ClientWish): number {
  const asking = new Set(
    ensureClientPlan(wish)
      .operations.filter(({ method }) => method === "Activate")
      .map(({ id }) => id),
  );
  return operations.filter(({ id, result }) => asking.has(id) && result !== "skipped").length;
}
