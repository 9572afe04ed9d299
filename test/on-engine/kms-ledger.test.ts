import assert from "node:assert/strict";
import { consentEnd } from "../consent-end";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";
import { storedResources } from "./stored-resources";

const program = (hostArgs: string) =>
  kmsProgram(`
const host = new KMSHost("kms", { ...hostArgs, ${hostArgs} });
export const machineId = host.machineId;
`);

describe("the ledger beside a program on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let stack: EngineProgram;

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "ledger", program(""));
    stack.setConfig("kmsHostKey", labHostKey, true);
    stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  const ledger = async () => {
    const folder = path.join(stack.folder, "kms-ledger");
    const files = (await readdir(folder)).filter((name) => name.endsWith(".json"));
    assert.equal(files.length, 1);
    const text = await readFile(path.join(folder, files[0]), "utf8");
    assert.ok(!text.includes(labHostKey));
    return JSON.parse(text) as { hosts: { machineId: string; retiredAt?: string }[] };
  };

  const left = (text: string) =>
    /KMS6020 key\.productKey: the key ending in \w{5} has (\d) of 6 hosts left/.exec(text)?.[1];

  const activations = () => lab.control.activations(labHostKey.slice(-5));
  const { step } = story();

  const firstPreview = step("preview", () => stack.preview());

  it("shows in the preview how many hosts the key has left", async () => {
    const { ok, text } = await firstPreview();
    assert.ok(ok, text);
    assert.equal(left(text), "6");
  });

  const unreadablePreview = step("a preview with a ledger that cannot be read", async () => {
    await stack.write(program(`key: { ...key, ledger: "file:///dev/null/ledger" }`));
    return stack.preview();
  });
  const unreadable = step("an update with a ledger that cannot be read", async () => ({
    ...(await stack.up()),
    activations: await activations(),
  }));

  it("causes a warning in the preview and an error in the update when it cannot be read", async () => {
    const preview = await unreadablePreview();
    assert.ok(preview.ok, preview.text);
    const warning = preview.diagnostics.find(({ message }) => message.startsWith("KMS6023"));
    assert.equal(warning?.severity, "warning", preview.text);
    const update = await unreadable();
    assert.equal(update.ok, false);
    assert.match(update.text, /KMS600\d/);
    assert.deepEqual(update.activations, []);
  });

  const counted = step("up", async () => {
    await stack.write(program(""));
    return { ...(await stack.up()), ledger: await ledger() };
  });
  const nextPreview = step("a preview after up", () => stack.preview());

  it("counts the host in the update", async () => {
    const { ok, outputs, text, ledger: document } = await counted();
    assert.ok(ok, text);
    assert.deepEqual(
      document.hosts.map(({ machineId }) => machineId),
      [outputs.machineId.value],
    );
    assert.equal(left((await nextPreview()).text), "5");
  });

  const renamed = `machine: { create: { ...create, computerName: "kms2" } }`;
  const refused = step("a preview and an update with another machine", async () => {
    const before = await lab.control.resources();
    const vm = (await storedResources(stack)).find(({ urn }) => urn.endsWith("::kms-vm"))!;
    const anew = await stack.upReplacing([vm.urn]);
    await stack.write(program(renamed));
    const results = [await stack.preview(), await stack.up()];
    return { anew, results, before, after: await lab.control.resources(), activations: await activations() };
  });

  it("refuses another machine at preview and in the update, before anything is deleted", async () => {
    const { anew, results, before, after, activations: spent } = await refused();
    assert.equal(anew.ok, false);
    assert.match(
      anew.text,
      /KMS6031 machine\.create: .* the virtual machine that Pulumi is to create replaces/,
    );
    for (const { ok, text } of results) {
      assert.equal(ok, false);
      assert.match(
        text,
        /KMS6031 machine\.create\.computerName: \S+ is activated .* a changed machine\.create\.computerName replaces its machine; .*5 of 6 are left/,
      );
      assert.doesNotMatch(text, /\n\s+at /, "no stack of calls");
    }
    assert.deepEqual(after, before);
    assert.equal(spent.length, 1);
  });

  const acknowledged = step("a preview with another machine, acknowledged", async () => {
    const consent = `acknowledge: [{ code: "KMS6031", reason: "renamed", until: "${consentEnd}" }]`;
    await stack.write(program(`${renamed}, ${consent}`));
    return stack.preview();
  });

  it("shows in the preview what another machine will cost once it is acknowledged", async () => {
    const { ok, text } = await acknowledged();
    assert.ok(ok, text);
    assert.match(text, /kms: KMS6031 .*5 of 6 are left.*\(acknowledged: renamed\)/);
  });

  const replaced = step("an update with another machine, acknowledged", async () => ({
    ...(await stack.up()),
    ledger: await ledger(),
    activations: await activations(),
  }));

  it("counts both machines after the replacement and retires the old one", async () => {
    const { ok, text, ledger: document, activations: spent } = await replaced();
    assert.ok(ok, text);
    assert.deepEqual(
      document.hosts.map(({ retiredAt }) => retiredAt !== undefined),
      [true, false],
    );
    assert.equal(spent.length, 2);
  });

  const destroyed = step("destroy", async () => ({ ...(await stack.destroy()), ledger: await ledger() }));

  it("retires the last machine when the stack is destroyed", async () => {
    const { ok, text, ledger: document } = await destroyed();
    assert.ok(ok, text);
    assert.deepEqual(
      document.hosts.map(({ retiredAt }) => retiredAt !== undefined),
      [true, true],
    );
  });
});
