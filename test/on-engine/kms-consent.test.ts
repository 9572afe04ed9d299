import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { consentEnd } from "../consent-end";
import { story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, existingMachine, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";
import { storedResources } from "./stored-resources";

/** Invented; no activation with it is ever tried. */
const otherKey = "NKMSN-NNNNN-R2N2P-NBXTN-N2N2N";

/** Setup key of Windows Server 2022 Datacenter, as an administrator may type it. */
const clientSetupKey = "WX4NM-KYWYW-QJJR4-XV3QB-6VM33";

/** A machine that the program declares itself, and what uses it. */
const program = (body: string) =>
  kmsProgram(`${existingMachine}
const vm = machine("kms");
const { clientPrefixes: _prefixes, ...common } = hostArgs;
const existing = { ...common, machine: { azureVmId: vm.id } };
export const vmId = vm.id;
export const zoneId = zone.id;
${body}`);

describe("what would give up an activated KMS host, on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let ledger: string;
  let stack: EngineProgram;
  let other: EngineProgram | undefined;

  const machine = async () =>
    (await lab.control.machines()).find(({ computerName }) => computerName === "kms")!;
  const records = async () =>
    (await lab.control.resources())
      .flatMap((id) => /\/privateDnsZones\/corp\.example\/(SRV|A)\/.*/i.exec(id)?.[0] ?? [])
      .map((name) => name.split("/").slice(-2).join("/"))
      .sort();
  /** What Windows, the zone and Microsoft have of the host. */
  const serviceOf = async () => ({
    key: (await machine()).partialProductKey,
    records: await records(),
    spent: (await lab.control.activations(labHostKey.slice(-5))).map(({ activations }) => activations),
  });
  const inService = (spent: number) => ({
    key: labHostKey.slice(-5),
    records: ["A/kms", "SRV/_vlmcs._tcp"],
    spent: [spent],
  });

  before(async () => {
    lab = await startLab();
    ledger = `file://${await mkdtemp(path.join(tmpdir(), "consent-"))}`;
    stack = await engineProgram(lab, "consent", program(`new KMSHost("kms", existing);`));
    stack.setConfig("kmsHostKey", labHostKey, true);
    stack.setConfig("adminPassword", adminPassword, true);
    stack.setConfig("windows-kms:ledger", ledger);
    const preview = await stack.preview();
    assert.match(
      preview.text,
      /has 6 of 6 hosts left; the update activates kms with it for the first time, which leaves 5/,
    );
    const { ok, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual(await serviceOf(), inService(1));
  });
  after(async () => {
    await Promise.all([stack?.remove(), other?.remove()]);
    await rm(ledger.slice("file://".length), { recursive: true, force: true });
    await lab?.stop();
  });

  const { step } = story();
  /** A program's preview and update, and the host after them. */
  const withBody = async (body: string) => {
    await stack.write(program(body));
    return { preview: await stack.preview(), update: await stack.up(), service: await serviceOf() };
  };

  const otherKeyGiven = step("another key", () =>
    withBody(`new KMSHost("kms", { ...existing, key: { ...key, productKey: "${otherKey}" } });`),
  );

  it("is refused for another key, at preview and in the update", async () => {
    const { preview, update, service } = await otherKeyGiven();
    for (const { ok, text } of [preview, update]) {
      assert.equal(ok, false);
      assert.match(
        text,
        /KMS6030 key\.productKey: kms is activated .* spends a host of that key; 6 of 6 are left/,
      );
      assert.doesNotMatch(text, /\n\s+at /, "no stack of calls");
      assert.ok(!text.includes(otherKey));
    }
    assert.deepEqual(service, inService(1));
  });

  const hostAsMember = step("a group with the host as its member", () =>
    withBody(`
        const host = new KMSHost("kms", existing);
        new KMSClientGroup("web", {
          hosts: [host],
          machines: { azureVmIds: [host.azureVmId.apply((id) => id!)] },
        });`),
  );

  it("is refused for a member of a group that is the host, as soon as its ID is known", async () => {
    const { preview, update, service } = await hostAsMember();
    for (const { ok, text } of [preview, update]) {
      assert.equal(ok, false);
      assert.match(text, /KMS2266 .*is the machine of the KMSHost kms/);
    }
    assert.deepEqual(service, inService(1));
  });

  const takenOff = step("a key that was taken off by hand", async () => {
    const withOutput = (args: string) =>
      program(`export const diagnostics = new KMSHost("kms", { ...existing${args} }).diagnostics;`);
    await stack.write(withOutput(""));
    await lab.control.installKeyByHand("kms", clientSetupKey);
    const refreshed = await stack.refresh();
    await stack.write(
      withOutput(
        `, acknowledge: [{ code: "KMS6034", reason: "the key was taken off by mistake", until: "${consentEnd}" }]`,
      ),
    );
    return { refreshed, update: await stack.up(), service: await serviceOf() };
  });

  it("is in the output `diagnostics` where an update has spent it, with what is accepted of it", async () => {
    const { refreshed, update, service } = await takenOff();
    assert.match(refreshed.text, /warning: KMS4029 kms is not in the desired state any more/);
    const { ok, outputs, text } = update;
    assert.ok(ok, text);
    assert.deepEqual(service, inService(2));
    const found = outputs.diagnostics.value as { code: string; severity: string; acknowledged?: boolean }[];
    assert.deepEqual(
      found
        .filter(({ code }) => code === "KMS6034")
        .map(({ severity, acknowledged }) => [severity, acknowledged]),
      [["info", true]],
    );
  });

  const replaced = step("its resources replaced", async () => {
    const own = (await storedResources(stack))
      .filter(({ type }) => type.includes("dynamic"))
      .map(({ urn }) => urn);
    return { ...(await stack.upReplacing(own)), own, service: await serviceOf() };
  });

  it("does not happen to a host whose resources are replaced, each created before the old one is deleted", async () => {
    const { ok, counts, text, own, service } = await replaced();
    assert.ok(ok, text);
    assert.equal(own.length, 2, own.join());
    assert.equal(counts.replace, own.length, text);
    assert.match(text, /kms: kms stays a KMS host/);
    assert.deepEqual(service, inService(2));
  });

  const moved = step("another parent, without an alias", async () => {
    await stack.write(
      program(`
        const parent = new pulumi.ComponentResource("test:index:Parent", "parent");
        new KMSHost("kms", existing, { parent });`),
    );
    return { ...(await stack.up()), service: await serviceOf() };
  });

  it("does not happen to a host that moves in the program without an alias", async () => {
    const { ok, counts, text, service } = await moved();
    assert.ok(ok, text);
    assert.ok((counts.delete ?? 0) > 0 && (counts.create ?? 0) > 0, text);
    assert.match(text, /kms: kms stays a KMS host/);
    assert.deepEqual(service, inService(2));
  });

  const renamed = step("another name, without an alias", async () => {
    await stack.write(program(`new KMSHost("licensing", { ...existing, adopt: true });`));
    return { ...(await stack.up()), service: await serviceOf() };
  });

  it("does not happen to a host that is renamed without an alias", async () => {
    const { ok, text, service } = await renamed();
    assert.ok(ok, text);
    assert.match(text, /kms: kms stays a KMS host: it belongs to the resource licensing/);
    assert.deepEqual(service, inService(2));
  });

  const adopted = step("another stack that adopts it", async () => {
    const { outputs } = await renamed();
    other = await engineProgram(
      lab,
      "adopting",
      `import * as pulumi from "@pulumi/pulumi";
       import { KeyGroup, KMSHost } from "pulumi-windows-kms";
       const productKey = new pulumi.Config().requireSecret("kmsHostKey");
       new KMSHost("adopted", {
         key: { keyGroup: KeyGroup.WindowsServer2022, productKey },
         machine: { azureVmId: ${JSON.stringify(outputs.vmId.value)} },
         zones: [{ zoneName: "corp.example", azurePrivateZoneId: ${JSON.stringify(outputs.zoneId.value)} }],
         adopt: true,
       });`,
    );
    other.setConfig("kmsHostKey", labHostKey, true);
    other.setConfig("windows-kms:ledger", ledger);
    return other.up();
  });
  const leftBehind = step("its former stack without it", async () => {
    await stack.write(program(""));
    return { ...(await stack.up()), service: await serviceOf() };
  });
  const destroyed = step("destroy of the stack that adopted it", async () => ({
    ...(await other!.destroy()),
    channel: (await machine()).productKeyChannel,
    records: await records(),
  }));

  it("does not happen to a host that another stack has adopted", async () => {
    const adopting = await adopted();
    assert.ok(adopting.ok, adopting.text);
    const { ok, text, service } = await leftBehind();
    assert.ok(ok, text);
    assert.match(
      text,
      /kms\.corp\.example stays in corp\.example: it belongs to the resource adopted of the stack/,
    );
    assert.deepEqual(service, inService(2));
    const gone = await destroyed();
    assert.ok(gone.ok, gone.text);
    assert.equal(gone.channel, "Volume:GVLK");
    assert.deepEqual(gone.records, []);
  });
});
