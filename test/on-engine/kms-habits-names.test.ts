import assert from "node:assert/strict";
import { story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";
import { storedResources } from "./stored-resources";

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

  const names = async () =>
    (await storedResources(stack))
      .map(({ urn }) => urn.split("::").slice(2).join("::"))
      .filter((name) => name.startsWith("windows-kms"));
  const virtualMachines = async () =>
    (await lab.control.resources()).filter((id) => /virtualMachines\/[^/]+$/i.test(id)).sort();

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "names", program("kms", "web"));
    stack.setConfig("kmsHostKey", labHostKey, true);
    stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  const { step } = story();

  /** An update, and what it leaves in the state, in Azure and of the key. */
  const updated = async () => ({
    ...(await stack.up()),
    names: (await names()).sort(),
    machines: await virtualMachines(),
    activations: await lab.control.activations(labHostKey.slice(-5)),
  });
  const created = step("up", updated);

  it("match the contract, with their types and parents", async () => {
    const { ok, text, names: declared } = await created();
    assert.ok(ok, text);
    assert.deepEqual(declared, [...contract].sort());
  });

  const renamedPreview = step("a preview with other names and aliases", async () => {
    await stack.write(program("licensing", "servers", `aliases: [{ name: "NAME" }]`));
    return stack.preview();
  });
  const renamed = step("other names and aliases", updated);

  it("can change with an alias on the component: machines, records and activations stay", async () => {
    const before = await created();
    assert.equal(before.activations.length, 1);
    const preview = await renamedPreview();
    assert.ok(preview.ok, preview.text);
    assert.deepEqual(Object.keys(preview.counts).sort(), ["same", "update"], preview.text);
    assert.match(preview.text, /KMS6020 .* by a former name: kms of the stack /);
    assert.doesNotMatch(preview.text, /KMS2221/, "the host keeps its record");
    const { ok, counts, outputs, text, ...after } = await renamed();
    assert.ok(ok, text);
    assert.deepEqual(Object.keys(counts).sort(), ["same", "update"], text);
    assert.deepEqual(after.machines, before.machines);
    assert.deepEqual(after.activations, before.activations);
    assert.equal(outputs.fqdn.value, "kms.corp.example");
    assert.deepEqual(
      outputs.members.value,
      [1, 2, 3, 4, 5].map((n) => `web-${n} Licensed`),
    );
    assert.deepEqual(
      after.names,
      contract.map((name) => name.replace("::kms", "::licensing").replace("::web", "::servers")).sort(),
    );
  });

  const withoutAlias = step("the aliases removed", async () => {
    await stack.write(program("licensing", "servers"));
    return stack.up();
  });

  it("stay the same once the alias is removed again", async () => {
    const { ok, counts, text } = await withoutAlias();
    assert.ok(ok, text);
    assert.deepEqual(Object.keys(counts), ["same"], text);
  });

  const changed = step("another port", async () => {
    await stack.write(program("licensing", "servers").replace("...hostArgs,", "...hostArgs, port: 1700,"));
    return stack.up();
  });
  const destroyed = step("destroy", async () => ({
    ...(await stack.destroy()),
    left: await lab.control.resources(),
  }));

  it("still find the host's entry in the ledger, so that the host can be changed and destroyed", async () => {
    const update = await changed();
    assert.ok(update.ok, update.text);
    const { ok, text, left } = await destroyed();
    assert.ok(ok, text);
    assert.deepEqual(left, []);
  });
});
