// How long a rollout takes against the best time possible, and how many activation requests against the fewest possible.
import { rolloutSettings } from "pulumi-windows-kms/bin/provider/activation/rollout-settings";
import { visitMembers } from "pulumi-windows-kms/bin/provider/dynamic/visit-members";
import { report } from "./shared/figure";
import { syntheticFleet } from "./shared/synthetic-fleet";

const machines = 1_000;
const atATime = 100;
const threshold = 25;

/** How long a machine takes to answer: a tenth of the 2 s that a real one is reckoned with. */
const answerMilliseconds = 200;

const ideal = (visits: number) => Math.ceil(visits / atATime) * answerMilliseconds;

async function measure(name: string, given: Parameters<typeof rolloutSettings>[0]): Promise<void> {
  const fleet = syntheticFleet({ machines, threshold, answerMilliseconds });
  const startedAt = performance.now();
  const { states, activationRequests } = await visitMembers(fleet.members, {
    wish: fleet.wish,
    os: "Windows Server 2022",
    hosts: [],
    threshold,
    rollout: rolloutSettings({ maxConcurrent: atATime, ...given }, machines),
    options: { deadline: Date.now() + 600_000 },
    report: () => undefined,
    open: fleet.open,
  });
  const wall = performance.now() - startedAt;
  if (!states.every(({ status }) => status === "Licensed")) {
    throw new Error("the rollout did not activate every machine");
  }
  const firstPass = fleet.lastFirstAnswerAt() - startedAt;
  const context = { machines, atATime, answerMilliseconds, threshold };
  report({ name: `rollout/${name}/wall`, value: wall, unit: "ms", ...context });
  report({
    name: `rollout/${name}/first-pass`,
    value: firstPass / ideal(machines),
    unit: "time of the first pass / ideal",
    ...context,
  });
  report({
    name: `rollout/${name}/all-passes`,
    value: wall / ideal(machines + threshold - 1),
    unit: "time of all passes / ideal",
    ...context,
  });
  report({
    name: `rollout/${name}/requests`,
    value: activationRequests / (machines + threshold - 1),
    unit: "activation requests / (n + t - 1)",
    ...context,
    requests: activationRequests,
  });
}

async function main(): Promise<void> {
  await measure("one-batch", { canary: 0, batchSize: machines });
  await measure("default-batches", {});
}

void main();
