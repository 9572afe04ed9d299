import type { MemberState } from "../activation/client-outcome";
import { explainHresult } from "../activation/explain-hresult";
import { failedOperation } from "../activation/failed-operation";
import type { ClientLicense } from "../activation/licensed-application";
import { releaseClientPlan } from "../activation/release-plan";
import type { MachineAddress, RunOptions } from "../machine/machine";
import { openMachine } from "../machine/open-machine";
import { isGone } from "./is-gone";
import { mapConcurrent } from "./map-concurrent";
import { isAboutOneMachine } from "./unreachable-member";

/** What becomes of a member that leaves its group: it stays as it is, or is told no KMS host any more. */
export type OnRemove = "leave" | "clearKmsHost";

/** How members are released. */
export interface Release {
  maxConcurrent: number;
  options: RunOptions;
  /** Which license of the members is meant. */
  license: ClientLicense;
  addressOf: (member: MemberState) => MachineAddress;
}

/**
 * Takes back how members find their KMS host. Gives those that it could not be taken back from, each with its error;
 * a machine that does not exist any more is released.
 */
export async function releaseMembers(
  members: readonly MemberState[],
  release: Release,
): Promise<MemberState[]> {
  const left = await mapConcurrent(members, release.maxConcurrent, (member) => releaseOne(member, release));
  return left.filter((member) => member !== undefined);
}

async function releaseOne(
  member: MemberState,
  { addressOf, options, license }: Release,
): Promise<MemberState | undefined> {
  try {
    const answer = await openMachine(addressOf(member)).run(releaseClientPlan(license), {}, options);
    const failed = failedOperation(answer);
    if (failed === undefined) {
      return undefined;
    }
    const { hresult, name, meaning, remedy } = explainHresult(failed.hresult, "client");
    return { ...member, status: "Failed", error: `${hresult} ${name}: ${meaning}. ${remedy}` };
  } catch (error) {
    if (!isAboutOneMachine(error)) {
      throw error;
    }
    return isGone(error) ? undefined : { ...member, status: "Unreachable", error: error.message };
  }
}
