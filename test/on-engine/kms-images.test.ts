import assert from "node:assert/strict";
import { consentEnd } from "../consent-end";
import { story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";
import { type StateFile, type StoredResource, storedResources } from "./stored-resources";

const program = (os: string, more = "", options = "{}") =>
  kmsProgram(`
const machine = { create: { ...create, computerName: "kms" } };
const host = new KMSHost("kms", { ...hostArgs, os: OperatingSystem.${os}, machine, ${more} }, ${options});
const web = new KMSClientGroup("web", { hosts: [host], ...groupArgs });
const scaleSet = { ...create, capacity: 2 };
new KMSClientGroup("farm", { hosts: [host], ...groupArgs, machines: { scaleSet } }, { dependsOn: [web] });
`);

/** Machines and scale sets of a state. */
const madeOfImages = ({ type }: StoredResource) => /compute:VirtualMachine(ScaleSet)?$/.test(type);

describe("machines whose image Azure moved to another offer, on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let stack: EngineProgram;

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "images", program("WindowsServer2022"));
    stack.setConfig("kmsHostKey", labHostKey, true);
    stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  const stored = async () => (await storedResources(stack)).filter(madeOfImages);
  const { step } = story();

  const created = step("up", async () => ({ ...(await stack.up()), stored: await stored() }));

  it("are made from the offer of today", async () => {
    const { ok, text, stored: made } = await created();
    assert.ok(ok, text);
    assert.equal(made.length, 7, "a host, five machines and a scale set");
    made.forEach(({ inputs, urn }) => assert.match(JSON.stringify(inputs), /"windowsserver2022"/, urn));
  });

  const formerPreview = step("a preview with the former offer in the state", async () => {
    const state = JSON.parse(await stack.storedState()) as StateFile;
    for (const resource of state.checkpoint.latest.resources.filter(madeOfImages)) {
      const former = (value: StoredResource["inputs"]) =>
        JSON.parse(
          JSON.stringify(value).replaceAll('"windowsserver2022"', '"WindowsServer"'),
        ) as typeof value;
      resource.inputs = former(resource.inputs);
      resource.outputs = former(resource.outputs);
      // Versions of this package before the move stored none.
      delete resource.replacementTrigger;
    }
    await stack.resetState(JSON.stringify(state));
    await lab.control.resetRequests();
    return stack.preview();
  });
  const former = step("an update with the former offer in the state", async () => ({
    ...(await stack.up()),
    writes: (await lab.control.requests()).filter(({ method }) => method === "PUT"),
    stored: await stored(),
  }));

  it("stay as they are in a stack that was made with the former offer", async () => {
    const preview = await formerPreview();
    assert.ok(preview.ok, preview.text);
    assert.deepEqual(Object.keys(preview.counts), ["same"], preview.text);
    const { ok, counts, text, writes, stored: kept } = await former();
    assert.ok(ok, text);
    assert.deepEqual(Object.keys(counts), ["same"], text);
    assert.deepEqual(writes, []);
    kept.forEach(({ inputs }) => assert.match(JSON.stringify(inputs), /"WindowsServer"/));
  });

  const renamedPreview = step("a preview with another administrator of the members", async () => {
    const members = `new KMSClientGroup("web", {
  hosts: [host],
  ...groupArgs,
  machines: { create: { ...groupArgs.machines.create, adminUsername: "someone" } },
}`;
    const declared = 'new KMSClientGroup("web", { hosts: [host], ...groupArgs }';
    await stack.write(program("WindowsServer2022").replace(declared, members));
    return stack.preview();
  });
  const zonesPreview = step("a preview with zones by a transformation", async () => {
    const zones = `{ transformations: [({ type, props, opts }) =>
  type.endsWith(":VirtualMachine") ? { props: { ...props, zones: ["1"] }, opts } : undefined] }`;
    await stack.write(program("WindowsServer2022", "", zones));
    return stack.preview();
  });

  it("K35: are named with what is lost before another administrator replaces them", async () => {
    const { ok, counts, text } = await renamedPreview();
    assert.ok(ok, text);
    assert.equal(counts.replace, 5, text);
    assert.match(
      text,
      /KMS4034 machines\.create\.adminUsername: .* replaces 5 machines of web: .*; all of them are activated/,
    );
    assert.doesNotMatch(text, /KMS603\d/);
  });

  it("K35: keep their zones, which Azure refuses to change", async () => {
    const { ok, text } = await zonesPreview();
    assert.equal(ok, false);
    assert.match(text, /KMS6036 machine\.create: zones of kms-vm changed, .*PropertyChangeNotAllowed/);
  });

  const replacedPreview = step("a preview with another system", async () => {
    const consent = `acknowledge: [{ code: "KMS6031", reason: "moved", until: "${consentEnd}" }]`;
    await stack.write(program("WindowsServer2019", consent));
    return stack.preview();
  });
  const replaced = step("an update with another system", async () => ({
    ...(await stack.up()),
    stored: await stored(),
  }));
  const destroyed = step("destroy", async () => ({
    ...(await stack.destroy()),
    left: await lab.control.resources(),
  }));

  it("are replaced by another operating system, from the image that the catalogue has for it", async () => {
    const preview = await replacedPreview();
    assert.ok(preview.ok, preview.text);
    assert.equal(preview.counts.replace, 2, `the machine of the host and its activation: ${preview.text}`);
    const update = await replaced();
    assert.ok(update.ok, update.text);
    const host = update.stored.find(({ urn }) => urn.endsWith("::kms-vm"));
    assert.match(JSON.stringify(host?.inputs), /"offer":"WindowsServer".*"sku":"2019-datacenter-gensecond"/);
    const others = update.stored.filter(({ urn }) => !urn.endsWith("::kms-vm"));
    others.forEach(({ inputs }) =>
      assert.match(JSON.stringify(inputs), /"WindowsServer".*"2022-datacenter-g2"/),
    );
    const { ok, text, left } = await destroyed();
    assert.ok(ok, text);
    assert.deepEqual(left, []);
  });
});
