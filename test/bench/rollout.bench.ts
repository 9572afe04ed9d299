// How long a rollout takes against the best time possible, and how many activation requests against the fewest possible.
import { rolloutSettings } from "../../provider/group/rollout-plan";
import { rollOutMembers } from "../../provider/group/rollout";
import { measured, measuredPolicy, reportRollout, timeRollout } from "./shared/rollout-figures";
import { syntheticFleet } from "./shared/synthetic-fleet";

const threshold = 25;

async function measure(name: string, given: Parameters<typeof rolloutSettings>[0]): Promise<void> {
  const { machines, atATime, answerSeconds } = measured;
  const fleet = syntheticFleet({ machines, threshold, answerSeconds });
  const times = await timeRollout(fleet.open, (open) =>
    rollOutMembers(fleet.members, {
      desired: fleet.desired,
      policy: measuredPolicy,
      thresholdOf: () => threshold,
      settings: rolloutSettings({ maxConcurrent: atATime, ...given }, machines),
      options: { deadline: Date.now() + 600_000 },
      report: () => undefined,
      open: ({ azureVmId }) => open({ azureVmId }),
    }),
  );
  reportRollout(`rollout/${name}`, times, threshold);
}

async function main(): Promise<void> {
  await measure("without-canaries", { canary: 0 });
  await measure("default", {});
}

void main();
