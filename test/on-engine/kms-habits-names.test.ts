import assert from "node:assert/strict";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

/** The same resources, under names that a test chooses. */
const program = (host: string, group: string, options = "") =>
  kmsProgram(`
const other = new privatedns.PrivateZone("other", {
  resourceGroupName,
  privateZoneName: "lab.example",
  location: "global",
});
const host = new KMSHost("${host}", {
  ...hostArgs,
  srvRecords: ["corp.example", "lab.example"].map((zoneName, index) => ({
    privateZone: { resourceGroupName, zoneName: [zone, other][index].name },
  })),
}, { ${options.replace("NAME", "kms")} });
const web = new KMSClientGroup("${group}", { hosts: [host], ...groupArgs, vms: { ...vm, count: 5 } }, {
  ${options.replace("NAME", "web")}
});
const elsewhere = KMSHost.get("elsewhere", {
  keyGroup: KeyGroup.WindowsServer2022,
  os: OperatingSystem.WindowsServer2022,
  azureVmId: host.azureVmId,
}, { dependsOn: host });
export const fqdn = host.fqdn;
export const members = web.members.apply((all) => all.map(({ name, status }) => name + " " + status));
`);

/**
 * The names of all that the components make: what a stack's state, aliases, `--target` and transforms are written
 * against. A line that changes here makes users' resources anew: such a child needs an alias of its former name, and the
 * package a new major version.
 */
const contract = [
  "pulumi-windows-kms:index:KMSHost::kms",
  "pulumi-windows-kms:index:KMSHost$azure-native:network:NetworkSecurityGroup::kms-nsg",
  "pulumi-windows-kms:index:KMSHost$azure-native:network:NetworkInterface::kms-nic",
  "pulumi-windows-kms:index:KMSHost$azure-native:compute:VirtualMachine::kms-vm",
  "pulumi-windows-kms:index:KMSHost$pulumi-nodejs:dynamic/kms:HostActivation::kms-activation",
  "pulumi-windows-kms:index:KMSHost$azure-native:privatedns:PrivateRecordSet::kms-a",
  "pulumi-windows-kms:index:KMSHost$pulumi-nodejs:dynamic/kms:SrvRecord::kms-srv",
  "pulumi-windows-kms:index:KMSHost$azure-native:privatedns:PrivateRecordSet::kms-a-2",
  "pulumi-windows-kms:index:KMSHost$pulumi-nodejs:dynamic/kms:SrvRecord::kms-srv-2",
  "pulumi-windows-kms:index:KMSClientGroup::web",
  ...[1, 2, 3, 4, 5].flatMap((n) => [
    `pulumi-windows-kms:index:KMSClientGroup$azure-native:network:NetworkInterface::web-${n}-nic`,
    `pulumi-windows-kms:index:KMSClientGroup$azure-native:compute:VirtualMachine::web-${n}-vm`,
  ]),
  "pulumi-windows-kms:index:KMSClientGroup$pulumi-nodejs:dynamic/kms:ClientActivation::web-activation",
  "pulumi-windows-kms:index:KMSHostLookup::elsewhere",
  "pulumi-windows-kms:index:KMSHostLookup$pulumi-nodejs:dynamic/kms:HostLookup::elsewhere-lookup",
];

describe("names of the resources that components make, on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let stack: EngineProgram;

  const names = async () => {
    const { resources } = (await stack.exportState()).deployment as { resources: { urn: string }[] };
    return resources
      .map(({ urn }) => urn.split("::").slice(2).join("::"))
      .filter((name) => name.startsWith("pulumi-windows-kms"));
  };
  const virtualMachines = async () =>
    (await lab.control.resources()).filter((id) => /virtualMachines\/[^/]+$/i.test(id)).sort();

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "names", program("kms", "web"));
    await stack.setConfig("kmsHostKey", labHostKey, true);
    await stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  it("are the contract's, with their types and parents", async () => {
    const { ok, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual((await names()).sort(), [...contract].sort());
  });

  it("may change with an alias on the component: machines, records and activations stay", async () => {
    const before = await virtualMachines();
    const [usage] = await lab.control.activations(labHostKey.slice(-5));
    await stack.write(program("licensing", "servers", `aliases: [{ name: "NAME" }]`));
    const preview = await stack.preview();
    assert.ok(preview.ok, preview.text);
    assert.deepEqual(Object.keys(preview.counts).sort(), ["same", "update"], preview.text);
    const { ok, counts, outputs, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual(Object.keys(counts).sort(), ["same", "update"], text);
    assert.deepEqual(await virtualMachines(), before);
    assert.deepEqual(await lab.control.activations(labHostKey.slice(-5)), [usage]);
    assert.equal(outputs.fqdn.value, "kms.corp.example");
    assert.deepEqual(
      outputs.members.value,
      [1, 2, 3, 4, 5].map((n) => `web-${n} Licensed`),
    );
    assert.deepEqual(
      (await names()).sort(),
      contract.map((name) => name.replace("::kms", "::licensing").replace("::web", "::servers")).sort(),
    );
  });

  it("change nothing once the alias has done its work and is gone", async () => {
    await stack.write(program("licensing", "servers"));
    const { ok, counts, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual(Object.keys(counts), ["same"], text);
  });

  it("leave the host its own in the ledger, so that it can be changed and destroyed", async () => {
    await stack.write(program("licensing", "servers").replace("...hostArgs,", "...hostArgs, port: 1700,"));
    const changed = await stack.up();
    assert.ok(changed.ok, changed.text);
    const { ok, text } = await stack.destroy();
    assert.ok(ok, text);
    assert.deepEqual(await lab.control.resources(), []);
  });
});
