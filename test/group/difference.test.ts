import assert from "node:assert/strict";
import { Discovery, OnRemove } from "../../provider/catalog/constants";
import { differingInputs, leavesScaleSet, reconfigures } from "../../provider/group/difference";
import { instanceExtension } from "../../provider/group/scale-set-instances";
import type {
  ClientActivationInputs,
  ClientActivationOutputs,
  MemberState,
} from "../../provider/group/state";
import { groupOutputs } from "../../provider/group/update";
import { groupInputs } from "./group-inputs";

const vmId = (name: string) =>
  `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/${name}`;
const server = { name: "srv", ssh: { host: "srv", hostKeyFingerprint: "SHA256:x" } };
const machines = [{ name: "a", azureVmId: vmId("a") }, server];
const states: MemberState[] = [
  { name: "a", azureVmId: vmId("a"), status: "Licensed" },
  { name: "srv", ssh: "srv SHA256:x", status: "Licensed" },
];
const news = groupInputs("kms", { machines, ssh: { user: "admin", privateKey: "an invented key" } });
const olds = groupOutputs(news, machines, states);

const differing = (changes: Partial<ClientActivationInputs>) =>
  differingInputs(olds, { ...news, ...changes });

describe("the difference between a group and its last update", () => {
  it("is none where nothing changed", () => {
    assert.deepEqual(differing({}), []);
  });

  const compared: Partial<ClientActivationInputs> = {
    name: "other",
    machines: machines.slice(0, 1),
    ssh: { user: "admin", privateKey: "another invented key" },
    hostConnections: [{ name: "kms", azureVmId: vmId("kms") }],
    refresh: { sample: 10 },
    timeoutMinutes: 30,
    os: "Windows Server 2019",
    edition: "Standard",
    office: "Office LTSC 2024",
    officeProduct: "Office LTSC Professional Plus 2024",
    setupKey: "VDYBN-27WPP-V4HQT-9VMD4-VMK7H",
    hosts: [],
    discovery: Discovery.Dns,
    hostNames: ["other"],
    hostAddresses: [],
    lookupDomain: "corp.example",
    onRemove: OnRemove.ClearKmsHost,
    offlineDays: 20,
    tags: { team: "web" },
    strict: true,
    acknowledge: [{ code: "KMS2013", reason: "tried it" }],
  };
  const notCompared: Partial<ClientActivationInputs> = {
    hostMachines: [vmId("kms")],
    hostsReady: false,
    threshold: 25,
    rollout: { canary: 3 },
    findings: [{ code: "KMS2270", message: "KMS2270 a rule closes the port." }],
  };

  for (const [name, value] of Object.entries(compared)) {
    it(`is a changed ${name}`, () => assert.deepEqual(differing({ [name]: value }), [name]));
  }
  for (const [name, value] of Object.entries(notCompared)) {
    it(`is not a changed ${name}`, () => assert.deepEqual(differing({ [name]: value }), []));
  }

  it("has every input in one of the two lists, or in the tests of scale sets", () => {
    const tested = [...Object.keys(compared), ...Object.keys(notCompared), "kind", "scaleSet"];
    assert.deepEqual(Object.keys({ ...news, scaleSet: undefined }).sort(), tested.sort());
  });

  it("is a sign-in that is gone", () => {
    const { ssh: _ssh, ...without } = news;
    assert.deepEqual(differingInputs(olds, without as ClientActivationInputs), ["ssh"]);
  });

  it("is another machine at the place of one, or another way to the same", () => {
    const moved = [{ name: "a", azureVmId: vmId("z") }, server];
    assert.deepEqual(differing({ machines: moved }), ["machines"]);
    const otherWay = [machines[0], { ...server, ssh: { ...server.ssh, jump: { host: "bastion" } } }];
    assert.deepEqual(differing({ machines: otherWay }), ["machines"]);
    assert.deepEqual(
      differing({ machines: [{ name: "a", azureVmId: vmId("a").toUpperCase() }, server] }),
      [],
    );
  });

  it("configures all members again only where they are configured from it", () => {
    const again = Object.keys(compared).filter((name) =>
      reconfigures(olds, { ...news, [name]: compared[name as keyof ClientActivationInputs] }),
    );
    assert.deepEqual(again.sort(), [
      "discovery",
      "edition",
      "hostAddresses",
      "hostNames",
      "lookupDomain",
      "office",
      "os",
      "setupKey",
    ]);
  });
});

describe("the difference between a group of a scale set and its last update", () => {
  const id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/web";
  const scaleSet = { id, capacity: 3, autoscaled: false, created: false };
  const inputs = groupInputs("kms", { scaleSet });
  const outputs = (
    changes: Partial<NonNullable<ClientActivationOutputs["scaleSet"]>> = {},
  ): ClientActivationOutputs => ({
    ...groupOutputs(inputs, [], []),
    scaleSet: { ...scaleSet, uniform: false, timestamp: 0, ...changes },
  });
  const changed = (old: ClientActivationOutputs, changes: Partial<typeof scaleSet> = {}) =>
    differingInputs(old, { ...inputs, scaleSet: { ...scaleSet, ...changes } });

  it("is another set or number of instances, unless an autoscaler sets it", () => {
    assert.deepEqual(changed(outputs()), []);
    assert.deepEqual(changed(outputs(), { id: id.toUpperCase() }), []);
    assert.deepEqual(changed(outputs(), { id: `${id}2` }), ["scaleSet"]);
    assert.deepEqual(changed(outputs(), { capacity: 4 }), ["scaleSet"]);
    const { timestamp } = instanceExtension(inputs).settings;
    const autoscaled = outputs({ autoscaled: true, timestamp });
    assert.deepEqual(changed(autoscaled, { autoscaled: true, capacity: 9 }), []);
  });

  it("is a model that has not the extension of today", () => {
    const { timestamp } = instanceExtension(inputs).settings;
    assert.deepEqual(changed(outputs({ uniform: true, timestamp })), []);
    assert.deepEqual(changed(outputs({ uniform: true, timestamp: timestamp - 1 })), ["scaleSet"]);
  });

  it("is a group that gets or loses its scale set", () => {
    const { scaleSet: _set, ...withoutSet } = inputs;
    assert.deepEqual(differingInputs(olds, { ...news, machines: [], scaleSet }), ["scaleSet"]);
    assert.deepEqual(differingInputs(outputs(), withoutSet as ClientActivationInputs), ["machines"]);
    assert.ok(!leavesScaleSet(outputs(), withoutSet), "its model has no extension");
    assert.ok(leavesScaleSet(outputs({ uniform: true }), withoutSet));
  });
});
