import assert from "node:assert/strict";
import { stopMocks } from "../declared-resources";
import { valueOf } from "../host/mocked-host";
import { mockedProgram, type MockedProgram, scaleSetId, subnetId, vmId } from "./mocked-group";

const system = { os: "Windows Server 2022", edition: "Datacenter" };

describe("the scale set of a KMSClientGroup on Pulumi's mocks", () => {
  let program: MockedProgram;

  beforeEach(async () => {
    program = await mockedProgram();
  });
  afterEach(stopMocks);

  const scaleSet = { resourceGroupName: "rg", subnetId, adminPassword: "A password for tests", capacity: 3 };

  it("is created Flexible, with the tags of the group and without an extension", async () => {
    const group = await program.group({
      hosts: [program.host()],
      ...system,
      machines: { scaleSet },
      tags: { team: "web" },
    });
    assert.deepEqual(program.children(), [
      "web-scale-set VirtualMachineScaleSet",
      "web-activation ClientActivation",
    ]);
    const { orchestrationMode, tags, sku, virtualMachineProfile } = program.inputsOf("web-scale-set");
    assert.deepEqual([orchestrationMode, tags], ["Flexible", { team: "web" }]);
    assert.deepEqual(sku, { name: "Standard_B2as_v2", tier: "Standard", capacity: 3 });
    assert.match(JSON.stringify(virtualMachineProfile), /"deleteOption":"Delete"/);
    assert.doesNotMatch(JSON.stringify(virtualMachineProfile), /extensionProfile/);
    assert.deepEqual(program.inputsOf("web-activation").scaleSet, {
      id: "web-scale-set-id",
      capacity: 3,
      autoscaled: false,
      created: true,
    });
    assert.deepEqual(program.inputsOf("web-activation").machines, []);
    assert.deepEqual(await valueOf(group.azureVmIds), [vmId("a"), vmId("b")], "those of its instances");
  });

  it("has the extension from the start where it is Uniform or autoscaled", async () => {
    const hosts = [program.host()];
    await program.group({
      hosts,
      ...system,
      machines: { scaleSet: { ...scaleSet, orchestrationMode: "Uniform" } },
    });
    await program.group({ hosts, ...system, machines: { scaleSet, autoscaled: true } }, "scaled");
    for (const name of ["web-scale-set", "scaled-scale-set"]) {
      const profile = JSON.stringify(program.inputsOf(name).virtualMachineProfile);
      assert.match(profile, /"name":"pulumi-windows-kms"/, name);
      assert.match(profile, /commandToExecute/, name);
      assert.equal(profile.includes('"deleteOption"'), name.startsWith("scaled"), "of a Flexible set alone");
    }
    const { scaleSetId: id, capacity } = program.inputsOf("scaled-capacity");
    assert.match(
      id as string,
      /^\/subscriptions\/s\/resourceGroups\/rg\/providers\/Microsoft\.Compute\/virtualMachineScaleSets\/scaled-scale-set[0-9a-f]{8}$/,
    );
    assert.equal(program.inputsOf("scaled-scale-set").vmScaleSetName, (id as string).split("/").at(-1));
    assert.equal(capacity, 3);
    assert.deepEqual(program.inputsOf("scaled-activation").scaleSet, {
      id: "scaled-scale-set-id",
      capacity: -1,
      autoscaled: true,
      created: true,
    });
  });

  it("may exist already", async () => {
    await program.group({ hosts: [program.host()], ...system, machines: { scaleSetId, autoscaled: true } });
    assert.deepEqual(program.children(), ["web-activation ClientActivation"]);
    assert.deepEqual(program.inputsOf("web-activation").scaleSet, {
      id: scaleSetId,
      capacity: -1,
      autoscaled: true,
      created: false,
    });
  });
});
