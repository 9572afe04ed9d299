// The same rollout as in `rollout`, on the lab's machines: what Azure's protocol adds to it.
import { ensureHostPlan } from "../../provider/host/plan";
import { rolloutSettings } from "../../provider/group/rollout-plan";
import { rollOutMembers } from "../../provider/group/rollout";
import { openMachine } from "../../provider/machine/open-machine";
import { type Lab, startLab } from "../on-engine/lab";
import { desiredClientState, group2022, hostKey, desiredHostState, setupKeys } from "../lab/windows/test-lab";
import { bootLabFleet } from "./shared/lab-fleet";
import { measured, measuredPolicy, reportRollout, timeRollout } from "./shared/rollout-figures";

/** The machines are servers. */
const threshold = 5;

/** The lab gives it to the first machine of a network. */
const hostAddress = "10.0.0.4";

const soon = () => ({ deadline: Date.now() + 600_000 });

/** Machines that somebody else made; the first of them is activated as a KMS host, the others take their time. */
async function slowFleet(lab: Lab) {
  const { hostId, memberIds } = await bootLabFleet(lab, measured.machines);
  const productKey = hostKey(group2022);
  await openMachine({ azureVmId: hostId }).run(
    ensureHostPlan(desiredHostState(productKey)),
    { productKey },
    soon(),
  );
  await lab.control.addFault({
    match: "PUT .*/runCommands/",
    times: Number.MAX_SAFE_INTEGER,
    delayMilliseconds: measured.answerSeconds * 1000,
  });
  return memberIds.map((azureVmId) => ({ name: azureVmId.slice(azureVmId.lastIndexOf("/") + 1), azureVmId }));
}

async function main(): Promise<void> {
  const lab = await startLab();
  try {
    process.env.PULUMI_WINDOWS_KMS_ARM_ENDPOINT = lab.address.arm;
    const { machines, atATime } = measured;
    const members = await slowFleet(lab);
    const desired = {
      ...desiredClientState(setupKeys.server2022Datacenter),
      discovery: "fixedHost" as const,
      hostNames: [hostAddress],
      host: { name: hostAddress, port: 1688 },
    };
    const times = await timeRollout(openMachine, (open) =>
      rollOutMembers(members, {
        desired,
        policy: measuredPolicy,
        thresholdOf: () => threshold,
        settings: rolloutSettings({ maxConcurrent: atATime, canary: 0 }, machines),
        options: soon(),
        report: () => undefined,
        open: ({ azureVmId }) => open({ azureVmId }),
      }),
    );
    reportRollout("rollout-lab", times, threshold);
  } finally {
    await lab.stop();
  }
}

void main();
