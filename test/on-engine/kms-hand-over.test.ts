import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { KMSClientMember } from "../../provider";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, existingMachine, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

/** A KMS host on an existing machine with its records in a private zone, and a group that it serves. */
const program = (more: string) =>
  kmsProgram(`${existingMachine}
const { clientPrefixes: _prefixes, ...common } = hostArgs;
const host = new KMSHost("kms", { ...common, machine: { azureVmId: machine("kms").id }, ${more} });
const web = new KMSClientGroup("web", { hosts: [host], ...groupArgs });
export const { fqdn, licenseStatus, partialProductKey, activatedAt } = host;
export const members = web.members;
`);

describe("readOnly, switched on and off for a KMS host in service, on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let stack: EngineProgram;

  /** Everything outside the stack's state that belongs to the host. */
  interface Surroundings {
    machine: object;
    activations: object[];
    ledger: object;
    records: string[];
    resources: string[];
  }
  let inService: Surroundings;

  async function surroundings(): Promise<Surroundings> {
    const folder = path.join(stack.folder, "kms-ledger");
    const [ledger] = (await readdir(folder)).filter((name) => name.endsWith(".json"));
    const resources = (await lab.control.resources()).sort();
    return {
      machine: (await lab.control.machines()).find(({ computerName }) => computerName === "kms")!,
      activations: await lab.control.activations(labHostKey.slice(-5)),
      // A resource that begins to manage a host claims it; nothing is spent by that.
      ledger: JSON.parse(await readFile(path.join(folder, ledger), "utf8"), (name, value: unknown) =>
        name === "claim" ? undefined : value,
      ) as object,
      records: resources.filter((id) => /\/privateDnsZones\/[^/]+\/(SRV|A)\//i.test(id)),
      resources,
    };
  }

  /** Run commands and changes in DNS since the last reset. */
  const changes = async () =>
    (await lab.control.requests())
      .filter(({ method, type }) => method !== "GET" && /runCommands|privateDnsZones/i.test(type))
      .map(({ method, type }) => `${method} ${type}`);

  const names = async () => {
    const { resources } = (await stack.exportState()).deployment as { resources: { urn: string }[] };
    return resources.map(({ urn }) => urn).sort();
  };

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "hand-over", program(""));
    await stack.setConfig("kmsHostKey", labHostKey, true);
    await stack.setConfig("adminPassword", adminPassword, true);
    const { ok, text } = await stack.up();
    assert.ok(ok, text);
    inService = await surroundings();
    assert.equal(inService.records.length, 2, inService.records.join("\n"));
    assert.deepEqual(
      inService.activations.map((usage) => (usage as { activations: number }).activations),
      [1],
    );
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  const expectUpdatesOnly = (counts: object, text: string) =>
    assert.deepEqual(
      Object.keys(counts).filter((operation) => operation !== "same" && operation !== "update"),
      [],
      text,
    );

  it("hands the host over: no deletion, no key touched, nothing spent", async () => {
    const urns = await names();
    await stack.write(program("readOnly: true"));
    const preview = await stack.preview();
    assert.ok(preview.ok, preview.text);
    expectUpdatesOnly(preview.counts, preview.text);
    await lab.control.resetRequests();
    const { ok, counts, outputs, text } = await stack.up();
    assert.ok(ok, text);
    expectUpdatesOnly(counts, text);
    assert.deepEqual(await names(), urns);
    assert.deepEqual(await surroundings(), inService);
    assert.deepEqual(
      (await changes()).filter((change) => /privateDnsZones/i.test(change)),
      [],
      "DNS is not written",
    );
    assert.equal(outputs.licenseStatus.value, "Licensed");
    assert.equal(outputs.partialProductKey.value, labHostKey.slice(-5));
    assert.equal(outputs.fqdn.value, "kms.corp.example");
    assert.deepEqual(
      (outputs.members.value as KMSClientMember[]).map(({ status }) => status),
      Array(5).fill("Licensed"),
    );
  });

  it("leaves nothing to do for a second update and a refresh while it is on", async () => {
    const again = await stack.up();
    assert.deepEqual(Object.keys(again.counts), ["same"], again.text);
    const refreshed = await stack.refresh();
    assert.ok(refreshed.ok, refreshed.text);
    const preview = await stack.preview();
    assert.deepEqual(Object.keys(preview.counts), ["same"], preview.text);
    assert.deepEqual(await surroundings(), inService);
  });

  it("adopts the host again when it is switched off: nothing is created, replaced or spent", async () => {
    const urns = await names();
    await stack.write(program(""));
    await lab.control.resetRequests();
    const { ok, counts, outputs, text } = await stack.up();
    assert.ok(ok, text);
    expectUpdatesOnly(counts, text);
    assert.deepEqual(await names(), urns);
    assert.deepEqual(await surroundings(), inService);
    assert.equal(outputs.licenseStatus.value, "Licensed");
    const again = await stack.up();
    assert.deepEqual(Object.keys(again.counts), ["same"], again.text);
  });

  it("keeps the host in service when the read-only resource is deleted", async () => {
    await stack.write(program("readOnly: true"));
    assert.ok((await stack.up()).ok);
    await stack.write(kmsProgram(`${existingMachine}\nmachine("kms");`));
    const { ok, text } = await stack.up();
    assert.ok(ok, text);
    const after = await surroundings();
    assert.deepEqual(
      [after.machine, after.activations, after.ledger, after.records],
      [inService.machine, inService.activations, inService.ledger, inService.records],
    );
  });
});
