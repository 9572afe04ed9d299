// The same rollout as in `rollout`, on the lab's machines: what Azure's protocol adds to it.
import { rollOutMembers } from "../../provider/group/rollout";
import { memberKey } from "../../provider/group/state";
import { openMachine } from "../../provider/machine/open-machine";
import { type Lab, startLab } from "../on-engine/lab";
import { desiredClientState, group2022, hostKey, setupKeys } from "../lab/windows/test-lab";
import { activateHost } from "../machine/activate-host";
import { bootLabFleet } from "./shared/lab-fleet";
import {
  type Health,
  healthOf,
  measured,
  measuredPolicy,
  measuredSettings,
  reportRollout,
  timeRollout,
} from "./shared/rollout-figures";

/** The machines are servers. */
const threshold = 5;

/** The lab gives it to the first machine of a network. */
const hostAddress = "10.0.0.4";

const soon = () => ({ deadline: Date.now() + 600_000 });

/** No machine of the lab has it. */
const noHost = { name: "10.0.255.254", port: 1688 };

/** Machines that somebody else made; the first of them is activated as a KMS host, the others take their time. */
async function slowFleet(lab: Lab, health: Health) {
  const { hostId, memberIds } = await bootLabFleet(lab, measured.machines);
  const productKey = hostKey(group2022);
  await activateHost(openMachine({ azureVmId: hostId }), productKey);
  const off = memberIds.filter((_, index) => healthOf(index, health) === "off");
  await Promise.all(
    off.map((id) => fetch(`${lab.address.arm}${id}/deallocate?api-version=2024-11-01`, { method: "POST" })),
  );
  await lab.control.addFault({
    match: "PUT .*/runCommands/",
    times: 1_000_000,
    delayMilliseconds: measured.answerSeconds * 1000,
  });
  return memberIds.map((azureVmId) => ({ name: azureVmId.slice(azureVmId.lastIndexOf("/") + 1), azureVmId }));
}

async function measure(name: string, canary: object, health: Health): Promise<void> {
  const lab = await startLab();
  try {
    process.env.PULUMI_WINDOWS_KMS_ARM_ENDPOINT = lab.address.arm;
    const members = await slowFleet(lab, health);
    const desired = {
      ...desiredClientState(setupKeys.server2022Datacenter),
      discovery: "fixedHost" as const,
      hostNames: [hostAddress],
      host: { name: hostAddress, port: 1688 },
    };
    const failing = members.filter((_, index) => healthOf(index, health) === "failing");
    const settings = measuredSettings(canary);
    const times = await timeRollout(openMachine, (open) =>
      rollOutMembers(members, {
        desired,
        pins: new Map(failing.map((member) => [memberKey(member), noHost])),
        policy: measuredPolicy,
        thresholdOf: () => threshold,
        settings,
        options: soon(),
        report: () => undefined,
        open: ({ azureVmId }) => open({ azureVmId }),
      }),
    );
    reportRollout(`rollout-lab/${name}`, times, { settings, health, threshold });
  } finally {
    await lab.stop();
  }
}

async function main(): Promise<void> {
  await measure("without-canaries", { canary: 0 }, "healthy");
  await measure("default-partly-off", {}, "usual");
}

void main();
