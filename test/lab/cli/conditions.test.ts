import assert from "node:assert/strict";
import type { AzureConditions } from "../../../provider/lab/arm/conditions";
import { type Arm, createMachine, createNetwork } from "../arm/arm-fixture";
import { type RunningLab, startRunningLab } from "./running-lab";

describe("conditions and agent, the lab's commands", () => {
  let arm: Arm;
  let running: RunningLab;
  before(async () => {
    running = await startRunningLab();
    ({ arm } = running);
  });
  after(() => running?.close());

  const lab = (command: string, ...argv: string[]) => running.run(command, ...argv);
  const conditions = async (...argv: string[]) =>
    JSON.parse((await lab("conditions", ...argv)).out) as AzureConditions;

  it("print what is so, change each of it, and make all as usual again", async () => {
    const usual = await conditions();
    assert.deepEqual(usual, {
      requiredTags: [],
      allowedLocations: [],
      privateSubnets: false,
      dnsDelaySeconds: 0,
    });
    const changed = {
      requiredTags: ["Owner", "CostCenter"],
      allowedLocations: ["westeurope"],
      cores: 10,
      publicAddresses: 3,
      privateSubnets: true,
      dnsDelaySeconds: 30,
    };
    assert.deepEqual(
      await conditions(
        ...["--required-tags", "Owner, CostCenter", "--allowed-locations", "westeurope", "--cores", "10"],
        ...["--public-addresses", "3", "--private-subnets", "--dns-delay-seconds", "30"],
      ),
      changed,
    );
    assert.deepEqual(await conditions(), changed);
    assert.deepEqual(await conditions("--reset", "--cores", "4"), { ...usual, cores: 4 });
    assert.deepEqual(await conditions("--reset"), usual);
  });

  it("let the agent of a machine fall silent and answer again", async () => {
    await createMachine(arm, "kms", await createNetwork(arm));
    const state = async () =>
      (await arm.compute.virtualMachines.get("rg", "kms", { expand: "instanceView" })).instanceView?.vmAgent
        ?.statuses?.[0].displayStatus;
    assert.equal((await lab("agent", "kms", "silent")).out, "the agent of kms is silent\n");
    assert.equal(await state(), "Not Ready");
    await lab("agent", "kms", "ready");
    assert.equal(await state(), "Ready");
    const { exitCode, err } = await lab("agent", "web", "silent");
    assert.equal(exitCode, 1);
    assert.match(err, /There is no machine 'web' in the lab; it has .*kms/i);
  });
});
