import assert from "node:assert/strict";
import { customRoles, featurePermissions } from "../../../provider/catalog/permissions";
import { azureEndpoint } from "../../environment";
import { type Arm, createInterface, createNetwork, startArm } from "./arm-fixture";
import { groupPath, refusal, subscriptionId } from "./arm-names";
import { type PermissionScenario, scenarios } from "./permission-scenarios";

describe("lab/arm authorization", function () {
  this.timeout(60_000);
  let arm: Arm;
  const findAzureAt = azureEndpoint();
  const start = async () => {
    arm = await startArm();
    findAzureAt(arm.endpoint);
  };
  beforeEach(start);
  afterEach(async () => {
    await arm.close();
  });

  const role = (...Actions: string[]) => ({
    Name: "test",
    IsCustom: true,
    Actions,
    NotActions: [],
    AssignableScopes: [`/subscriptions/${subscriptionId}`],
  });

  it("has a scenario for each feature that Azure Resource Manager serves", () => {
    const without = featurePermissions.map(({ feature }) => feature).filter((name) => !(name in scenarios));
    assert.deepEqual(without, ["blobLedger"]);
  });

  for (const { feature, actions } of featurePermissions.filter((row) => row.feature in scenarios)) {
    const scenario: PermissionScenario = scenarios[feature];
    const granted = customRoles(
      [feature, ...(scenario.with ?? [])].map((name) => ({ feature: name, subscriptionId })),
    )[0];

    it(`${feature}: goes through with just the actions of its row`, async () => {
      await scenario.prepare?.(arm);
      await arm.control.setRoles({ roles: [granted] });
      await scenario.run(arm);
    });

    it(`${feature}: is refused without any one of them, and names it`, async () => {
      for (const action of actions) {
        await arm.close();
        await start();
        await scenario.prepare?.(arm);
        await arm.control.setRoles({ ...granted, Actions: granted.Actions.filter((one) => one !== action) });
        await assert.rejects(scenario.run(arm), (error: Error) => {
          // The names of actions have no case, and paths have that of the client.
          const said = error.message.toLowerCase();
          assert.ok(said.includes(`'${action.toLowerCase()}'`), `${action}: ${error.message}`);
          if (scenario.ours === true) {
            assert.match(error.message, /^KMS(3010|3016|3019|5044) .*npx pulumi-windows-kms permissions/);
            assert.ok(said.includes(`${action.toLowerCase()} on `), error.message);
          }
          return true;
        });
      }
    });
  }

  it("words a refusal as Azure does, before it looks whether there is anything", async () => {
    await arm.control.setRoles(role());
    const scope = `${groupPath("none")}/providers/Microsoft.Compute/virtualMachines/kms`;
    await assert.rejects(arm.compute.virtualMachines.get("none", "kms"), (error: Error) => {
      assert.match(error.message, /^The client '\S+' with object id '\S+' does not have authorization/);
      assert.ok(
        error.message.includes(`action 'Microsoft.Compute/virtualMachines/read' over scope '${scope}' or`),
      );
      return true;
    });
    await assert.rejects(arm.compute.virtualMachines.get("none", "kms"), refusal(403, "AuthorizationFailed"));
  });

  it("names both actions where the body joins something that may not be joined", async () => {
    const subnetId = await createNetwork(arm);
    await arm.control.setRoles(role("Microsoft.Network/networkInterfaces/write"));
    await assert.rejects(createInterface(arm, "nic", subnetId), (error: Error & { code?: string }) => {
      assert.equal(error.code, "LinkedAuthorizationFailed");
      assert.match(
        error.message,
        /has permission to perform action 'Microsoft\.Network\/networkInterfaces\/write' on scope/,
      );
      const join = "Microsoft.Network/virtualNetworks/subnets/join/action";
      assert.ok(error.message.includes(`action(s) '${join}' on the linked scope(s) '${subnetId}'`));
      return true;
    });
  });

  it("takes wildcards, what is excepted from them, and scopes", async () => {
    const read = () => arm.network.virtualNetworks.get("rg", "vnet");
    await createNetwork(arm);
    await arm.control.setRoles(role("microsoft.network/*/read"));
    await read();
    await arm.control.setRoles({ ...role("*"), NotActions: ["Microsoft.Network/virtualNetworks/*"] });
    await assert.rejects(read(), refusal(403, "AuthorizationFailed"));
    await arm.control.setRoles({ ...role("*"), AssignableScopes: [groupPath("r")] });
    await assert.rejects(read(), refusal(403, "AuthorizationFailed"));
    await arm.control.setRoles({ ...role("*"), AssignableScopes: [groupPath("RG")] });
    await read();
    await arm.control.clearRoles();
    await arm.group("other", "PUT", { location: "westeurope" });
  });

  it("refuses what is no role, and goes on as before", async () => {
    await assert.rejects(arm.control.setRoles({ actions: ["*"] }), /AssignableScopes/);
    assert.equal(await arm.control.roles(), undefined);
  });
});
