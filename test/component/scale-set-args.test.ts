import assert from "node:assert/strict";
import { argumentDiagnostics } from "../../provider/component/validate-args";
import { machineSourceDiagnostics } from "../../provider/rules/machines";
import { kmsClientGroupArgs } from "../../provider/validators.generated";

const subscription = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg/providers";
const scaleSet = {
  resourceGroupName: "rg",
  subnetId: `${subscription}/Microsoft.Network/virtualNetworks/vnet/subnets/hosts`,
  adminPassword: "Lab-Passw0rd-Marker",
  capacity: 10,
};
const scaleSetId = `${subscription}/Microsoft.Compute/virtualMachineScaleSets/web`;
const errorsOf = (changes: object) =>
  argumentDiagnostics(kmsClientGroupArgs, {
    values: { hosts: [{}], os: "Windows Server 2022", edition: "Datacenter", ...changes },
    unknownPaths: new Set(),
  });
const brief = (changes: object) =>
  errorsOf({ scaleSet: { ...scaleSet, ...changes } }).map(({ code, property }) => `${code} ${property}`);

describe("arguments of a scale set", () => {
  it("are accepted when they are right", () => {
    assert.deepEqual(brief({}), []);
    assert.deepEqual(
      brief({
        orchestrationMode: "Uniform",
        capacity: 0,
        name: "web_farm.1",
        computerNamePrefix: "web-9chr-",
      }),
      [],
    );
    assert.deepEqual(errorsOf({ scaleSetId, autoscaled: true }), []);
  });

  it("keep to Azure's ranges", () => {
    for (const [property, value] of Object.entries({
      capacity: 1001,
      orchestrationMode: "Loose",
      name: "web-",
      computerNamePrefix: "ten-letter",
      adminPassword: "short",
    })) {
      assert.deepEqual(brief({ [property]: value }), [`KMS1003 scaleSet.${property}`]);
    }
    const [error] = errorsOf({ scaleSet: { ...scaleSet, capacity: 1001 } });
    assert.match(error.message, /scaleSet\.capacity: 1001 is not allowed\. .*0 to 1000/);
  });

  it("need a capacity, which is not called count", () => {
    assert.deepEqual(brief({ capacity: undefined, count: 3 }), [
      "KMS1002 scaleSet.capacity",
      "KMS1001 scaleSet.count",
    ]);
  });

  it("refuse an ID of something else", () => {
    const vmId = `${subscription}/Microsoft.Compute/virtualMachines/web`;
    const [error] = errorsOf({ scaleSetId: vmId });
    assert.equal(`${error.code} ${error.property}`, "KMS1003 scaleSetId");
    assert.match(error.message, /virtualMachineScaleSets\/NAME/);
  });

  it("name one kind of machine, as all groups do", () => {
    const sources = ["vms", "azureVmIds", "ssh", "scaleSet", "scaleSetId"];
    const [both] = machineSourceDiagnostics({ scaleSet: {}, scaleSetId }, new Set(), sources);
    assert.match(both.message, /^KMS1005 scaleSetId: scaleSet and scaleSetId are given together/);
  });
});
