import type { MemberState } from "../activation/client-outcome";
import { type RolloutStep, progressLine, summaryLine, summaryTable } from "../activation/rollout-progress";
import type { Clock } from "./clock";

/** Lines come no closer together than this, but for the end of a batch. */
const quietMilliseconds = 5000;

/** Says how a rollout goes while it runs. */
export interface RolloutReporter {
  answered(step: RolloutStep, states: () => readonly MemberState[]): void;
  batchDone(step: RolloutStep, states: readonly MemberState[]): void;
  ended(states: readonly MemberState[], activationRequests: number): void;
}

/** A reporter that starts to count time now. */
export function rolloutReporter(report: (text: string) => void, clock: Clock): RolloutReporter {
  const startedAt = clock.now();
  let lastLineAt = startedAt;
  const elapsed = () => clock.now() - startedAt;
  const say = (step: RolloutStep, states: readonly MemberState[]) => {
    lastLineAt = clock.now();
    report(progressLine({ ...step, states, elapsedMilliseconds: elapsed() }));
  };
  return {
    answered(step, states) {
      if (clock.now() - lastLineAt >= quietMilliseconds) {
        say(step, states());
      }
    },
    batchDone(step, states) {
      if (step.of > 1) {
        say(step, states);
      }
    },
    ended(states, activationRequests) {
      report(summaryLine(states, elapsed(), activationRequests));
      summaryTable(states).forEach(report);
    },
  };
}
