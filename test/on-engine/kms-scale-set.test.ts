import assert from "node:assert/strict";
import type { KMSClientMember } from "../../provider";
import { memberCounts } from "../../provider/group/member";
import type { StoredMembers } from "../../provider/group/state";
import { readMembers } from "../../provider/group/stored-members";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";
import { storedResources } from "./stored-resources";

/** A group of instances, and the scale set that some tests adopt. */
const program = (declared: string, groupArgs: string) =>
  kmsProgram(`
const host = new KMSHost("kms", hostArgs);
const os = OperatingSystem.WindowsServer2022;
${declared}
const web = new KMSClientGroup("web", { hosts: [host], os, edition: Edition.Datacenter, ${groupArgs} });
export const members = web.members;
export const memberCounts = web.memberCounts;
`);

const licensed = (count: number) => ({ Licensed: count });

describe("scale sets on the real engine", function () {
  this.timeout(300_000);
  let lab: Lab;
  let stack: EngineProgram;

  beforeEach(async () => {
    lab = await startLab();
  });
  afterEach(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  const start = async (name: string, text: string) => {
    stack = await engineProgram(lab, name, text);
    stack.setConfig("kmsHostKey", labHostKey, true);
    stack.setConfig("adminPassword", adminPassword, true);
  };
  const requests = async (method: string, type: RegExp) =>
    (await lab.control.requests())
      .filter((request) => request.method === method && type.test(request.type))
      .reduce((total, { count }) => total + count, 0);
  const scaleSetId = async () =>
    (await lab.control.resources()).find((id) => /\/virtualMachineScaleSets\/[^/]+$/.test(id))!;
  const names = (members: unknown) => (members as KMSClientMember[]).map(({ name }) => name);
  const changed = async (work: Promise<{ ok: boolean; text: string }>) => {
    const result = await work;
    assert.ok(result.ok, result.text);
    return result as Awaited<ReturnType<EngineProgram["up"]>>;
  };
  /** Members by status as the state has them; a refresh does not run the program, so its outputs stay. */
  const counts = async () => {
    const group = (await storedResources(stack)).find(
      ({ type }) => type === "pulumi-nodejs:dynamic/windows-kms:ClientActivation",
    );
    return group === undefined ? {} : memberCounts(readMembers(group.outputs as unknown as StoredMembers));
  };
  const destroyed = async () => {
    await changed(stack.destroy());
    assert.deepEqual(await lab.control.resources(), []);
    assert.deepEqual(await lab.control.machines(), []);
  };

  it("create a Flexible set, reach its instances, grow by reaching three, and drop removed instances", async () => {
    const flexible = (capacity: number) =>
      program("", `machines: { scaleSet: { ...create, capacity: ${capacity} } }`);
    await start("flexible", flexible(6));
    const first = await changed(stack.up());
    assert.deepEqual(first.outputs.memberCounts.value, licensed(6));
    assert.equal(await requests("PUT", /virtualMachines\/runCommands/), 2 + 6 + 5 - 1);

    await lab.control.resetRequests();
    await stack.write(flexible(9));
    const grown = await changed(stack.up());
    assert.deepEqual(grown.outputs.memberCounts.value, licensed(9));
    assert.equal(await requests("PUT", /virtualMachines\/runCommands/), 3);

    await lab.control.scale(await scaleSetId(), 10);
    await lab.control.scale(await scaleSetId(), 8);
    await lab.control.scale(await scaleSetId(), 9);
    const refreshed = await changed(stack.refresh());
    assert.match(
      refreshed.text,
      new RegExp(`web: no longer in the scale set: ${names(grown.outputs.members.value)[8]}`),
    );
    assert.deepEqual(await counts(), { Licensed: 8, NotStarted: 1 });
    const preview = await changed(stack.preview());
    assert.match(preview.text, /web: 1 more to do, 1 of them not started/);
    await lab.control.resetRequests();
    const repaired = await changed(stack.up());
    assert.deepEqual(repaired.outputs.memberCounts.value, licensed(9));
    assert.equal(await requests("PUT", /virtualMachines\/runCommands/), 1);
    await destroyed();
  });

  it("adopt a Uniform set by an extension of its model, and report what an autoscaler adds", async () => {
    const declared = `
const set = new compute.VirtualMachineScaleSet("set", {
  resourceGroupName, location, vmScaleSetName: "farm", orchestrationMode: "Uniform",
  sku: { name: "Standard_B2as_v2", capacity: 6 }, upgradePolicy: { mode: "Manual" },
  virtualMachineProfile: {
    osProfile: { computerNamePrefix: "farm", adminUsername: "kmsadmin", adminPassword: config.requireSecret("adminPassword") },
    storageProfile: {
      imageReference: { publisher: "MicrosoftWindowsServer", offer: "windowsserver2022", sku: "2022-datacenter-g2", version: "latest" },
      osDisk: { createOption: "FromImage" },
    },
    networkProfile: { networkInterfaceConfigurations: [
      { name: "nic", primary: true, ipConfigurations: [{ name: "ip", subnet: { id: subnet.id } }] },
    ] },
  },
}, { ignoreChanges: ["sku.capacity", "virtualMachineProfile.extensionProfile"] });
`;
    const machines = "machines: { scaleSetId: set.id, autoscaled: true }";
    const adopting = program(declared, machines);
    await start("uniform", adopting);
    const first = await changed(stack.up());
    assert.deepEqual(first.outputs.memberCounts.value, licensed(6));
    assert.deepEqual(names(first.outputs.members.value)[0], "farm_0");
    assert.equal(await requests("PUT", /virtualMachines\/runCommands/), 2, "only those of the host");

    await lab.control.scale(await scaleSetId(), 8);
    await changed(stack.refresh());
    assert.deepEqual(await counts(), licensed(8));
    const still = await changed(stack.up());
    assert.deepEqual(Object.keys(still.counts), ["same"], still.text);

    await stack.write(program(declared, `${machines}, discovery: Discovery.FixedHost`));
    const moved = await changed(stack.up());
    assert.deepEqual(moved.outputs.memberCounts.value, licensed(8));
    assert.equal((moved.outputs.members.value as KMSClientMember[])[7].kmsHost, "kms.corp.example");

    await stack.write(program(declared, "").replace(/const web[^]*/, ""));
    await changed(stack.up());
    assert.ok(!(await lab.control.resources()).some((id) => id.includes("/extensions/")));
    await destroyed();
  });

  it("create a Uniform set with the extension in its model, and run a changed one on all instances", async () => {
    const uniform = (more = "") =>
      program(
        "",
        `machines: { scaleSet: { ...create, orchestrationMode: "Uniform", capacity: 6 } }, ${more}`,
      );
    await start("created", uniform());
    const first = await changed(stack.up());
    assert.deepEqual(first.outputs.memberCounts.value, licensed(6));
    const state = await stack.storedState();
    assert.ok(!state.includes("FromBase64String"), "the command line is encrypted");
    await changed(stack.refresh());
    assert.deepEqual(await counts(), licensed(6));
    const still = await changed(stack.up());
    assert.deepEqual(Object.keys(still.counts), ["same"], still.text);
    await stack.write(uniform("discovery: Discovery.FixedHost"));
    const moved = await changed(stack.up());
    assert.deepEqual(moved.outputs.memberCounts.value, licensed(6));
    await destroyed();
  });

  it("K20: keep the number that an autoscaler set, and leave new instances to the extension", async () => {
    const autoscaled = (more = "") =>
      program("", `machines: { scaleSet: { ...create, capacity: 5 }, autoscaled: true }, ${more}`);
    await start("autoscaled", autoscaled());
    const first = await changed(stack.up());
    assert.deepEqual(first.outputs.memberCounts.value, licensed(5));
    const machines = async () =>
      (await lab.control.machines()).map(({ computerName }) => computerName).sort();
    await lab.control.scale(await scaleSetId(), 8);
    const unchanged = await changed(stack.preview());
    assert.deepEqual(Object.keys(unchanged.counts), ["same"], "another number is no difference");

    await stack.write(autoscaled('tags: { team: "web" }'));
    const preview = await changed(stack.preview());
    assert.doesNotMatch(preview.text, /capacity/);
    const before = await machines();
    const tagged = await changed(stack.up());
    assert.deepEqual(tagged.outputs.memberCounts.value, licensed(8));
    assert.deepEqual(await machines(), before, "none is added or deleted");
    const still = await changed(stack.up());
    assert.deepEqual(Object.keys(still.counts), ["same"], still.text);

    await lab.control.scale(await scaleSetId(), 7);
    await stack.write(autoscaled('tags: { team: "desks" }'));
    const left = await machines();
    const refreshed = await changed(stack.upRefreshed());
    assert.deepEqual(refreshed.outputs.memberCounts.value, licensed(7));
    assert.deepEqual(await machines(), left);
    await destroyed();
  });
});
