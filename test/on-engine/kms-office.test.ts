import assert from "node:assert/strict";
import type { KMSClientMember } from "../../provider";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, existingMachine, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

/** Key of the lab for hosts of Office LTSC 2024; invented. */
const labOfficeKey = "NKMSN-YFFNC-R2N2P-NBXTN-N4N4K";
const proPlus = "Office LTSC Professional Plus 2024";
const office = "Office LTSC 2024";

const members = [1, 2, 3, 4, 5, 6];

/** Machines that the package did not create. */
const machines = `${existingMachine}
const hostVm = machine("oldkms");
const desktops = [${members.join(", ")}].map((n) => machine("desk" + n));
const { clientPrefixes: _prefixes, ...common } = hostArgs;
`;

const host = (officeKeys: string) => `
const host = new KMSHost("kms", { ...common, machine: { azureVmId: hostVm.id }${officeKeys} });
export const officeStates = host.officeStates;
`;

const withOffice = `, officeKeys: [{ office: "LTSC 2024", productKey: config.requireSecret("officeHostKey") }]`;

const group = (count: number) => `
const suite = new KMSClientGroup("suite", {
  hosts: [host],
  os: OperatingSystem.WindowsServer2022,
  office: { version: OfficeVersion.Ltsc2024, product: "${proPlus}" },
  machines: { azureVmIds: desktops.slice(0, ${count}).map(({ id }) => id) },
});
export const states = suite.members;
export const missing = suite.machinesMissing;
`;

