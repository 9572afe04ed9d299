// How long it takes to confirm members through their KMS host, and how many remote calls, against a visit to each.
import { create, read } from "../../provider/handlers";
import type { ClientActivationOutputs } from "../../provider/group/state";
import { readMembers } from "../../provider/group/stored-members";
import { openMachine } from "../../provider/machine/open-machine";
import { groupInputs } from "../group/group-inputs";
import { group2022, hostKey } from "../lab/windows/test-lab";
import { activateHost } from "../machine/activate-host";
import { type Lab, startLab } from "../on-engine/lab";
import { bootLabFleet } from "./shared/lab-fleet";
import { report } from "./shared/figure";
import { requestCounts } from "./shared/fleet-program";

const members = Number(process.env.KMS_BENCH_MACHINES ?? 5_000);
const atATime = 100;
const runSeconds = 30;

/** The lab gives it to the first machine of a network. */
const hostAddress = "10.0.0.4";

async function activatedGroup(lab: Lab) {
  const { hostId, memberIds } = await bootLabFleet(lab, members);
  await activateHost(openMachine({ azureVmId: hostId }), hostKey(group2022));
  const machines = memberIds.map((azureVmId) => ({
    name: azureVmId.slice(azureVmId.lastIndexOf("/") + 1),
    azureVmId,
  }));
  const inputs = groupInputs(hostAddress, {
    machines,
    hostConnections: [{ name: "kms", azureVmId: hostId }],
    rollout: { maxConcurrent: atATime },
  });
  return (await create(inputs)).outs as ClientActivationOutputs;
}

async function main(): Promise<void> {
  const lab = await startLab();
  try {
    process.env.PULUMI_WINDOWS_KMS_ARM_ENDPOINT = lab.address.arm;
    const outs = await activatedGroup(lab);
    await lab.control.addFault({
      match: "PUT .*/runCommands/",
      times: 1_000_000,
      delayMilliseconds: runSeconds * 1000,
    });
    await lab.control.resetRequests();
    const startedAt = performance.now();
    const { props } = await read("measured", outs as never);
    const seconds = (performance.now() - startedAt) / 1000;
    const confirmed = readMembers(props as ClientActivationOutputs).filter(
      ({ heardAt }) => heardAt !== undefined,
    );
    if (confirmed.length !== members) {
      throw new Error(`the host confirmed ${confirmed.length} of ${members} members`);
    }
    const { calls, runCommands } = await requestCounts(lab);
    const context = { members, atATime, runSeconds };
    report({ name: "refresh/wall", value: seconds, unit: "s", ...context });
    report({
      name: "refresh/share-of-full-visit",
      value: seconds / (Math.ceil(members / atATime) * runSeconds),
      unit: "time / time of a visit to each member",
      ...context,
    });
    report({ name: "refresh/run-commands", value: runCommands, unit: "run commands", ...context });
    report({ name: "refresh/calls", value: calls, unit: "calls to Azure", ...context });
  } finally {
    await lab.stop();
  }
}

void main();
