import assert from "node:assert/strict";
import { rolloutSettings } from "../../provider/group/rollout-plan";
import { rollOutMembers } from "../../provider/group/rollout";
import type { Member } from "../../provider/group/state";
import { azureEndpoint } from "../environment";
import { groupInputs } from "../group/group-inputs";
import { openMachine } from "../../provider/machine/open-machine";
import { activateHost } from "../machine/activate-host";
import { type Arm, createMachine, createNetwork, startArm } from "../lab/arm/arm-fixture";
import { desiredClientState, group2022, hostKey, setupKeys } from "../lab/windows/test-lab";

const key = hostKey(group2022);

describe("members of a group on a lab, one of which takes no command", () => {
  const findAzureAt = azureEndpoint();
  let arm: Arm;
  let members: { name: string; azureVmId: string }[];

  beforeEach(async () => {
    arm = await startArm();
    findAzureAt(arm.endpoint);
    const subnetId = await createNetwork(arm);
    const host = await createMachine(arm, "kms", subnetId);
    await activateHost(openMachine({ azureVmId: host }), key);
    members = [];
    for (const name of ["web1", "web2", "web3", "web4", "web5", "web6"]) {
      members.push({ name, azureVmId: await createMachine(arm, name, subnetId) });
    }
  });
  afterEach(async () => {
    await arm.close();
  });

  const soon = (seconds: number) => ({ deadline: Date.now() + seconds * 1000 });
  const rollOut = (some: Member[], seconds: number, reports: string[] = []) =>
    rollOutMembers(some, {
      desired: {
        ...desiredClientState(setupKeys.server2022Datacenter),
        discovery: "fixedHost",
        hostNames: ["10.0.1.4"],
        host: { name: "10.0.1.4", port: 1688 },
      },
      policy: groupInputs("kms", { hosts: [] }),
      thresholdOf: () => 5,
      settings: { ...rolloutSettings({}, 6), maxConcurrent: 3 },
      options: soon(seconds),
      report: (text) => reports.push(text),
      open: openMachine,
    });
  const commandsOf = (name: string) => `PUT .*/virtualMachines/${name}/runCommands/`;

  it("R111, K08: at update members below the threshold are pending, and nobody waits for a count that cannot come", async () => {
    const reports: string[] = [];
    const { states } = await rollOut(members.slice(0, 3), 60, reports);
    assert.deepEqual(
      states.map(({ status, error = "" }) => `${status}${error}`),
      ["Pending", "Pending", "Pending"],
    );
    assert.match(
      reports.join("\n"),
      /^0 of 3 licensed, 3 pending, in \d+ s, 3 activation requests\nPending {2}3 {2}[\w-]+, [\w-]+, [\w-]+$/,
    );
  });

  it("K16: at update a machine that stays busy is reported, and the others go on", async () => {
    const others = members.filter(({ name }) => name !== "web2");
    await rollOut(others, 60);
    await arm.control.addFault({ match: commandsOf("web2"), status: 409, code: "Conflict", times: 1000 });
    const { states } = await rollOut(members, 4);
    assert.deepEqual(
      states.map(({ name, status }) => `${name} ${status}`),
      [
        "web1 Licensed",
        "web2 Unreachable",
        "web3 Licensed",
        "web4 Licensed",
        "web5 Licensed",
        "web6 Licensed",
      ],
    );
    assert.match(states[1].error ?? "", /^KMS300[34] .*web2/);
  });

  it("K16: at update a machine that is busy for a moment is asked again", async () => {
    await rollOut(members, 60);
    await arm.control.addFault({ match: commandsOf("web2"), status: 409, code: "Conflict", times: 1 });
    const {
      states: [state],
    } = await rollOut([members[1]], 60);
    assert.equal(state.status, "Licensed");
  });
});
