import assert from "node:assert/strict";
import { ensureHostPlan } from "../../provider/host/plan";
import type { ClientActivationInputs, ClientActivationOutputs } from "../../provider/group/state";
import { PartialFailure } from "../../provider/engine/handler";
import { create, diff, read, remove, update } from "../../provider/handlers";
import { openMachine } from "../../provider/machine/open-machine";
import { muted } from "../faults/muted";
import { type Arm, createMachine, createNetwork, startArm } from "../lab/arm/arm-fixture";
import { group2022, hostKey, hostWish } from "../lab/windows/test-lab";
import { groupInputs } from "./group-inputs";
import { tally } from "./rollout-fixture";

const endpointVariable = "PULUMI_WINDOWS_KMS_ARM_ENDPOINT";
const key = hostKey(group2022);

describe("a client group as the engine works on it", function () {
  this.timeout(30_000);
  const endpointBefore = process.env[endpointVariable];
  let arm: Arm;
  let subnetId: string;
  let machines: { name: string; azureVmId: string }[];
  let outs: ClientActivationOutputs;

  before(async () => {
    arm = await startArm();
    process.env[endpointVariable] = arm.endpoint;
    subnetId = await createNetwork(arm);
    for (const name of ["kms", "kms2"]) {
      const azureVmId = await createMachine(arm, name, subnetId);
      const deadline = Date.now() + 60_000;
      await openMachine({ azureVmId }).run(ensureHostPlan(hostWish(key)), { productKey: key }, { deadline });
    }
    machines = [];
    for (let index = 1; index <= 8; index += 1) {
      machines.push(await machineNamed(`web${index}`));
    }
  });
  after(async () => {
    if (endpointBefore === undefined) {
      delete process.env[endpointVariable];
    } else {
      process.env[endpointVariable] = endpointBefore;
    }
    await arm.close();
  });

  const machineNamed = async (name: string) => ({
    name,
    azureVmId: await createMachine(arm, name, subnetId),
  });

  const inputs = (changes: Partial<ClientActivationInputs> = {}): ClientActivationInputs =>
    groupInputs("10.0.1.4", { machines, ...changes });

  /** Updates the group; what it throws is kept apart. Gives how many machines were visited. */
  async function updated(news: ClientActivationInputs): Promise<{ visits: number; error?: PartialFailure }> {
    await arm.control.resetRequests();
    let failure: PartialFailure | undefined;
    try {
      outs = (await muted(() => update("web", outs as never, news as never))).outs as ClientActivationOutputs;
    } catch (error) {
      assert.ok(error instanceof PartialFailure);
      failure = error;
      outs = error.properties as ClientActivationOutputs;
    }
    return { visits: await visits(), error: failure };
  }

  /** Run commands since the last update began. */
  const visits = async () =>
    (await arm.control.requests())
      .filter(({ method, type }) => method === "PUT" && /runCommands/i.test(type))
      .reduce((total, { count }) => total + count, 0);

  const changes = (news: ClientActivationInputs) =>
    muted(async () => (await diff("web", outs as never, news as never)).changes);

  const kmsMachineOf = async (name: string) =>
    (await arm.control.machines()).find(({ computerName }) => computerName === name)!.kmsMachine;

  it("configures members and does not ask while no host is activated", async () => {
    const waiting = inputs({ hostsReady: false });
    outs = (await muted(() => create(waiting as never))).outs as ClientActivationOutputs;
    assert.deepEqual(tally(outs.members), { Pending: 8 });
    assert.deepEqual([...new Set(outs.members.map(({ key, count }) => `${key} ${count}`))], ["6VM33 0"]);
    assert.equal(await kmsMachineOf(machines[0].name), "10.0.1.4");
    assert.equal(await changes(inputs()), true);
  });

  it("is activated as a whole, and then has no difference", async () => {
    outs = (await muted(() => create(inputs() as never))).outs as ClientActivationOutputs;
    assert.deepEqual(tally(outs.members), { Licensed: 8 });
    assert.deepEqual(
      outs.members.map(({ vm }) => vm),
      machines.map(({ name }) => `rg/${name}`),
    );
    assert.equal(await changes(inputs()), false);
    assert.equal(await changes(inputs({ rollout: { maxFailures: 9, canary: 3 } })), false);
  });

  it("visits new members alone", async () => {
    machines = [...machines, await machineNamed("web9"), await machineNamed("web10")];
    assert.equal(await changes(inputs()), true);
    assert.equal((await updated(inputs())).visits, 2);
    assert.deepEqual(tally(outs.members), { Licensed: 10 });
  });

  it("leaves members that are removed as they are, without a visit", async () => {
    const news = inputs({ machines: machines.slice(0, 9) });
    assert.equal(await changes(news), true);
    assert.equal((await updated(news)).visits, 0);
    assert.equal(outs.members.length, 9);
    assert.equal(await kmsMachineOf("web10"), "10.0.1.4");
  });

  it("makes members that are removed forget their KMS host, where that is wanted", async () => {
    const news = inputs({ machines: machines.slice(0, 8), onRemove: "clearKmsHost" });
    assert.equal((await updated(news)).visits, 1);
    assert.equal(outs.members.length, 8);
    assert.equal(await kmsMachineOf("web9"), "");
    assert.equal(await kmsMachineOf("web8"), "10.0.1.4");
    assert.equal(await changes(news), false);
  });

  it("keeps a removed member that can't be told, and tries again", async () => {
    await arm.control.stopMachine("web8");
    const news = inputs({ machines: machines.slice(0, 7), onRemove: "clearKmsHost" });
    const { error } = await updated(news);
    assert.match(
      error?.message ?? "",
      /^KMS4014 1 members that left web could not be told to forget their KMS host:\n {2}web8: KMS3002/,
    );
    assert.deepEqual(tally(outs.members), { Licensed: 7, Unreachable: 1 });
    assert.equal(await changes(news), true);
    await arm.control.startMachine("web8");
    assert.equal((await updated(news)).visits, 1);
    assert.equal(await kmsMachineOf("web8"), "");
    assert.equal(outs.members.length, 7);
  });

  it("asks nothing of a removed member that does not exist any more", async () => {
    await arm.compute.virtualMachines.beginDeleteAndWait("rg", "web7");
    const news = inputs({ machines: machines.slice(0, 6), onRemove: "clearKmsHost" });
    const { error } = await updated(news);
    assert.equal(error, undefined);
    assert.equal(outs.members.length, 6);
  });

  it("names a member that is off, keeps the others, and goes on with it alone", async () => {
    machines = machines.slice(0, 6);
    await arm.control.stopMachine("web2");
    const moved = inputs({ hostNames: ["10.0.1.5"], hostAddresses: [{ name: "10.0.1.5", port: 1688 }] });
    const { error } = await updated(moved);
    assert.match(error?.message ?? "", /^KMS4004 1 of 6 members of web failed:\n {2}web2: KMS3002/);
    assert.deepEqual(tally(outs.members), { Licensed: 5, Unreachable: 1 });
    await arm.control.startMachine("web2");
    assert.equal((await updated(moved)).visits, 1);
    assert.deepEqual(
      outs.members.map(({ host }) => host),
      machines.map(() => "10.0.1.5"),
    );
  });

  it("stops above the limit, and goes on with those that were not visited", async () => {
    const wrong = inputs({
      hostNames: ["10.0.1.99"],
      hostAddresses: [{ name: "10.0.1.99", port: 1688 }],
      rollout: { canary: 0, batchSize: 2, maxConcurrent: 1, maxFailures: 1 },
    });
    const { error, visits: visited } = await updated(wrong);
    assert.match(
      error?.message ?? "",
      /^KMS4010 the rollout of web stopped, since more than 1 members failed; 4 of 6 were not visited:\n {2}web1: 0x/,
    );
    assert.equal(visited, 2);
    assert.deepEqual(tally(outs.members), { Failed: 2, NotStarted: 4 });
    const { props } = await read("web", outs as never);
    assert.equal(tally((props as ClientActivationOutputs).members).NotStarted, 4);
    const right = inputs({ rollout: wrong.rollout });
    assert.equal((await updated(right)).error, undefined);
    assert.deepEqual(tally(outs.members), { Licensed: 6 });
  });

  it("stops when all canaries fail, and takes others the next time", async () => {
    const wrong = inputs({
      hostNames: ["10.0.1.99"],
      hostAddresses: [{ name: "10.0.1.99", port: 1688 }],
      rollout: { canary: 1, maxFailures: 5 },
    });
    assert.match(
      (await updated(wrong)).error?.message ?? "",
      /^KMS4011 the rollout of web stopped, since every canary failed; 5 of 6 members were not visited:\n {2}web1: 0x/,
    );
    await updated(wrong);
    assert.deepEqual(
      outs.members.map(({ status }) => status[0]).join(""),
      "NFNNNN",
      "the one that failed before comes last",
    );
    await updated(inputs());
    assert.deepEqual(tally(outs.members), { Licensed: 6 });
  });

  it("waits out Azure's throttling as a whole", async () => {
    await arm.control.addFault({
      match: "PUT .*/runCommands/",
      status: 429,
      retryAfterSeconds: 1,
      times: 4,
    });
    const moved = inputs({ hostNames: ["10.0.1.5"], hostAddresses: [{ name: "10.0.1.5", port: 1688 }] });
    const { error } = await updated(moved);
    assert.equal(error, undefined);
    assert.deepEqual(tally(outs.members), { Licensed: 6 });
  });

  it("makes all members forget their KMS host when it is deleted, where that is wanted", async () => {
    await remove("web", outs as never);
    assert.equal(await kmsMachineOf("web1"), "10.0.1.5");
    await updated(
      inputs({
        hostNames: ["10.0.1.5"],
        hostAddresses: [{ name: "10.0.1.5", port: 1688 }],
        onRemove: "clearKmsHost",
      }),
    );
    await arm.control.stopMachine("web3");
    await assert.rejects(remove("web", outs as never), /KMS4014 1 members that left web .*\n {2}web3: /);
    await arm.control.startMachine("web3");
    await remove("web", outs as never);
    assert.deepEqual(
      await Promise.all(machines.map(({ name }) => kmsMachineOf(name))),
      machines.map(() => ""),
    );
  });
});
