import assert from "node:assert/strict";
import { openMachine } from "../../../provider/machine/open-machine";
import { azureEndpoint } from "../../environment";
import { installPlan } from "../../machine/plans";
import { type Arm, createMachine, createNetwork, startArm } from "./arm-fixture";
import { groupPath, idOf, refusal } from "./arm-names";

describe("management locks in the lab", () => {
  let arm: Arm;
  let azureVmId: string;
  const findAzureAt = azureEndpoint();
  beforeEach(async () => {
    arm = await startArm();
    azureVmId = await createMachine(arm, "kms1", await createNetwork(arm));
    findAzureAt(arm.endpoint);
  });
  afterEach(() => arm.close());

  const lock = async (scope: string, level: string, method = "PUT") => {
    const path = `${scope}/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01`;
    const response = await fetch(`${arm.endpoint}${path}`, {
      method,
      ...(method === "PUT" && { body: JSON.stringify({ properties: { level } }) }),
    });
    return response.status;
  };
  const soon = () => ({ deadline: Date.now() + 60_000 });
  const run = () => openMachine({ azureVmId }).run({ ...installPlan, operations: [] }, {}, soon());

  it("refuse writes and deletions below a read-only scope, and let it be read", async () => {
    assert.equal(await lock(groupPath("rg"), "ReadOnly"), 201);
    const tagged = arm.network.networkSecurityGroups.beginCreateOrUpdateAndWait("rg", "nsg", {
      location: "westeurope",
    });
    await assert.rejects(tagged, {
      ...refusal(409, "ScopeLocked"),
      message: new RegExp(
        `The scope '${groupPath("rg")}/providers/Microsoft.Network/networkSecurityGroups/nsg' cannot perform write operation because following scope\\(s\\) are locked: '${groupPath("rg")}'`,
      ),
    });
    await assert.rejects(arm.compute.virtualMachines.beginDeleteAndWait("rg", "kms1"), {
      ...refusal(409, "ScopeLocked"),
      message: /cannot perform delete operation/,
    });
    await assert.rejects(
      arm.compute.virtualMachines.beginStartAndWait("rg", "kms1"),
      refusal(409, "ScopeLocked"),
    );
    assert.equal((await arm.compute.virtualMachines.get("rg", "kms1")).name, "kms1");
    assert.equal(await lock(groupPath("rg"), "", "DELETE"), 200);
    await arm.compute.virtualMachines.beginDeleteAndWait("rg", "kms1");
  });

  it("refuse deletions alone where they say so, also of the group around a locked resource", async () => {
    await lock(azureVmId, "CanNotDelete");
    await assert.rejects(
      arm.compute.virtualMachines.beginDeleteAndWait("rg", "kms1"),
      refusal(409, "ScopeLocked"),
    );
    assert.equal((await arm.group("rg", "DELETE")).status, 409);
    await arm.network.networkInterfaces.beginCreateOrUpdateAndWait("rg", "other", {
      location: "westeurope",
      ipConfigurations: [
        { name: "ip", subnet: { id: idOf("Microsoft.Network/virtualNetworks/vnet/subnets/hosts") } },
      ],
    });
    await arm.network.networkInterfaces.beginDeleteAndWait("rg", "other");
  });

  it("keep run commands away, which the error of the machine names with the scope", async () => {
    await lock(azureVmId, "ReadOnly");
    await assert.rejects(run(), (error: Error & { code?: string }) => {
      assert.equal(error.code, "KMS3036");
      assert.match(error.message, /following scope\(s\) are locked: '.*\/virtualMachines\/kms1'/);
      return true;
    });
  });

  it("leave run commands behind where deletions are locked, and the answer is read all the same", async () => {
    await lock(azureVmId, "CanNotDelete");
    assert.match((await run()).machine.utc, /^\d{4}-/);
    const left = (await arm.control.resources()).filter((id) => /runCommands/i.test(id));
    assert.equal(left.length, 1);
  });

  it("are listed for their scope, and have one of two levels", async () => {
    assert.equal(await lock(azureVmId, "Frozen"), 400);
    await lock(groupPath("rg"), "CanNotDelete");
    const path = `${azureVmId}/providers/Microsoft.Authorization/locks?api-version=2020-05-01`;
    const { value } = (await (await fetch(`${arm.endpoint}${path}`)).json()) as { value: object[] };
    assert.deepEqual(
      value.map((one) => (one as { properties: object }).properties),
      [{ level: "CanNotDelete" }],
    );
  });
});
