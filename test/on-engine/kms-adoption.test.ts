import assert from "node:assert/strict";
import type { KMSClientMember } from "../../provider";
import { story } from "../story";
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
    stack.setConfig("kmsHostKey", labHostKey, true);
    stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  const statuses = (states: unknown) =>
    (states as KMSClientMember[]).map(({ name, status }) => `${name} ${status}`);
  const { step } = story();

  const refused = step("another system than the declared one", async () => ({
    ...(await stack.up()),
    host: await host(),
  }));

  it("are refused, before anything on them is changed, when they run a system other than the declared one", async () => {
    const { ok, diagnostics, text, host: kms } = await refused();
    assert.equal(ok, false);
    const error = diagnostics.find(({ message }) => message.includes("KMS4006"));
    assert.match(
      error?.message ?? text,
      /KMS4006 os: oldkms runs Windows build 20348\.\d+, but Windows Server 2019 has build 17763/,
    );
    assert.equal(kms.partialProductKey, "6VM33");
  });

  const adopted = step("the declared system", async () => {
    await stack.write(kmsProgram(withKms));
    return { ...(await stack.up()), host: await host() };
  });

  it("become host and clients, with the machine's own name in the zone", async () => {
    const { ok, outputs, text, host: kms } = await adopted();
    assert.ok(ok, text);
    assert.equal(outputs.fqdn.value, "oldkms.corp.example");
    assert.equal(outputs.machineId.value, kms.uuid);
    assert.equal(kms.partialProductKey, labHostKey.slice(-5));
    assert.equal(kms.currentCount, 5);
    assert.deepEqual(
      statuses(outputs.states.value),
      [1, 2, 3, 4, 5].map((n) => `srv${n} Licensed`),
    );
  });

  const again = step("a second update", () => stack.up());

  it("change nothing in a second update", async () => {
    const { counts, text } = await again();
    assert.deepEqual(Object.keys(counts), ["same"], text);
  });

  const listed = step("another setting while a member is off", async () => {
    await lab.control.stopMachine("srv3");
    await stack.write(
      kmsProgram(withKms.replace("hosts: [host],", `hosts: [host], discovery: Discovery.FixedHost,`)),
    );
    return stack.up();
  });
  const finished = step("an update when it is back", async () => {
    await lab.control.startMachine("srv3");
    await lab.control.resetRequests();
    return { ...(await stack.up()), requests: await lab.control.requests() };
  });

  it("list a member that cannot be reached, keep the others, and finish it in the next update", async () => {
    const { ok: isListed, text: list } = await listed();
    assert.ok(isListed, list);
    assert.match(list, /KMS4025 1 of 5 members is off:\s+srv3: the virtual machine is off/);
    const { ok, outputs, text, requests } = await finished();
    assert.ok(ok, text);
    assert.deepEqual(
      (outputs.states.value as KMSClientMember[]).map(
        ({ name, status, kmsHost }) => `${name} ${status} ${kmsHost}`,
      ),
      [1, 2, 3, 4, 5].map((n) => `srv${n} Licensed oldkms.corp.example`),
    );
    const runs = requests.filter(({ method, type }) => method === "PUT" && /runCommands/i.test(type));
    assert.deepEqual(
      runs.map(({ count }) => count),
      [1],
    );
  });

  const released = step("a program without the host", async () => {
    await stack.write(kmsProgram(machines));
    return { ...(await stack.up()), host: await host(), resources: await lab.control.resources() };
  });

  it("become KMS clients again when the host leaves the program, and its record is removed (R145)", async () => {
    const { ok, text, host: kms, resources } = await released();
    assert.ok(ok, text);
    assert.equal(kms.partialProductKey, "6VM33");
    assert.equal(kms.productKeyChannel, "Volume:GVLK");
    const records = resources.filter((id) => /\/privateDnsZones\/[^/]+\/(SRV|A)\//i.test(id));
    assert.deepEqual(records, []);
  });

  const destroyed = step("destroy", async () => ({
    ...(await stack.destroy()),
    left: await lab.control.resources(),
  }));

  it("leave nothing after destroy", async () => {
    const { ok, text, left } = await destroyed();
    assert.ok(ok, text);
    assert.deepEqual(left, []);
  });
});
