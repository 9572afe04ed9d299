import assert from "node:assert/strict";
import {
  type Arm,
  createInterface,
  createMachine,
  createNetwork,
  machineBody,
  startArm,
} from "./arm-fixture";
import { idOf } from "./arm-names";

describe("lab/arm asynchronous operations", () => {
  let arm: Arm;
  beforeEach(async () => {
    arm = await startArm();
  });
  afterEach(() => arm.close());

  const put = (path: string, body: object) =>
    fetch(`${arm.endpoint}${path}?api-version=2024-11-01`, { method: "PUT", body: JSON.stringify(body) });

  it("answers 201 while a machine is being created, and Succeeded after", async () => {
    const nic = await createInterface(arm, "nic", await createNetwork(arm));
    const { hardwareProfile, osProfile, storageProfile } = machineBody("kms", nic);
    const answer = await put(idOf("Microsoft.Compute/virtualMachines/kms"), {
      location: "westeurope",
      properties: {
        hardwareProfile,
        osProfile,
        storageProfile,
        networkProfile: { networkInterfaces: [{ id: nic }] },
      },
    });
    assert.equal(answer.status, 201);
    assert.equal(answer.headers.get("retry-after"), "0");
    const body = (await answer.json()) as { properties: { provisioningState: string } };
    assert.equal(body.properties.provisioningState, "Creating");
    const poll = await fetch(answer.headers.get("azure-asyncoperation")!);
    assert.equal(((await poll.json()) as { status: string }).status, "Succeeded");
    const vm = await arm.compute.virtualMachines.get("rg", "kms");
    assert.equal(vm.provisioningState, "Succeeded");
  });

  it("answers 202 to a deletion and 204 to the next", async () => {
    await createMachine(arm, "kms", await createNetwork(arm));
    const remove = () =>
      fetch(`${arm.endpoint}${idOf("Microsoft.Compute/virtualMachines/kms")}?api-version=2024-11-01`, {
        method: "DELETE",
      });
    const first = await remove();
    assert.equal(first.status, 202);
    await (await fetch(first.headers.get("azure-asyncoperation")!)).json();
    assert.equal((await remove()).status, 204);
  });

  it("reports a failed operation with Azure's code, and the resource as failed", async () => {
    const nic = await createInterface(arm, "nic", await createNetwork(arm));
    await arm.control.addFault({
      match: "PUT .*/virtualMachines/kms$",
      failOperation: true,
      code: "AllocationFailed",
    });
    await assert.rejects(
      arm.compute.virtualMachines.beginCreateOrUpdateAndWait("rg", "kms", machineBody("kms", nic)),
      /operation has failed\. AllocationFailed\./,
    );
    assert.equal((await arm.compute.virtualMachines.get("rg", "kms")).provisioningState, "Failed");
    assert.deepEqual(await arm.control.machines(), []);
    await arm.compute.virtualMachines.beginDeleteAndWait("rg", "kms");
  });

  it("starts, stops and restarts a machine", async () => {
    await createMachine(arm, "kms", await createNetwork(arm));
    const power = async () =>
      (await arm.compute.virtualMachines.instanceView("rg", "kms")).statuses?.map(({ code }) => code);
    assert.deepEqual(await power(), ["ProvisioningState/succeeded", "PowerState/running"]);
    await arm.compute.virtualMachines.beginDeallocateAndWait("rg", "kms");
    assert.deepEqual(await power(), ["ProvisioningState/succeeded", "PowerState/deallocated"]);
    await arm.compute.virtualMachines.beginStartAndWait("rg", "kms");
    await arm.compute.virtualMachines.beginRestartAndWait("rg", "kms");
    assert.deepEqual(await power(), ["ProvisioningState/succeeded", "PowerState/running"]);
  });
});