describe("Office on the real engine", function () {
  this.timeout(300_000);
  let lab: Lab;
  let stack: EngineProgram;

  const machine = async (name: string) =>
    (await lab.control.machines()).find(({ computerName }) => computerName === name)!;
  const up = async (body: string) => {
    await stack.write(kmsProgram(machines + body));
    return stack.up();
  };
  const statuses = (value: unknown) =>
    (value as KMSClientMember[]).map(({ name, status }) => `${name} ${status}`);
  const runs = async () =>
    (await lab.control.requests())
      .filter(({ method, type }) => method === "PUT" && /runCommands/i.test(type))
      .reduce((total, { count }) => total + count, 0);

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "office", kmsProgram(machines));
    await stack.setConfig("kmsHostKey", labHostKey, true);
    await stack.setConfig("officeHostKey", labOfficeKey, true);
    await stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  it("reports the License Pack that a host lacks, and spends no activation", async () => {
    const { ok, text } = await up(host(withOffice));
    assert.equal(ok, false);
    assert.match(
      text,
      /KMS4040 officeKeys: oldkms does not know the host key of Office LTSC 2024 \(0xC004F050 [^)]*\).*Microsoft download 106246/,
    );
    assert.deepEqual(await lab.control.activations("N4N4K"), []);
    assert.ok(!text.includes(labOfficeKey));
  });

  it("activates the host key of Office beside that of Windows", async () => {
    await lab.control.installLicensePack("oldkms", "LTSC 2024");
    const { ok, text, outputs } = await up(host(withOffice));
    assert.ok(ok, text);
    const [{ activatedAt, ...officeState }] = outputs.officeStates.value as { activatedAt: string }[];
    assert.deepEqual(officeState, {
      office,
      partialProductKey: "N4N4K",
      licenseStatus: "Licensed",
      currentCount: 0,
    });
    assert.match(activatedAt, /^\d{4}-\d{2}-\d{2}T/);
    const seen = await machine("oldkms");
    assert.equal(seen.partialProductKey, labHostKey.slice(-5));
    assert.deepEqual(
      seen.office?.map(({ version, partialProductKey, licenseStatus }) => ({
        version,
        partialProductKey,
        licenseStatus,
      })),
      [{ version: office, partialProductKey: "N4N4K", licenseStatus: 1 }],
    );
    assert.deepEqual(
      (await lab.control.activations("N4N4K")).map(({ activations }) => activations),
      [1],
    );
    assert.ok(!(await stack.storedState()).includes(labOfficeKey));
  });

  it("refuses to create machines for Office, which no image of the package has", async () => {
    const created = `
new KMSClientGroup("suite", { ...groupArgs, hosts: [host], office: { version: "LTSC 2024" } });
`;
    await stack.write(kmsProgram(machines + host(withOffice) + created));
    const { ok, text } = await stack.preview();
    assert.equal(ok, false);
    assert.match(text, /KMS2255 machines\.create: .*no volume edition of Office LTSC 2024/);
    assert.match(text, /KMS6020 officeKeys\[0\]\.productKey: .*N4N4K/);
  });

  it("leaves four clients pending, with one machine missing", async () => {
    for (const n of members) {
      await lab.control.installOffice(`desk${n}`, "LTSC 2024", proPlus);
    }
    const { ok, text, outputs } = await up(host(withOffice) + group(4));
    assert.ok(ok, text);
    assert.match(text, /KMS2240/);
    assert.deepEqual(
      statuses(outputs.states.value),
      members.slice(0, 4).map((n) => `desk${n} Pending`),
    );
    assert.equal(outputs.missing.value, 1);
  });

  it("activates all six clients, those that were pending included, and leaves their Windows alone", async () => {
    const { ok, text, outputs } = await up(host(withOffice) + group(6));
    assert.ok(ok, text);
    assert.deepEqual(
      statuses(outputs.states.value),
      members.map((n) => `desk${n} Licensed`),
    );
    const desk = await machine("desk1");
    assert.equal(desk.productKeyChannel, "Volume:GVLK");
    assert.notEqual(desk.licenseStatus, 1);
    assert.equal(desk.kmsMachine, "");
    assert.deepEqual(
      (await machine("oldkms")).office?.map(({ currentCount }) => currentCount),
      [6],
    );
    assert.equal((await machine("oldkms")).currentCount, 0);
  });

  it("changes nothing in a second update, and runs nothing", async () => {
    await lab.control.resetRequests();
    const { counts, text } = await stack.up();
    assert.deepEqual(Object.keys(counts), ["same"], text);
    assert.equal(await runs(), 0);
  });

  it("serves a group through a read-only host that is reached, or known by its name alone", async () => {
    const readOnly = (machine: string, officeKeys = `[{ office: "LTSC 2024" }]`) => `
const found = new KMSHost("found", {
  key: { keyGroup: KeyGroup.WindowsServer2022 },
  officeKeys: ${officeKeys},
  machine: { ${machine} },
  zones: [{ zoneName: "corp.example" }],
  readOnly: true,
}, { dependsOn: [host] });
export const foundStates = found.officeStates;
`;
    const foundGroup = group(6).replace("hosts: [host]", "hosts: [found]");
    const byMachine = await up(host(withOffice) + readOnly("azureVmId: hostVm.id") + foundGroup);
    assert.ok(byMachine.ok, byMachine.text);
    assert.deepEqual(byMachine.outputs.foundStates.value, [
      { office, partialProductKey: "N4N4K", licenseStatus: "Licensed", currentCount: 6 },
    ]);
    const licensed = members.map((n) => `desk${n} Licensed`);
    assert.deepEqual(statuses(byMachine.outputs.states.value), licensed);

    const byName = await up(host(withOffice) + readOnly(`fqdn: "oldkms.corp.example"`) + foundGroup);
    assert.ok(byName.ok, byName.text);
    assert.deepEqual(byName.outputs.foundStates.value, [{ office, licenseStatus: "NotObserved" }]);
    assert.deepEqual(statuses(byName.outputs.states.value), licensed);

    const other = readOnly("azureVmId: hostVm.id", `[{ office: "LTSC 2021" }]`);
    await stack.write(kmsProgram(machines + host(withOffice) + other + foundGroup));
    const another = await stack.preview();
    assert.equal(another.ok, false);
    assert.match(another.text, /KMS2239 hosts\[0\]: /);
    const back = await up(host(withOffice) + group(6));
    assert.ok(back.ok, back.text);
  });

  it("asks again after a refresh has found that the machines' activation has lapsed", async () => {
    await lab.control.stopMachine("oldkms");
    await lab.control.advanceClock(181 * 24 * 60);
    await lab.control.startMachine("oldkms");
    const refreshed = await stack.refresh();
    assert.ok(refreshed.ok, refreshed.text);
    const { ok, text, outputs } = await stack.up();
    assert.ok(ok, text);
    assert.ok(
      statuses(outputs.states.value).every((status) => status.endsWith("Licensed")),
      text,
    );
  });

  it("removes only the host key of Office when that leaves the program", async () => {
    const { ok, text } = await up(host(""));
    assert.ok(ok, text);
    const seen = await machine("oldkms");
    assert.equal(seen.office, undefined);
    assert.equal(seen.partialProductKey, labHostKey.slice(-5));
    assert.equal(seen.licenseStatus, 1);
  });

  it("leaves nothing after destroy", async () => {
    const { ok, text } = await stack.destroy();
    assert.ok(ok, text);
    assert.deepEqual(await lab.control.resources(), []);
  });
});
