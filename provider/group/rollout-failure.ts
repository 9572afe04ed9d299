import { KmsError } from "../errors/kms-error";
import type { MemberState } from "./member";
import type { RolloutStop } from "./rollout";
import type { RolloutSettings } from "./rollout-plan";

/** How many failed members an error names one by one. */
const namedFailures = 5;

/** What an unfinished rollout is told by. */
export interface UnfinishedRollout {
  /** Logical name of the group. */
  name: string;
  members: readonly MemberState[];
  rollout: RolloutSettings;
  stopped?: RolloutStop;
}

const codes: Record<RolloutStop["reason"], string> = {
  failures: "KMS4010",
  canaries: "KMS4011",
  deadline: "KMS4012",
  broken: "KMS4013",
};

/** The error of a rollout that stopped or in which members failed; undefined where neither is so. */
export function rolloutFailure({ name, members, rollout, stopped }: UnfinishedRollout): KmsError | undefined {
  const failed = members.filter(({ status }) => status === "Failed" || status === "Unreachable");
  if (failed.length === 0 && stopped === undefined) {
    return undefined;
  }
  const values = {
    name,
    failed: failed.length,
    all: members.length,
    left: members.filter(({ status }) => status === "NotStarted").length,
    members: membersInWords(failed),
    allowed: rollout.maxFailures,
    minutes: rollout.deadlineMinutes,
    reason: stopped?.cause instanceof Error ? stopped.cause.message : String(stopped?.cause),
  };
  return new KmsError(stopped === undefined ? "KMS4004" : codes[stopped.reason], {
    values,
    cause: stopped?.cause,
  });
}

/** The error of instances of a scale set that failed or are off; undefined where there are none. */
export function instancesFailure(
  name: string,
  members: readonly MemberState[],
  cause: unknown,
): KmsError | undefined {
  const failed = members.filter(({ status }) => status === "Failed" || status === "Unreachable");
  return failed.length === 0
    ? undefined
    : new KmsError("KMS4050", {
        values: { name, failed: failed.length, all: members.length, members: membersInWords(failed) },
        cause,
      });
}

/** The error for members that left the group and could not be released. */
export function releaseFailure(name: string, left: readonly MemberState[]): KmsError {
  return new KmsError("KMS4014", {
    values: { name, failed: left.length, members: membersInWords(left) },
  });
}

function membersInWords(members: readonly MemberState[]): string {
  const lines = members.slice(0, namedFailures).map(({ name, error }) => `\n  ${name}: ${error}`);
  const more = members.length - namedFailures;
  return lines.join("") + (more > 0 ? `\n  and ${more} more` : "");
}
