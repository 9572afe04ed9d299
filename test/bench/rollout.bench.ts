// How long a rollout takes against the best time possible, and how many activation requests against the fewest possible.
import { rollOutMembers } from "../../provider/group/rollout";
import {
  type Health,
  measured,
  measuredPolicy,
  measuredSettings,
  reportRollout,
  timeRollout,
} from "./shared/rollout-figures";
import { syntheticFleet } from "./shared/synthetic-fleet";

/** The machines are clients. */
const threshold = 25;

async function measure(
  name: string,
  given: Parameters<typeof measuredSettings>[0],
  health: Health,
): Promise<void> {
  const { machines, answerSeconds } = measured;
  const fleet = syntheticFleet({ machines, threshold, answerSeconds, health });
  const settings = measuredSettings(given);
  const times = await timeRollout(fleet.open, (open) =>
    rollOutMembers(fleet.members, {
      desired: fleet.desired,
      policy: measuredPolicy("Windows 11", "Enterprise"),
      thresholdOf: () => threshold,
      settings,
      options: { deadline: Date.now() + 600_000 },
      report: () => undefined,
      open: ({ azureVmId }) => open({ azureVmId }),
    }),
  );
  reportRollout(`rollout/${name}`, times, { settings, health, threshold });
}

async function main(): Promise<void> {
  await measure("without-canaries", { canary: 0 }, "healthy");
  await measure("default", {}, "healthy");
  await measure("default-partly-off", {}, "usual");
}

void main();
