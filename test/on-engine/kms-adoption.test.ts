import assert from "node:assert/strict";
import type { KMSClientMember } from "../../provider";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, existingMachine, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

/** Machines that the package did not create. */
const machines = `${existingMachine}
const hostVm = machine("oldkms");
const members = [1, 2, 3, 4, 5].map((n) => machine("srv" + n));
`;

const withKms = `${machines}
const { clientPrefixes: _prefixes, ...common } = hostArgs;
const host = new KMSHost("kms", { ...common, machine: { azureVmId: hostVm.id } });
const servers = new KMSClientGroup("servers", {
  hosts: [host],
  os: OperatingSystem.WindowsServer2022,
  edition: Edition.Datacenter,
  machines: { azureVmIds: members.map(({ id }) => id) },
});
export const fqdn = host.fqdn;
export const machineId = host.machineId;
export const states = servers.members;
`;

const withWrongOs = withKms.replace(
  "machine: { azureVmId: hostVm.id }",
  "machine: { azureVmId: hostVm.id }, os: OperatingSystem.WindowsServer2019",
);

describe("machines that exist already, on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let stack: EngineProgram;

  const host = async () =>
    (await lab.control.machines()).find(({ computerName }) => computerName === "oldkms")!;

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "adoption", kmsProgram(withWrongOs));
    await stack.setConfig("kmsHostKey", labHostKey, true);
    await stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  it("are refused, before anything on them is changed, when they run a system other than the declared one", async () => {
    const { ok, diagnostics, text } = await stack.up();
    assert.equal(ok, false);
    const error = diagnostics.find(({ message }) => message.includes("KMS4006"));
    assert.match(
      error?.message ?? text,
      /KMS4006 os: oldkms runs Windows build 20348\.\d+, but Windows Server 2019 has build 17763/,
    );
    assert.equal((await host()).partialProductKey, "6VM33");
  });

  it("become host and clients, with the machine's own name in the zone", async () => {
    await stack.write(kmsProgram(withKms));
    const { ok, outputs, text } = await stack.up();
    assert.ok(ok, text);
    assert.equal(outputs.fqdn.value, "oldkms.corp.example");
    const { uuid, partialProductKey, currentCount } = await host();
    assert.equal(outputs.machineId.value, uuid);
    assert.equal(partialProductKey, labHostKey.slice(-5));
    assert.equal(currentCount, 5);
    assert.deepEqual(
      (outputs.states.value as KMSClientMember[]).map(({ name, status }) => `${name} ${status}`),
      [1, 2, 3, 4, 5].map((n) => `srv${n} Licensed`),
    );
  });

  it("change nothing in a second update", async () => {
    const { counts, text } = await stack.up();
    assert.deepEqual(Object.keys(counts), ["same"], text);
  });

  it("list a member that cannot be reached, keep the others, and finish it in the next update", async () => {
    await lab.control.stopMachine("srv3");
    await stack.write(
      kmsProgram(withKms.replace("hosts: [host],", `hosts: [host], discovery: Discovery.FixedHost,`)),
    );
    const listed = await stack.up();
    assert.ok(listed.ok, listed.text);
    assert.match(listed.text, /KMS4025 1 of 5 members is off:\s+srv3: the virtual machine is off/);
    await lab.control.startMachine("srv3");
    await lab.control.resetRequests();
    const { ok, outputs, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual(
      (outputs.states.value as KMSClientMember[]).map(
        ({ name, status, kmsHost }) => `${name} ${status} ${kmsHost}`,
      ),
      [1, 2, 3, 4, 5].map((n) => `srv${n} Licensed oldkms.corp.example`),
    );
    const runs = (await lab.control.requests()).filter(
      ({ method, type }) => method === "PUT" && /runCommands/i.test(type),
    );
    assert.deepEqual(
      runs.map(({ count }) => count),
      [1],
    );
  });

  it("become KMS clients again when the host leaves the program, and its record is removed (R145)", async () => {
    await stack.write(kmsProgram(machines));
    const { ok, text } = await stack.up();
    assert.ok(ok, text);
    const { partialProductKey, productKeyChannel } = await host();
    assert.equal(partialProductKey, "6VM33");
    assert.equal(productKeyChannel, "Volume:GVLK");
    const records = (await lab.control.resources()).filter((id) =>
      /\/privateDnsZones\/[^/]+\/(SRV|A)\//i.test(id),
    );
    assert.deepEqual(records, []);
  });

  it("leave nothing after destroy", async () => {
    const { ok, text } = await stack.destroy();
    assert.ok(ok, text);
    assert.deepEqual(await lab.control.resources(), []);
  });
});
