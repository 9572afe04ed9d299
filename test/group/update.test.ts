import assert from "node:assert/strict";
import type { ClientActivationInputs, ClientActivationOutputs } from "../../provider/group/state";
import { readMembers } from "../../provider/group/stored-members";
import { OnRemove, UnreachablePolicy } from "../../provider/catalog/constants";
import { PartialFailure } from "../../provider/engine/handler";
import { create, diff, read, remove, update } from "../../provider/handlers";
import { openMachine } from "../../provider/machine/open-machine";
import { azureEndpoint } from "../environment";
import { activateHost } from "../machine/activate-host";
import { muted } from "../faults/muted";
import { type Arm, createMachine, createNetwork, startArm } from "../lab/arm/arm-fixture";
import { group2022, hostKey } from "../lab/windows/test-lab";
import { groupInputs } from "./group-inputs";
import { tally } from "./rollout-fixture";

const membersOf = (outs: ClientActivationOutputs) => readMembers(outs);
const key = hostKey(group2022);

describe("a client group as the engine works on it", function () {
  this.timeout(30_000);
  const findAzureAt = azureEndpoint();
  let arm: Arm;
  let subnetId: string;
  let machines: { name: string; azureVmId: string }[];
  let outs: ClientActivationOutputs;

  beforeEach(async () => {
    arm = await startArm();
    findAzureAt(arm.endpoint);
    subnetId = await createNetwork(arm);
    for (const name of ["kms", "kms2"]) {
      const azureVmId = await createMachine(arm, name, subnetId);
      await activateHost(openMachine({ azureVmId }), key);
    }
    machines = [];
    for (let index = 1; index <= 8; index += 1) {
      machines.push(await machineNamed(`web${index}`));
    }
  });
  afterEach(() => arm.close());

  const machineNamed = async (name: string) => ({
    name,
    azureVmId: await createMachine(arm, name, subnetId),
  });

  const inputs = (changes: Partial<ClientActivationInputs> = {}): ClientActivationInputs =>
    groupInputs("10.0.1.4", { machines, ...changes });

  /** Inputs of a group whose KMS host is another one. */
  const movedHost = { hostNames: ["10.0.1.5"], hostAddresses: [{ name: "10.0.1.5", port: 1688 }] };

  /** The group is activated. */
  async function activate(news = inputs()): Promise<void> {
    outs = (await muted(() => create(news as never))).outs as ClientActivationOutputs;
    assert.deepEqual(tally(membersOf(outs)), { Licensed: machines.length });
  }

  /** A group of six is activated. */
  async function activateSix(changes?: Partial<ClientActivationInputs>): Promise<void> {
    machines = machines.slice(0, 6);
    await activate(inputs(changes));
  }

  /** Updates the group; what it throws is kept apart. Returns how many run commands that took. */
  async function updated(news: ClientActivationInputs): Promise<{ runs: number; error?: PartialFailure }> {
    await arm.control.resetRequests();
    let failure: PartialFailure | undefined;
    try {
      outs = (await muted(() => update("web", outs as never, news as never))).outs as ClientActivationOutputs;
    } catch (error) {
      assert.ok(error instanceof PartialFailure);
      failure = error;
      outs = error.properties as ClientActivationOutputs;
    }
    return { runs: await runs(), error: failure };
  }

  /** Run commands since the last update began. */
  const runs = async () =>
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
    assert.deepEqual(tally(membersOf(outs)), { Pending: 8 });
    assert.deepEqual(
      [
        ...new Set(
          membersOf(outs).map(
            ({ partialProductKey, currentCount }) => `${partialProductKey} ${currentCount}`,
          ),
        ),
      ],
      ["6VM33 undefined"],
    );
    assert.equal(await kmsMachineOf(machines[0].name), "10.0.1.4");
    assert.equal(await changes(inputs()), true);
  });

  it("is activated as a whole, and then has no difference", async () => {
    await activate();
    assert.deepEqual(tally(membersOf(outs)), { Licensed: 8 });
    assert.deepEqual(
      membersOf(outs).map(({ azureVmId }) => azureVmId),
      machines.map(({ azureVmId }) => azureVmId),
    );
    assert.equal(outs.common.scope?.split("/")[1], "rg");
    assert.equal(await changes(inputs()), false);
    assert.equal(await changes(inputs({ rollout: { maxFailures: 9, canary: 3 } })), false);
  });

  it("configures new members alone", async () => {
    await activate();
    machines = [...machines, await machineNamed("web9"), await machineNamed("web10")];
    assert.equal(await changes(inputs()), true);
    assert.equal((await updated(inputs())).runs, 2);
    assert.deepEqual(tally(membersOf(outs)), { Licensed: 10 });
  });

  it("leaves members that are removed as they are, without a run command", async () => {
    await activate();
    const news = inputs({ machines: machines.slice(0, 7) });
    assert.equal(await changes(news), true);
    assert.equal((await updated(news)).runs, 0);
    assert.equal(membersOf(outs).length, 7);
    assert.equal(await kmsMachineOf("web8"), "10.0.1.4");
  });

  it("clears the KMS host of members that are removed, where the group says so", async () => {
    await activate();
    const news = inputs({ machines: machines.slice(0, 7), onRemove: OnRemove.ClearKmsHost });
    assert.equal((await updated(news)).runs, 1);
    assert.equal(membersOf(outs).length, 7);
    assert.equal(await kmsMachineOf("web8"), "");
    assert.equal(await kmsMachineOf("web7"), "10.0.1.4");
    assert.equal(await changes(news), false);
  });

  it("keeps a removed member that it cannot release, and tries again", async () => {
    await activate();
    await arm.control.stopMachine("web8");
    const news = inputs({ machines: machines.slice(0, 7), onRemove: OnRemove.ClearKmsHost });
    const { error } = await updated(news);
    assert.match(
      error?.message ?? "",
      /^KMS4014 1 member that left web could not be made to forget their KMS host:\n {2}web8: KMS3002/,
    );
    assert.deepEqual(tally(membersOf(outs)), { Licensed: 7, Unreachable: 1 });
    assert.equal(await changes(news), true);
    await arm.control.startMachine("web8");
    assert.equal((await updated(news)).runs, 1);
    assert.equal(await kmsMachineOf("web8"), "");
    assert.equal(membersOf(outs).length, 7);
  });

  it("asks nothing of a removed member that does not exist any more", async () => {
    await activate();
    await arm.compute.virtualMachines.beginDeleteAndWait("rg", "web8");
    const news = inputs({ machines: machines.slice(0, 7), onRemove: OnRemove.ClearKmsHost });
    const { error } = await updated(news);
    assert.equal(error, undefined);
    assert.equal(membersOf(outs).length, 7);
  });

  it("fails for a member that is off where that counts as a failure, and continues with it alone", async () => {
    await activateSix();
    await arm.control.stopMachine("web2");
    const moved = inputs({ ...movedHost, rollout: { unreachable: UnreachablePolicy.Fail } });
    const { error } = await updated(moved);
    assert.match(
      error?.message ?? "",
      /^KMS4004 1 of 6 members of web failed:\n {2}web2: the virtual machine is off/,
    );
    assert.deepEqual(tally(membersOf(outs)), { Licensed: 5, Off: 1 });
    assert.equal(await changes(moved), true, "it counts as a failure until it is back");
    await arm.control.startMachine("web2");
    assert.equal((await updated(moved)).runs, 1);
    assert.deepEqual(
      membersOf(outs).map(({ kmsHost }) => kmsHost),
      machines.map(() => "10.0.1.5"),
    );
  });

  it("lists a member that is off, succeeds, and keeps what was last known of it", async () => {
    await activateSix(movedHost);
    await arm.control.stopMachine("web2");
    const back = inputs();
    const known = membersOf(outs).find(({ name }) => name === "web2")!;
    const { error } = await updated(back);
    assert.equal(error, undefined);
    assert.deepEqual(tally(membersOf(outs)), { Licensed: 5, Off: 1 });
    const { status: _now, ...facts } = membersOf(outs).find(({ name }) => name === "web2")!;
    const { status: _status, ...knownFacts } = known;
    assert.deepEqual(facts, knownFacts);
    assert.equal(await changes(back), false, "it is still off");
    await arm.control.startMachine("web2");
    assert.equal(await changes(back), true, "it is back");
    assert.equal((await updated(back)).runs, 1);
    assert.deepEqual(tally(membersOf(outs)), { Licensed: 6 });
  });

  it("takes over inputs that change no member without a run command", async () => {
    await activateSix();
    const before = membersOf(outs);
    for (const change of [{ tags: { team: "web" } }, { strict: true }, { onRemove: OnRemove.ClearKmsHost }]) {
      const news = inputs(change);
      assert.equal(await changes(news), true, JSON.stringify(change));
      assert.equal((await updated(news)).runs, 0);
      assert.equal(await changes(news), false);
    }
    await updated(inputs());
    assert.deepEqual(membersOf(outs), before);
  });

  it("stops above the limit, and continues with those that it has not reached", async () => {
    await activateSix();
    const wrong = inputs({
      hostNames: ["10.0.1.99"],
      hostAddresses: [{ name: "10.0.1.99", port: 1688 }],
      rollout: { canary: 0, maxConcurrent: 1, maxFailures: 1 },
    });
    const { error, runs: commands } = await updated(wrong);
    assert.match(
      error?.message ?? "",
      /^KMS4010 the rollout of web stopped because 2 of 6 members failed, and at most 1 may; 4 were not started:\n {2}web1, web2: 0x/,
    );
    assert.equal(commands, 2);
    assert.deepEqual(tally(membersOf(outs)), { Failed: 2, NotStarted: 4 });
    const { props } = await read("web", outs as never);
    assert.equal(tally(membersOf(props as ClientActivationOutputs)).NotStarted, 4);
    const right = inputs({ rollout: wrong.rollout });
    assert.equal((await updated(right)).error, undefined);
    assert.deepEqual(tally(membersOf(outs)), { Licensed: 6 });
  });

  it("stops when all canaries fail, and takes others the next time", async () => {
    await activateSix();
    const wrong = inputs({
      hostNames: ["10.0.1.99"],
      hostAddresses: [{ name: "10.0.1.99", port: 1688 }],
      rollout: { canary: 1, maxFailures: 5 },
    });
    assert.match(
      (await updated(wrong)).error?.message ?? "",
      /^KMS4011 the rollout of web stopped because every canary failed: 1 of 6 members; 5 were not started:\n {2}web1: 0x/,
    );
    await updated(wrong);
    assert.deepEqual(
      membersOf(outs)
        .map(({ status }) => status[0])
        .join(""),
      "NFNNNN",
      "the one that failed before comes last",
    );
    await updated(inputs());
    assert.deepEqual(tally(membersOf(outs)), { Licensed: 6 });
  });

  it("waits out Azure's throttling as a whole", async () => {
    await activateSix();
    await arm.control.addFault({
      match: "PUT .*/runCommands/",
      status: 429,
      retryAfterSeconds: 1,
      times: 4,
    });
    const moved = inputs(movedHost);
    const { error } = await updated(moved);
    assert.equal(error, undefined);
    assert.deepEqual(tally(membersOf(outs)), { Licensed: 6 });
  });

  it("clears the KMS host of all members when it is deleted, where the group says so", async () => {
    await activateSix(movedHost);
    await remove("web", outs as never);
    assert.equal(await kmsMachineOf("web1"), "10.0.1.5");
    await updated(inputs({ ...movedHost, onRemove: OnRemove.ClearKmsHost }));
    await arm.control.stopMachine("web3");
    await assert.rejects(remove("web", outs as never), /KMS4014 1 member that left web .*\n {2}web3: /);
    await arm.control.startMachine("web3");
    await remove("web", outs as never);
    assert.deepEqual(
      await Promise.all(machines.map(({ name }) => kmsMachineOf(name))),
      machines.map(() => ""),
    );
  });
});
