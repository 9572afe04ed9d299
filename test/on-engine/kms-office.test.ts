import assert from "node:assert/strict";
import type { KMSClientMember } from "../../provider";
import { story } from "../story";
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
    stack.setConfig("kmsHostKey", labHostKey, true);
    stack.setConfig("officeHostKey", labOfficeKey, true);
    stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  const { step } = story();

  const withoutPack = step("a host key of Office without its License Pack", async () => ({
    ...(await up(host(withOffice))),
    activations: await lab.control.activations("N4N4K"),
  }));

  it("reports the License Pack that a host lacks, and spends no activation", async () => {
    const { ok, text, activations } = await withoutPack();
    assert.equal(ok, false);
    assert.match(
      text,
      /KMS4040 officeKeys: oldkms does not know the host key of Office LTSC 2024 \(0xC004F050 [^)]*\).*Microsoft download 106246/,
    );
    assert.deepEqual(activations, []);
    assert.ok(!text.includes(labOfficeKey));
  });

  const withPack = step("a host key of Office with its License Pack", async () => {
    await lab.control.installLicensePack("oldkms", "LTSC 2024");
    return {
      ...(await up(host(withOffice))),
      seen: await machine("oldkms"),
      activations: await lab.control.activations("N4N4K"),
      state: await stack.storedState(),
    };
  });

  it("activates the host key of Office beside that of Windows", async () => {
    const { ok, text, outputs, seen, activations, state } = await withPack();
    assert.ok(ok, text);
    const [{ activatedAt, ...officeState }] = outputs.officeStates.value as { activatedAt: string }[];
    assert.deepEqual(officeState, {
      office,
      partialProductKey: "N4N4K",
      licenseStatus: "Licensed",
      currentCount: 0,
    });
    assert.match(activatedAt, /^\d{4}-\d{2}-\d{2}T/);
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
      activations.map(({ activations: count }) => count),
      [1],
    );
    assert.ok(!state.includes(labOfficeKey));
  });

  const withCreated = step("a preview of a group that creates its machines", async () => {
    const created = `
new KMSClientGroup("suite", { ...groupArgs, hosts: [host], office: { version: "LTSC 2024" } });
`;
    await stack.write(kmsProgram(machines + host(withOffice) + created));
    return stack.preview();
  });

  it("refuses to create machines for Office, which no image of the package has", async () => {
    const { ok, text } = await withCreated();
    assert.equal(ok, false);
    assert.match(text, /KMS2255 machines\.create: .*no volume edition of Office LTSC 2024/);
    assert.match(text, /KMS6020 officeKeys\[0\]\.productKey: .*N4N4K/);
  });

  const four = step("a group of four", async () => {
    for (const n of members) {
      await lab.control.installOffice(`desk${n}`, "LTSC 2024", proPlus);
    }
    return up(host(withOffice) + group(4));
  });

  it("leaves four clients pending, with one machine missing", async () => {
    const { ok, text, outputs } = await four();
    assert.ok(ok, text);
    assert.match(text, /KMS2240/);
    assert.deepEqual(
      statuses(outputs.states.value),
      members.slice(0, 4).map((n) => `desk${n} Pending`),
    );
    assert.equal(outputs.missing.value, 1);
  });

  const six = step("a group of six", async () => ({
    ...(await up(host(withOffice) + group(6))),
    desk: await machine("desk1"),
    oldkms: await machine("oldkms"),
  }));

  it("activates all six clients, those that were pending included, and leaves their Windows alone", async () => {
    const { ok, text, outputs, desk, oldkms } = await six();
    assert.ok(ok, text);
    assert.deepEqual(
      statuses(outputs.states.value),
      members.map((n) => `desk${n} Licensed`),
    );
    assert.equal(desk.productKeyChannel, "Volume:GVLK");
    assert.notEqual(desk.licenseStatus, 1);
    assert.equal(desk.kmsMachine, "");
    assert.deepEqual(
      oldkms.office?.map(({ currentCount }) => currentCount),
      [6],
    );
    assert.equal(oldkms.currentCount, 0);
  });

  const again = step("a second update", async () => {
    await lab.control.resetRequests();
    return { ...(await stack.up()), visits: await runs() };
  });

  it("changes nothing in a second update, and runs nothing", async () => {
    const { counts, text, visits } = await again();
    assert.deepEqual(Object.keys(counts), ["same"], text);
    assert.equal(visits, 0);
  });

  const lapsed = step("a refresh and an update after 181 days", async () => {
    await lab.control.stopMachine("oldkms");
    await lab.control.advanceClock(181 * 24 * 60);
    await lab.control.startMachine("oldkms");
    return { refreshed: await stack.refresh(), repaired: await stack.up() };
  });

  it("asks again after a refresh has found that the machines' activation has lapsed", async () => {
    const { refreshed, repaired } = await lapsed();
    assert.ok(refreshed.ok, refreshed.text);
    const { ok, text, outputs } = repaired;
    assert.ok(ok, text);
    assert.ok(
      statuses(outputs.states.value).every((status) => status.endsWith("Licensed")),
      text,
    );
  });

  /** The group on a read-only host, which is the same machine. */
  const onReadOnly = (place: string, officeKeys = `[{ office: "LTSC 2024" }]`) =>
    `${host(withOffice)}
const found = new KMSHost("found", {
  key: { keyGroup: KeyGroup.WindowsServer2022 },
  officeKeys: ${officeKeys},
  machine: { ${place} },
  zones: [{ zoneName: "corp.example" }],
  readOnly: true,
}, { dependsOn: [host] });
export const foundStates = found.officeStates;
${group(6).replace("hosts: [host]", "hosts: [found]")}`;

  const byMachine = step("a read-only host by its machine", () => up(onReadOnly("azureVmId: hostVm.id")));
  const byName = step("a read-only host by its name", () => up(onReadOnly(`fqdn: "oldkms.corp.example"`)));

  it("serves a group through a read-only host that is reached, or known by its name alone", async () => {
    const licensed = members.map((n) => `desk${n} Licensed`);
    const reached = await byMachine();
    assert.ok(reached.ok, reached.text);
    assert.deepEqual(reached.outputs.foundStates.value, [
      { office, partialProductKey: "N4N4K", licenseStatus: "Licensed", currentCount: 6 },
    ]);
    assert.deepEqual(statuses(reached.outputs.states.value), licensed);
    const named = await byName();
    assert.ok(named.ok, named.text);
    assert.deepEqual(named.outputs.foundStates.value, [{ office, licenseStatus: "NotObserved" }]);
    assert.deepEqual(statuses(named.outputs.states.value), licensed);
  });

  const ofAnotherOffice = step("a preview of a read-only host for another Office", async () => {
    await stack.write(kmsProgram(machines + onReadOnly("azureVmId: hostVm.id", `[{ office: "LTSC 2021" }]`)));
    return stack.preview();
  });

  it("serves no group through a read-only host of another Office", async () => {
    const { ok, text } = await ofAnotherOffice();
    assert.equal(ok, false);
    assert.match(text, /KMS2239 hosts\[0\]: /);
  });

  const withoutOffice = step("the host without a key of Office", async () => ({
    ...(await up(host(""))),
    seen: await machine("oldkms"),
  }));

  it("removes only the host key of Office when that leaves the program", async () => {
    const { ok, text, seen } = await withoutOffice();
    assert.ok(ok, text);
    assert.equal(seen.office, undefined);
    assert.equal(seen.partialProductKey, labHostKey.slice(-5));
    assert.equal(seen.licenseStatus, 1);
  });

  const destroyed = step("destroy", async () => ({
    ...(await stack.destroy()),
    left: await lab.control.resources(),
  }));

  it("leaves nothing after destroy", async () => {
    const { ok, text, left } = await destroyed();
    assert.ok(ok, text);
    assert.deepEqual(left, []);
  });
});
