import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { runCli } from "../../../provider/cli/run-cli";
import type { AzureConditions } from "../../../provider/lab/arm/conditions";
import { labProgram } from "../../../provider/lab/cli/commands";
import { stateFile, writeLabState } from "../../../provider/lab/service/running-lab";
import { type Arm, createMachine, createNetwork, startArm } from "../arm/arm-fixture";

describe("conditions and agent, the lab's commands", () => {
  let arm: Arm;
  let folder: string;
  before(async () => {
    const id = "00000000-1ab0-4000-8000-00000000000c";
    arm = await startArm({ id });
    folder = await mkdtemp(path.join(tmpdir(), "lab-conditions-"));
    await writeLabState(stateFile(folder), {
      arm: arm.endpoint,
      azureNative: 0,
      pid: process.pid,
      id,
      startedAt: new Date(0).toISOString(),
      subscriptionId: "s",
      otherSubscriptionId: "o",
      tenantId: "t",
      environment: {},
    });
  });
  after(async () => {
    await arm.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function lab(...argv: string[]) {
    let out = "";
    let err = "";
    const output = {
      writeOut: (text: string) => void (out += text),
      writeErr: (text: string) => void (err += text),
    };
    return { exitCode: await runCli(labProgram, [...argv, "--dir", folder], output), out, err };
  }
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
    assert.match(err, /There is no machine 'web' in the lab/);
  });
});
