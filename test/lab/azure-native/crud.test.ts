import assert from "node:assert/strict";
import { type ServiceError } from "@grpc/grpc-js";
import { unknownValue } from "../../../provider/lab/azure-native/property-values";
import { group, setUp, type Setup, tearDown, unfinishedResource, urnOf } from "./provider-fixture";

const vm = urnOf("azure-native:compute:VirtualMachine", "kms");
const vnet = urnOf("azure-native:network:VirtualNetwork", "net");
const record = urnOf("azure-native:privatedns:PrivateRecordSet", "srv");
const vmId = `${group}/providers/Microsoft.Compute/virtualMachines/kms`;
const vnetId = `${group}/providers/Microsoft.Network/virtualNetworks/net`;
const recordId = `${group}/providers/Microsoft.Network/privateDnsZones/corp.example/SRV/_vlmcs._tcp`;

const password = "Only-For-The-Lab-1";
const vmInputs = {
  resourceGroupName: "rg",
  vmName: "kms",
  location: "westeurope",
  azureApiVersion: "2024-11-01",
  osProfile: { computerName: "KMS01", adminPassword: password },
};
const vnetInputs = {
  resourceGroupName: "rg",
  virtualNetworkName: "net",
  location: "westeurope",
  addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
};
const recordInputs = {
  resourceGroupName: "rg",
  privateZoneName: "corp.example",
  recordType: "SRV",
  relativeRecordSetName: "_vlmcs._tcp",
  ttl: 3600,
  srvRecords: [{ priority: 0, weight: 0, port: 1688, target: "kms01.corp.example" }],
};

