import assert from "node:assert/strict";
import { unknownValue } from "../../../provider/lab/azure-native/property-values";
import { providerClient, setUp, type Setup, tearDown, urnOf } from "./provider-fixture";

const vm = urnOf("azure-native:compute:VirtualMachine", "kms");
const vnet = urnOf("azure-native:network:VirtualNetwork", "net");
const record = urnOf("azure-native:privatedns:PrivateRecordSet", "srv");

describe("check of azure-native", () => {
  let setup: Setup;
  beforeEach(async () => void (setup = await setUp()));
  afterEach(() => tearDown(setup));

  it("names a top-level resource with eight hexadecimal digits, the same ones in preview and update", async () => {
    const first = await setup.provider.check(vm, { resourceGroupName: "rg" });
    const second = await setup.provider.check(vm, { resourceGroupName: "rg" });
    assert.match(String(first.inputs.vmName), /^kms[0-9a-f]{8}$/);
    assert.equal(first.inputs.vmName, second.inputs.vmName);
    assert.equal(first.inputs.__createBeforeDelete, true);
  });

  it("copies the logical name for a child resource", async () => {
    const inputs = { resourceGroupName: "rg", privateZoneName: "corp.example", recordType: "SRV" };
    const checked = await setup.provider.check(record, inputs);
    assert.equal(checked.inputs.relativeRecordSetName, "srv");
    assert.equal(checked.inputs.__createBeforeDelete, undefined);
  });

  it("keeps the old name and region", async () => {
    const olds = { vmName: "kms0badcafe", location: "northeurope", __createBeforeDelete: true };
    const { inputs } = await setup.provider.check(vm, { resourceGroupName: "rg" }, olds);
    assert.equal(inputs.vmName, "kms0badcafe");
    assert.equal(inputs.location, "northeurope");
    assert.equal(inputs.__createBeforeDelete, true);
  });

  it("takes the region of the resource group, and the API version of azure-native", async () => {
    const { inputs } = await setup.provider.check(vnet, { resourceGroupName: "rg" });
    assert.equal(inputs.location, "westeurope");
    assert.equal(inputs.azureApiVersion, "2024-05-01");
  });

  it("does not know the region while the resource group is unknown", async () => {
    const { inputs, failures } = await setup.provider.check(vnet, { resourceGroupName: unknownValue });
    assert.equal(inputs.location, unknownValue);
    assert.deepEqual(failures, []);
  });

  it("takes the region that this connection's provider is configured with", async () => {
    const other = providerClient(setup.server.port);
    await other.configure({ location: "uksouth" });
    const configured = await other.check(vnet, { resourceGroupName: "rg" });
    other.close();
    assert.equal(configured.inputs.location, "uksouth");
    assert.equal(
      (await setup.provider.check(vnet, { resourceGroupName: "rg" })).inputs.location,
      "westeurope",
    );
  });

  it("fails for a property that Azure does not have, naming its path, and no property for the engine to print", async () => {
    const osProfile = { computerName: "KMS01", adminPasword: "Only-For-The-Lab-1" };
    const { failures } = await setup.provider.check(vm, { resourceGroupName: "rg", osProfile });
    assert.equal(failures.length, 1);
    assert.equal(failures[0].property, "");
    assert.match(failures[0].reason, /^KMS7201 osProfile\.adminPasword: .*adminPassword/);
    assert.ok(!failures[0].reason.includes("Only-For-The-Lab-1"));
  });

  it("fails for a property that only Azure sets", async () => {
    const ipConfigurations = [{ name: "primary", provisioningState: "Succeeded" }];
    const nic = urnOf("azure-native:network:NetworkInterface", "nic");
    const { failures } = await setup.provider.check(nic, { resourceGroupName: "rg", ipConfigurations });
    assert.deepEqual(
      failures.map(({ reason }) => reason.split(":")[0]),
      ["KMS7202 ipConfigurations[0].provisioningState"],
    );
  });

  it("fails for a wrong type, also beside values that are not known yet", async () => {
    const networkProfile = { networkInterfaces: [{ id: unknownValue }] };
    const storageProfile = { osDisk: { createOption: "FromImage", diskSizeGB: "127" } };
    const { failures } = await setup.provider.check(vm, {
      resourceGroupName: unknownValue,
      networkProfile,
      storageProfile,
    });
    assert.equal(failures.length, 1);
    assert.match(
      failures[0].reason,
      /^KMS7203 .*storageProfile\.osDisk\.diskSizeGB with value 127 must be of type number/,
    );
  });

  it("fails for a missing required property", async () => {
    const { failures } = await setup.provider.check(vm, {
      resourceGroupName: "rg",
      storageProfile: { osDisk: {} },
    });
    assert.match(failures[0].reason, /storageProfile\.osDisk\.createOption cannot be null or undefined/);
  });

  it("does not repeat a password of a wrong type", async () => {
    const osProfile = { adminPassword: 20261125 };
    const { failures } = await setup.provider.check(vm, { resourceGroupName: "rg", osProfile });
    assert.match(failures[0].reason, /osProfile\.adminPassword must be of type string/);
    assert.ok(!failures[0].reason.includes("20261125"));
  });

  it("fails for a missing name of the path", async () => {
    const { failures } = await setup.provider.check(record, { resourceGroupName: "rg", recordType: "SRV" });
    assert.match(failures[0].reason, /^KMS7208 privateZoneName: /);
  });

  it("fails for a resource type that the lab lacks, with those it has", async () => {
    const urn = urnOf("azure-native:storage:StorageAccount", "logs");
    await assert.rejects(
      setup.provider.check(urn, {}),
      /KMS7206 .*azure-native:storage:StorageAccount.*VirtualMachine/,
    );
  });
});
