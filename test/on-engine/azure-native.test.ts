import assert from "node:assert/strict";
import { story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { type Lab, startLab } from "./lab";

/** A program that needs no package of ours: what it tests is the provider alone. */
const program = (owner: string) => `
import * as compute from "@pulumi/azure-native/compute";
import * as network from "@pulumi/azure-native/network";
import * as privatedns from "@pulumi/azure-native/privatedns";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";

const tags = { owner: "${owner}" };
const group = new resources.ResourceGroup("rg", { location: "westeurope" });
const resourceGroupName = group.name;
const nsg = new network.NetworkSecurityGroup("nsg", { resourceGroupName, tags });
const vnet = new network.VirtualNetwork("vnet", { resourceGroupName, addressSpace: { addressPrefixes: ["10.20.0.0/16"] } });
const subnet = new network.Subnet("servers", {
  resourceGroupName,
  virtualNetworkName: vnet.name,
  addressPrefix: "10.20.1.0/24",
  networkSecurityGroup: { id: nsg.id },
});
const nic = new network.NetworkInterface("nic", {
  resourceGroupName,
  ipConfigurations: [{ name: "primary", primary: true, subnet: { id: subnet.id } }],
});
const password = new pulumi.Config().requireSecret("adminPassword");
const vm = new compute.VirtualMachine("vm", {
  resourceGroupName,
  hardwareProfile: { vmSize: "Standard_B2as_v2" },
  osProfile: { computerName: "KMS01", adminUsername: "kmsadmin", adminPassword: password },
  storageProfile: {
    imageReference: { publisher: "MicrosoftWindowsServer", offer: "windowsserver2022", sku: "2022-datacenter-g2", version: "latest" },
    osDisk: { createOption: "FromImage", deleteOption: "Delete", managedDisk: { storageAccountType: "StandardSSD_LRS" } },
  },
  networkProfile: { networkInterfaces: [{ id: nic.id, primary: true }] },
});
const zone = new privatedns.PrivateZone("zone", { resourceGroupName, privateZoneName: "corp.example", location: "Global" });
new privatedns.VirtualNetworkLink("link", {
  resourceGroupName,
  privateZoneName: zone.name,
  location: "Global",
  registrationEnabled: false,
  virtualNetwork: { id: vnet.id },
});
new privatedns.PrivateRecordSet("srv", {
  resourceGroupName,
  privateZoneName: zone.name,
  recordType: "SRV",
  relativeRecordSetName: "_vlmcs._tcp",
  ttl: 3600,
  srvRecords: [{ priority: 0, weight: 0, port: 1688, target: "kms01.corp.example" }],
});

export const vmId = vm.id;
export const address = nic.ipConfigurations.apply((list) => list?.[0]?.privateIPAddress);
`;

const adminPassword = "Only-For-The-Lab-1";

describe("azure-native on the engine", function () {
  this.timeout(120_000);
  let lab: Lab;
  let stack: EngineProgram;

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "azure-native", program("first"));
    stack.setConfig("adminPassword", adminPassword, true);
  });

  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  const { step } = story();

  const previewed = step("preview", async () => ({
    ...(await stack.preview()),
    created: await lab.control.resources(),
  }));

  it("creates nothing in a preview", async () => {
    const { counts, text, created } = await previewed();
    assert.deepEqual(counts, { create: 10 }, text);
    assert.deepEqual(created, []);
  });

  const first = step("up", async () => ({ ...(await stack.up()), state: await stack.storedState() }));
  const again = step("a second update", () => stack.up());

  it("creates everything, then finds it the same", async () => {
    const { counts, outputs, text } = await first();
    assert.deepEqual(counts, { create: 10 }, text);
    assert.match(
      String(outputs.vmId.value),
      /^\/subscriptions\/.*\/Microsoft\.Compute\/virtualMachines\/vm[0-9a-f]{8}$/,
    );
    assert.equal(outputs.address.value, "10.20.1.4");
    const second = await again();
    assert.deepEqual(second.counts, { same: 10 }, second.text);
  });

  const refreshed = step("refresh", async () => ({
    ...(await stack.refresh()),
    state: await stack.storedState(),
  }));

  it("finds nothing to change in a refresh", async () => {
    const { counts, text } = await refreshed();
    assert.deepEqual(counts, { same: 10 }, text);
  });

  it("keeps the password out of the state", async () => {
    for (const { state } of [await first(), await refreshed()]) {
      assert.match(state, /adminPassword/);
      assert.ok(!state.includes(adminPassword));
    }
  });

  const misspelt = step("a preview with a misspelt property", async () => {
    await stack.write(program("first").replace("adminUsername:", "adminUserName:"));
    return stack.preview();
  });

  it("refuses a misspelt property in a preview, by its path", async () => {
    const { ok, diagnostics } = await misspelt();
    assert.equal(ok, false);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    assert.equal(errors.length, 1);
    assert.match(errors[0].message, /KMS7201 osProfile\.adminUserName: .* Did you mean adminUsername\?/);
    assert.match(errors[0].urn ?? "", /VirtualMachine::vm$/);
  });

  const refused = step("an update that ARM refuses", async () => {
    await stack.write(program("second"));
    await lab.control.addFault({ match: "PUT .*/networkSecurityGroups/nsg", status: 409, code: "Conflict" });
    return stack.up();
  });
  const afterRefusal = step("a preview after it", () => stack.preview());

  it("reports what ARM refuses, and goes on where it stopped", async () => {
    const { ok, diagnostics } = await refused();
    assert.equal(ok, false);
    assert.match(diagnostics[0].message, /KMS7204 Azure could not create or update .*409 Conflict/);
    const preview = await afterRefusal();
    assert.deepEqual(preview.counts, { same: 9, update: 1 }, preview.text);
  });

  const tagged = step("the update again", () => stack.up());

  it("updates a tag in place", async () => {
    const { counts, text } = await tagged();
    assert.deepEqual(counts, { same: 9, update: 1 }, text);
  });

  const destroyed = step("destroy", async () => ({
    ...(await stack.destroy()),
    left: await lab.control.resources(),
  }));

  it("leaves nothing after destroy", async () => {
    const { counts, text, left } = await destroyed();
    assert.deepEqual(counts, { delete: 10 }, text);
    assert.deepEqual(left, []);
  });
});
