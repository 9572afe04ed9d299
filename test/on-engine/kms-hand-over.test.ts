import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { KMSClientMember } from "../../provider";
import { story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, existingMachine, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";
import { storedResources } from "./stored-resources";

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

  const names = async () => (await storedResources(stack)).map(({ urn }) => urn).sort();

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "hand-over", program(""));
    stack.setConfig("kmsHostKey", labHostKey, true);
    stack.setConfig("adminPassword", adminPassword, true);
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

  const { step } = story();
  /** An update, and what it leaves in the state and outside it. */
  const updated = async (text: string) => {
    await stack.write(text);
    await lab.control.resetRequests();
    const result = await stack.up();
    return { ...result, changes: await changes(), urns: await names(), after: await surroundings() };
  };

  const firstNames = step("the names before", names);
  const handedOverPreview = step("a preview with readOnly", async () => {
    await stack.write(program("readOnly: true"));
    return stack.preview();
  });
  const handedOver = step("an update with readOnly", () => updated(program("readOnly: true")));

  it("hands the host over: no deletion, no key touched, nothing spent", async () => {
    const preview = await handedOverPreview();
    assert.ok(preview.ok, preview.text);
    expectUpdatesOnly(preview.counts, preview.text);
    const { ok, counts, outputs, text, changes: made, urns, after } = await handedOver();
    assert.ok(ok, text);
    expectUpdatesOnly(counts, text);
    assert.deepEqual(urns, await firstNames());
    assert.deepEqual(after, inService);
    assert.deepEqual(
      made.filter((change) => /privateDnsZones/i.test(change)),
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

  const again = step("a second update with readOnly", () => stack.up());
  const refreshed = step("a refresh with readOnly", () => stack.refresh());
  const previewed = step("a preview after the refresh", async () => ({
    ...(await stack.preview()),
    after: await surroundings(),
  }));

  it("leaves nothing to do for a second update and a refresh while it is on", async () => {
    const second = await again();
    assert.deepEqual(Object.keys(second.counts), ["same"], second.text);
    const refresh = await refreshed();
    assert.ok(refresh.ok, refresh.text);
    const preview = await previewed();
    assert.deepEqual(Object.keys(preview.counts), ["same"], preview.text);
    assert.deepEqual(preview.after, inService);
  });

  const adopted = step("an update without readOnly", () => updated(program("")));
  const adoptedAgain = step("a second update without readOnly", () => stack.up());

  it("adopts the host again when it is switched off: nothing is created, replaced or spent", async () => {
    const { ok, counts, outputs, text, urns, after } = await adopted();
    assert.ok(ok, text);
    expectUpdatesOnly(counts, text);
    assert.deepEqual(urns, await firstNames());
    assert.deepEqual(after, inService);
    assert.equal(outputs.licenseStatus.value, "Licensed");
    const second = await adoptedAgain();
    assert.deepEqual(Object.keys(second.counts), ["same"], second.text);
  });

  const readOnlyAgain = step("another update with readOnly", () => updated(program("readOnly: true")));
  const deleted = step("an update without the host", () =>
    updated(kmsProgram(`${existingMachine}\nmachine("kms");`)),
  );

  it("keeps the host in service when the read-only resource is deleted", async () => {
    const before = await readOnlyAgain();
    assert.ok(before.ok, before.text);
    const { ok, text, after } = await deleted();
    assert.ok(ok, text);
    assert.deepEqual(
      [after.machine, after.activations, after.ledger, after.records],
      [inService.machine, inService.activations, inService.ledger, inService.records],
    );
  });
});
