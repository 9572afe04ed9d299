// The same rollout as in `rollout`, on the lab's machines: what Azure's protocol adds to it.
import { rollOutMembers } from "../../provider/group/rollout";
import { memberKey } from "../../provider/group/state";
import { openMachine } from "../../provider/machine/open-machine";
import { type Lab, startLab } from "../on-engine/lab";
import { desiredClientState, group2022, hostKey, setupKeys } from "../lab/windows/test-lab";
import { activateHost } from "../machine/activate-host";
import { serverImage } from "../lab/arm/arm-fixture";
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

/** What the members run. */
interface System {
  image: typeof serverImage;
  os: string;
  edition: string;
  setupKey: string;
  /** Count from which a KMS host activates them. */
  threshold: number;
}

/** As in `rollout`. */
const clients: System = {
  image: { ...serverImage, publisher: "MicrosoftWindowsDesktop", offer: "windows-11", sku: "win11-25h2-ent" },
  os: "Windows 11",
  edition: "Enterprise",
  setupKey: setupKeys.windows10Enterprise,
  threshold: 25,
};

const servers: System = {
  image: serverImage,
  os: "Windows Server 2022",
  edition: "Datacenter",
  setupKey: setupKeys.server2022Datacenter,
  threshold: 5,
};

/** The lab gives it to the first machine of a network. */
const hostAddress = "10.0.0.4";

const soon = () => ({ deadline: Date.now() + 600_000 });

/** No machine of the lab has it. */
const noHost = { name: "10.0.255.254", port: 1688 };

/** Machines that somebody else made; the first of them is activated as a KMS host, the others take their time. */
async function slowFleet(lab: Lab, health: Health, { image }: System) {
  const { hostId, memberIds } = await bootLabFleet(lab, measured.machines, image);
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

async function measure(name: string, canary: object, health: Health, system: System): Promise<void> {
  const { threshold } = system;
  const lab = await startLab();
  try {
    process.env.PULUMI_WINDOWS_KMS_ARM_ENDPOINT = lab.address.arm;
    const members = await slowFleet(lab, health, system);
    const desired = {
      ...desiredClientState(system.setupKey),
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
        policy: measuredPolicy(system.os, system.edition),
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
  await measure("without-canaries", { canary: 0 }, "healthy", clients);
  await measure("default-partly-off", {}, "usual", clients);
  await measure("servers-partly-off", {}, "usual", servers);
}

void main();
