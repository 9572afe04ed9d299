import assert from "node:assert/strict";
import type {
  ClientActivationInputs,
  ClientActivationOutputs,
} from "../../provider/dynamic/client-activation";
import { PartialFailure } from "../../provider/dynamic/handler";
import { check, create, diff, read, remove, update } from "../../provider/dynamic/handlers";
import type { ScaleSetInputs } from "../../provider/dynamic/scale-set/scale-set-group";
import { KmsError } from "../../provider/errors/kms-error";
import { extensionName } from "../../provider/machine/licensing-extension";
import { openScaleSet } from "../../provider/machine/scale-set";
import { muted } from "../faults/muted";
import { type Arm, createNetwork, startArm } from "../lab/arm/arm-fixture";
import { idOf } from "../lab/arm/arm-names";
import { all, createHost, hostAddress, scaleSetBody, sdkExtension } from "../lab/arm/scale-set-fixture";
import { group2022, setupKeys } from "../lab/windows/test-lab";
import { tally } from "./rollout-fixture";

const endpointVariable = "PULUMI_WINDOWS_KMS_ARM_ENDPOINT";
const setId = idOf("Microsoft.Compute/virtualMachineScaleSets/web");

describe("a group of a scale set as the engine works on it", function () {
  this.timeout(30_000);
  const endpointBefore = process.env[endpointVariable];
  let arm: Arm;
  let subnetId: string;
  let outs: ClientActivationOutputs;

  beforeEach(async () => {
    arm = await startArm();
    process.env[endpointVariable] = arm.endpoint;
    subnetId = await createNetwork(arm);
    await createHost(arm, subnetId);
  });
  afterEach(async () => {
    if (endpointBefore === undefined) {
      delete process.env[endpointVariable];
    } else {
      process.env[endpointVariable] = endpointBefore;
    }
    await arm.close();
  });

  const sets = () => arm.compute.virtualMachineScaleSets;
  const putSet = (mode: "Flexible" | "Uniform", capacity: number, changes: object = {}) =>
    sets().beginCreateOrUpdateAndWait("rg", "web", { ...scaleSetBody(subnetId, mode, capacity), ...changes });

  const inputs = (
    changes: Partial<ClientActivationInputs> = {},
    scaleSet: Partial<ScaleSetInputs> = {},
  ): ClientActivationInputs => ({
    kind: "ClientActivation",
    name: "web",
    machines: [],
    scaleSet: { id: setId, capacity: -1, autoscaled: false, created: false, ...scaleSet },
    os: "Windows Server 2022",
    edition: "Datacenter",
    hosts: [{ name: "kms", keyGroup: group2022, os: "Windows Server 2022" }],
    hostsReady: true,
    acceptUnlisted: false,
    setupKey: setupKeys.server2022Datacenter,
    discovery: "host",
    hostNames: [hostAddress],
    hostAddresses: [{ name: hostAddress, port: 1688 }],
    lookupDomain: "",
    threshold: 5,
    rollout: {},
    onRemove: "leave",
    convertFrom: "",
    ...changes,
  });

  /** Creates or updates the group; gives what went wrong, and keeps what was done. */
  async function worked(news: ClientActivationInputs, fresh = false): Promise<PartialFailure | undefined> {
    await arm.control.resetRequests();
    try {
      const { outs: done } = await muted(() =>
        fresh ? create(news as never) : update("web", outs as never, news as never),
      );
      outs = done as ClientActivationOutputs;
      return undefined;
    } catch (error) {
      assert.ok(error instanceof PartialFailure, String(error));
      outs = error.properties as ClientActivationOutputs;
      return error;
    }
  }
  const created = (news: ClientActivationInputs) => worked(news, true);
  const refreshed = () =>
    muted(async () => {
      const { props } = await read("web", outs as never);
      outs = props as ClientActivationOutputs;
    });
  const changes = (news: ClientActivationInputs) =>
    muted(async () => (await diff("web", outs as never, news as never)).changes);
  const requests = async (method: string, type: RegExp) =>
    (await arm.control.requests())
      .filter((request) => request.method === method && type.test(request.type))
      .reduce((total, { count }) => total + count, 0);
  const runs = () => requests("PUT", /virtualMachines\/runCommands/);
  const extensionWrites = () => requests("PUT", /ScaleSets\/extensions/);
  const extensions = async () =>
    (await sets().get("rg", "web")).virtualMachineProfile?.extensionProfile?.extensions ?? [];
  const kmsMachines = async () =>
    (await arm.control.machines())
      .filter(({ computerName }) => computerName !== "kms")
      .map(({ kmsMachine }) => kmsMachine);

  describe("that is Flexible", () => {
    it("visits the instances, then only those that are new, and stores little of each", async () => {
      await putSet("Flexible", 6);
      assert.equal(await created(inputs()), undefined);
      assert.deepEqual(tally(outs.members), { Licensed: 6 });
      assert.equal(await runs(), 6 + 5 - 1);
      assert.equal(await changes(inputs()), false);
      assert.equal(await changes(inputs({}, { capacity: 9 })), true);
      assert.ok(JSON.stringify(outs.members).length / 6 < 200);
      await putSet("Flexible", 9);
      assert.equal(await worked(inputs({}, { capacity: 9 })), undefined);
      assert.deepEqual(tally(outs.members), { Licensed: 9 });
      assert.equal(await runs(), 3);
      assert.deepEqual(await extensions(), []);
    });

    it("sees at a refresh what came and went", async () => {
      await putSet("Flexible", 6);
      await created(inputs());
      await putSet("Flexible", 4);
      await putSet("Flexible", 5);
      await refreshed();
      assert.deepEqual(tally(outs.members), { Licensed: 4, NotStarted: 1 });
      assert.equal(await changes(inputs()), true);
      await worked(inputs());
      assert.deepEqual(tally(outs.members), { Licensed: 5 });
      assert.equal(await runs(), 1);
    });

    it("gets the extension where it is autoscaled, and loses it when it is not any more", async () => {
      await putSet("Flexible", 5);
      const autoscaled = inputs({}, { autoscaled: true });
      assert.equal(await created(autoscaled), undefined);
      assert.deepEqual(tally(outs.members), { Licensed: 5 });
      assert.equal((await extensions())[0].name, extensionName);
      await arm.control.scale(setId, 7);
      await refreshed();
      assert.deepEqual(tally(outs.members), { Licensed: 7 });
      assert.equal(await changes(autoscaled), false);
      assert.equal(await changes(inputs()), true);
      await worked(inputs());
      assert.equal(await runs(), 0);
      assert.deepEqual(await extensions(), []);
    });

    it("makes released instances forget their KMS host", async () => {
      await putSet("Flexible", 5);
      const clearing = inputs({ onRemove: "clearKmsHost" });
      await created(clearing);
      assert.deepEqual([...new Set(await kmsMachines())], [hostAddress]);
      await remove("web", outs as never);
      assert.deepEqual([...new Set(await kmsMachines())], [""]);
    });
  });

  describe("that is Uniform", () => {
    it("gets the extension, which runs again for those that asked too early", async () => {
      await putSet("Uniform", 6);
      assert.equal(await created(inputs()), undefined);
      assert.deepEqual(tally(outs.members), { Licensed: 6 });
      assert.deepEqual([await runs(), await extensionWrites()], [0, 2]);
      assert.equal(await changes(inputs()), false);
      assert.equal(outs.members[0].name, "web_0");
      assert.ok(JSON.stringify(outs.members).length / 6 < 200);
    });

    it("stays pending below the threshold, and the next update asks again", async () => {
      await putSet("Uniform", 3);
      assert.equal(await created(inputs()), undefined);
      assert.deepEqual(tally(outs.members), { Pending: 3 });
      assert.equal(outs.machinesMissing, 2);
      assert.equal(await changes(inputs()), true);
      await arm.control.scale(setId, 6);
      assert.equal(await worked(inputs()), undefined);
      assert.deepEqual(tally(outs.members), { Licensed: 6 });
    });

    it("reports what an autoscaler adds, and repairs a model that lost the extension", async () => {
      await putSet("Uniform", 5);
      await created(inputs());
      await arm.control.scale(setId, 8);
      await refreshed();
      assert.deepEqual(tally(outs.members), { Licensed: 8 });
      assert.equal(await changes(inputs()), false);
      await arm.compute.virtualMachineScaleSetExtensions.beginDeleteAndWait("rg", "web", extensionName);
      await refreshed();
      assert.deepEqual(tally(outs.members), { NotStarted: 8 });
      assert.equal(await changes(inputs()), true);
      await worked(inputs());
      assert.deepEqual(tally(outs.members), { Licensed: 8 });
    });

    it("KMS4054: upgrades by hand those with the latest model, and tells of the others", async () => {
      await putSet("Uniform", 6, { upgradePolicy: { mode: "Manual" } });
      await sets().beginUpdateAndWait("rg", "web", { sku: { name: "Standard_D2s_v5" } });
      await sets().beginUpdateInstancesAndWait("rg", "web", { instanceIds: ["0", "1", "2", "3", "4"] });
      let said = "";
      const write = process.stdout.write;
      process.stdout.write = (text) => ((said += String(text)), true);
      try {
        outs = (await create(inputs() as never)).outs as ClientActivationOutputs;
      } finally {
        process.stdout.write = write;
      }
      assert.deepEqual(tally(outs.members), { Licensed: 5, NotStarted: 1 });
      assert.match(said, /web: KMS4054 1 of 6 instances of web do not have the scale set's latest model/);
    });

    it("KMS4050: fails for instances that failed or are off, keeps the others, and goes on with the next update", async () => {
      await putSet("Uniform", 6);
      await arm.control.stopMachine("web000002");
      const failure = await created(inputs());
      assert.match(
        failure!.message,
        /^KMS4050 1 of 6 instances of web failed:\s+web_2: KMS4053 web_2 is not running/,
      );
      assert.deepEqual(tally(outs.members), { Licensed: 5, Unreachable: 1 });
      await arm.control.startMachine("web000002");
      assert.equal(await worked(inputs()), undefined);
      assert.deepEqual(tally(outs.members), { Licensed: 6 });
    });

    it("keeps a group whose extension may be in the model, so that a deletion takes it out", async () => {
      await putSet("Uniform", 5);
      await arm.control.addFault({
        match: "GET .*/virtualMachineScaleSets/web/virtualMachines",
        status: 403,
      });
      const failure = await created(inputs());
      assert.match(failure!.message, /^KMS3021 Azure did not list the instances of .*\/web: /);
      await arm.control.clearFaults();
      assert.equal((await extensions()).length, 1);
      assert.equal(await changes(inputs()), true);
      await remove("web", outs as never);
      assert.deepEqual(await extensions(), []);
    });

    it("makes released instances forget their KMS host by the extension, and takes it out", async () => {
      await putSet("Uniform", 5);
      await created(inputs({ onRemove: "clearKmsHost" }));
      await remove("web", outs as never);
      assert.deepEqual([...new Set(await kmsMachines())], [""]);
      assert.deepEqual(await extensions(), []);
    });

    it("KMS4014: keeps the extension of instances that could not be released", async () => {
      await putSet("Uniform", 5);
      await created(inputs({ onRemove: "clearKmsHost" }));
      await arm.control.stopMachine("web000001");
      await assert.rejects(
        remove("web", outs as never),
        /KMS4014 1 members that left web .*\s+web_1: KMS4053/,
      );
      assert.equal((await extensions()).length, 1);
      await arm.control.startMachine("web000001");
      await remove("web", outs as never);
      assert.deepEqual(await extensions(), []);
    });

    it("leaves the model of a set alone that the package created, since the set goes as well", async () => {
      await putSet("Uniform", 5);
      const own = inputs({}, { created: true, capacity: 5 });
      await created(own);
      await remove("web", outs as never);
      assert.equal((await extensions()).length, 1);
    });

    it("is another resource when it takes its members from another scale set or from none", async () => {
      await putSet("Uniform", 5);
      await created(inputs());
      const replaces = async (news: ClientActivationInputs) =>
        (await diff("web", outs as never, news as never)).replaces;
      assert.deepEqual(await replaces(inputs({}, { id: `${setId}2` })), ["scaleSet"]);
      assert.deepEqual(await replaces(inputs({ scaleSet: undefined })), ["scaleSet"]);
      assert.deepEqual(await replaces(inputs({}, { id: setId.toUpperCase() })), []);
    });
  });

  it("KMS3022: leaves a model alone that has a script extension of somebody else", async () => {
    await putSet("Uniform", 2);
    const theirs = { ...sdkExtension(), name: "install" };
    await arm.compute.virtualMachineScaleSetExtensions
      .beginCreateOrUpdateAndWait("rg", "web", "install", theirs)
      .catch(() => undefined);
    await assert.rejects(
      create(inputs() as never),
      /KMS3022 the model of .*\/web has .* Extension install already/,
    );
    assert.deepEqual(
      (await extensions()).map(({ name }) => name),
      ["install"],
    );
  });

  it("KMS3020: says that the set is gone, at a refresh by having nothing to keep", async () => {
    await putSet("Uniform", 2);
    await created(inputs());
    await sets().beginDeleteAndWait("rg", "web");
    assert.deepEqual(await read("web", outs as never), {});
    await remove("web", outs as never);
    await assert.rejects(create(inputs() as never), /KMS3020 the scale set .*\/web does not exist: /);
  });

  it("KMS3024: says what is no scale set", () => {
    assert.throws(
      () => openScaleSet("/subscriptions/s/resourceGroups/rg"),
      (error: unknown) => error instanceof KmsError && /^KMS3024 \/subscriptions\/s/.test(error.message),
    );
  });

  it("KMS3023: refuses an autoscaled set whose command would be too long, before anything is done", async () => {
    const hostNames = Array.from({ length: 3000 }, (_, index) => `kms${index * 7919}.corp.example`);
    const news = inputs({ hostNames, discovery: "dns" }, { autoscaled: true });
    const { failures } = await check({} as never, news as never);
    assert.deepEqual(
      failures!.map(({ property, reason }) => [property, reason.slice(0, 7)]),
      [["", "KMS3023"]],
    );
  });

  it("lists more instances than Azure gives at once", async () => {
    await putSet("Flexible", 0);
    await arm.control.scale(setId, 103);
    const access = openScaleSet(setId, arm.compute);
    const options = { deadline: Date.now() + 30_000 };
    const instances = await access.instances(await access.read(options), options);
    assert.equal(new Set(instances.map(({ azureVmId }) => azureVmId)).size, 103);
    assert.equal((await all(arm.compute.virtualMachines.list("rg"))).length, 104);
  });
});
