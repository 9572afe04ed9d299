import assert from "node:assert/strict";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

/** The same resources under names that a test chooses. */
const program = (host: string, group: string, options = "") =>
  kmsProgram(`
const other = new privatedns.PrivateZone("other", {
  resourceGroupName,
  privateZoneName: "lab.example",
  location: "global",
});
const host = new KMSHost("${host}", {
  ...hostArgs,
  zones: ["corp.example", "lab.example"].map((zoneName, index) => ({
    zoneName,
    azurePrivateZoneId: [zone, other][index].id,
  })),
}, { ${options.replace("NAME", "kms")} });
const web = new KMSClientGroup("${group}", { hosts: [host], ...groupArgs }, {
  ${options.replace("NAME", "web")}
});
const elsewhere = new KMSHost("elsewhere", {
  key: { keyGroup: KeyGroup.WindowsServer2022 },
  machine: { azureVmId: host.azureVmId.apply((id) => id!) },
  readOnly: true,
}, { dependsOn: host });
export const fqdn = host.fqdn;
export const members = web.members.apply((all) => all.map(({ name, status }) => name + " " + status));
`);

/**
 * The names of everything that the components declare; a stack's state, aliases, `--target` and transforms refer to them.
 * A changed line replaces users' resources: such a child needs an alias with its former name, and the package a new major
 * version.
 */
const contract = [
  "windows-kms:index:KMSHost::kms",
  "windows-kms:index:KMSHost$azure-native:network:NetworkSecurityGroup::kms-nsg",
  "windows-kms:index:KMSHost$azure-native:network:NetworkInterface::kms-nic",
  "windows-kms:index:KMSHost$pulumi-nodejs:dynamic/windows-kms:CreatedMachine::kms-machine",
  "windows-kms:index:KMSHost$azure-native:compute:VirtualMachine::kms-vm",
  "windows-kms:index:KMSHost$pulumi-nodejs:dynamic/windows-kms:HostActivation::kms-activation",
  "windows-kms:index:KMSHost$pulumi-nodejs:dynamic/windows-kms:SrvRecord::kms-srv",
  "windows-kms:index:KMSHost$pulumi-nodejs:dynamic/windows-kms:SrvRecord::kms-srv-2",
  "windows-kms:index:KMSClientGroup::web",
  ...[1, 2, 3, 4, 5].flatMap((n) => [
    `windows-kms:index:KMSClientGroup$azure-native:network:NetworkInterface::web-${n}-nic`,
    `windows-kms:index:KMSClientGroup$azure-native:compute:VirtualMachine::web-${n}-vm`,
  ]),
  "windows-kms:index:KMSClientGroup$pulumi-nodejs:dynamic/windows-kms:ClientActivation::web-activation",
  "windows-kms:index:KMSHost::elsewhere",
  "windows-kms:index:KMSHost$pulumi-nodejs:dynamic/windows-kms:HostActivation::elsewhere-activation",
];

describe("names of the resources that components declare, on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let stack: EngineProgram;

  const names = async () => {
    const { resources } = (await stack.exportState()).deployment as { resources: { urn: string }[] };
    return resources
      .map(({ urn }) => urn.split("::").slice(2).join("::"))
      .filter((name) => name.startsWith("windows-kms"));
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

  it("match the contract, with their types and parents", async () => {
    const { ok, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual((await names()).sort(), [...contract].sort());
  });

  it("can change with an alias on the component: machines, records and activations stay", async () => {
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

  it("stay the same once the alias is removed again", async () => {
    await stack.write(program("licensing", "servers"));
    const { ok, counts, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual(Object.keys(counts), ["same"], text);
  });

  it("still find the host's entry in the ledger, so that the host can be changed and destroyed", async () => {
    await stack.write(program("licensing", "servers").replace("...hostArgs,", "...hostArgs, port: 1700,"));
    const changed = await stack.up();
    assert.ok(changed.ok, changed.text);
    const { ok, text } = await stack.destroy();
    assert.ok(ok, text);
    assert.deepEqual(await lab.control.resources(), []);
  });
});