describe("resources of azure-native", () => {
  let setup: Setup;
  beforeEach(async () => void (setup = await setUp()));
  afterEach(() => tearDown(setup));

  const puts = () => setup.arm.requests.filter(({ method }) => method === "PUT");

  it("knows in a preview only what the program gives, at every depth, and asks nobody", async () => {
    const { id, outputs } = await setup.provider.create(
      vnet,
      { ...vnetInputs, subnets: [{ name: "a" }] },
      true,
    );
    assert.equal(id, "");
    assert.deepEqual(outputs.addressSpace, {
      addressPrefixes: ["10.0.0.0/16"],
      ipamPoolPrefixAllocations: unknownValue,
    });
    assert.equal(outputs.provisioningState, unknownValue);
    assert.equal(outputs.name, unknownValue);
    const [subnet] = outputs.subnets as Record<string, unknown>[];
    assert.equal(subnet.name, "a");
    assert.equal(subnet.addressPrefix, unknownValue);
    assert.deepEqual(setup.arm.requests, []);
  });

  it("creates through Microsoft's client in ARM's shape, then reads", async () => {
    const { id, outputs } = await setup.provider.create(record, recordInputs);
    assert.equal(id, recordId);
    assert.deepEqual(puts(), [
      {
        method: "PUT",
        path: recordId,
        apiVersion: "2024-06-01",
        body: { properties: { ttl: 3600, srvRecords: recordInputs.srvRecords } },
      },
    ]);
    assert.deepEqual(outputs, {
      id: recordId,
      name: "_vlmcs._tcp",
      ttl: 3600,
      srvRecords: recordInputs.srvRecords,
      azureApiVersion: "2024-06-01",
    });
    assert.deepEqual(
      setup.arm.requests.map(({ method }) => method),
      ["GET", "PUT", "GET"],
    );
  });

  it("does not send defaults that the program did not give", async () => {
    await setup.provider.create(vnet, {
      ...vnetInputs,
      subnets: [{ name: "a", addressPrefix: "10.0.1.0/24" }],
    });
    assert.deepEqual(puts()[0].body, {
      location: "westeurope",
      properties: {
        addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
        subnets: [{ name: "a", properties: { addressPrefix: "10.0.1.0/24" } }],
      },
    });
  });

  it("creates, reads and deletes a resource group", async () => {
    const urn = urnOf("azure-native:resources:ResourceGroup", "other");
    const inputs = { resourceGroupName: "other", location: "uksouth", tags: { owner: "lab" } };
    const { id, outputs } = await setup.provider.create(urn, inputs);
    assert.equal(outputs.location, "uksouth");
    assert.deepEqual(puts()[0].body, { location: "uksouth", tags: { owner: "lab" } });
    await setup.provider.delete(urn, id);
    assert.equal((await setup.provider.read(urn, id, inputs)).id, "");
  });

  it("fails to create what exists already", async () => {
    setup.arm.resources.set(vmId.toLowerCase(), { id: vmId });
    await assert.rejects(
      setup.provider.create(vm, vmInputs),
      /KMS7205 .*virtualMachines\/kms exists already/,
    );
    assert.deepEqual(puts(), []);
  });

  it("fails with Azure's code and message, and never with a password", async () => {
    setup.arm.failNextPut({ status: 409, code: "SkuNotAvailable", message: "no such size" });
    await assert.rejects(setup.provider.create(vm, vmInputs), (error: Error) => {
      assert.match(
        error.message,
        /KMS7204 Azure could not create or update .*409 SkuNotAvailable: no such size/,
      );
      assert.ok(!error.message.includes(password));
      return true;
    });
    assert.ok(!setup.log.join("\n").includes(password));
  });

  it("keeps a resource that ARM accepted but did not finish", async () => {
    setup.arm.failNextPut({ status: 201, code: "OSProvisioningTimedOut", message: "too slow" });
    await assert.rejects(setup.provider.create(vm, vmInputs), (error: Error) => {
      const { id, inputs, reasons } = unfinishedResource(error);
      assert.equal(id, vmId);
      assert.equal(inputs.vmName, "kms");
      assert.match(reasons[0], /OSProvisioningTimedOut/);
      return true;
    });
  });

  it("leaves a resource as it is whose update ARM refuses", async () => {
    await setup.provider.create(vm, vmInputs);
    setup.arm.failNextPut({ status: 409, code: "PropertyChangeNotAllowed", message: "osProfile" });
    const update = setup.provider.update(vm, vmId, vmInputs, { ...vmInputs, tags: { owner: "lab" } });
    await assert.rejects(update, (error: ServiceError) => {
      assert.match(error.message, /409 PropertyChangeNotAllowed/);
      assert.deepEqual(error.metadata.get("grpc-status-details-bin"), []);
      return true;
    });
  });

  it("keeps child resources that the program does not give when it updates", async () => {
    const subnets = [
      { name: "a", properties: { addressPrefix: "10.0.1.0/24", provisioningState: "Succeeded" } },
    ];
    setup.arm.resources.set(vnetId.toLowerCase(), {
      id: vnetId,
      location: "westeurope",
      properties: { subnets },
    });
    await setup.provider.update(vnet, vnetId, vnetInputs, { ...vnetInputs, tags: { owner: "lab" } });
    assert.deepEqual(puts()[0].body, {
      location: "westeurope",
      tags: { owner: "lab" },
      properties: {
        addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
        subnets: [{ name: "a", properties: { addressPrefix: "10.0.1.0/24" } }],
      },
    });
  });

  it("sends identities keyed by ID, and null for one that is taken away", async () => {
    const identity = (...ids: string[]) => ({ type: "UserAssigned", userAssignedIdentities: ids });
    await setup.provider.create(vm, { ...vmInputs, identity: identity("/a", "/b") });
    await setup.provider.update(
      vm,
      vmId,
      { ...vmInputs, identity: identity("/a", "/b") },
      { ...vmInputs, identity: identity("/b") },
    );
    const sent = puts().map(({ body }) => (body as { identity: unknown }).identity);
    assert.deepEqual(sent, [
      { type: "UserAssigned", userAssignedIdentities: { "/a": {}, "/b": {} } },
      { type: "UserAssigned", userAssignedIdentities: { "/b": {}, "/a": null } },
    ]);
  });

  it("keeps name and region in the preview of an update", async () => {
    const olds = { name: "net", location: "westeurope", etag: "1" };
    const outputs = await setup.provider.update(vnet, vnetId, vnetInputs, vnetInputs, olds, true);
    assert.equal(outputs.name, "net");
    assert.equal(outputs.etag, unknownValue);
    assert.deepEqual(setup.arm.requests, []);
  });

  it("sees in a refresh what was changed in Azure, and no defaults that Azure filled in", async () => {
    const { id, outputs } = await setup.provider.create(record, recordInputs);
    const stored = setup.arm.resources.get(recordId.toLowerCase())!;
    stored.properties = { ...(stored.properties as object), ttl: 60, fqdn: "_vlmcs._tcp.corp.example." };
    const { inputs, outputs: read } = await setup.provider.read(record, id, recordInputs, outputs);
    assert.deepEqual(inputs, { ...recordInputs, ttl: 60 });
    assert.equal(read.fqdn, "_vlmcs._tcp.corp.example.");
  });

  it("finds nothing to take over in a refresh of child resources declared apart", async () => {
    const { id, outputs } = await setup.provider.create(vnet, vnetInputs);
    const stored = setup.arm.resources.get(vnetId.toLowerCase())!;
    stored.properties = { ...(stored.properties as object), subnets: [{ name: "a" }] };
    assert.deepEqual((await setup.provider.read(vnet, id, vnetInputs, outputs)).inputs, vnetInputs);
  });

  it("imports: inputs from the ID and from what is there", async () => {
    await setup.provider.create(record, recordInputs);
    const { inputs } = await setup.provider.read(record, recordId);
    assert.deepEqual(inputs, { ...recordInputs, azureApiVersion: "2024-06-01" });
  });

  it("reads nothing where the resource is gone, and deletes it without complaint", async () => {
    assert.deepEqual(await setup.provider.read(vm, vmId, vmInputs), { id: "", outputs: {}, inputs: {} });
    await setup.provider.delete(vm, vmId);
  });

  it("answers reading functions", async () => {
    await setup.provider.create(vm, vmInputs);
    const args = { resourceGroupName: "rg", vmName: "kms" };
    const found = await setup.provider.invoke("azure-native:compute:getVirtualMachine", args);
    assert.equal(found.id, vmId);
    const missing = setup.provider.invoke("azure-native:compute:getVirtualMachine", {
      ...args,
      vmName: "other",
    });
    await assert.rejects(missing, /KMS7210 .*virtualMachines\/other/);
    await assert.rejects(setup.provider.invoke("azure-native:storage:listKeys", {}), /KMS7207/);
  });

  it("says whose subscription it is", async () => {
    const found = await setup.provider.invoke("azure-native:authorization:getClientConfig", {});
    assert.equal(found.subscriptionId, group.split("/")[2]);
  });
});
