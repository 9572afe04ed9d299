import assert from "node:assert/strict";
import { consentEnd } from "../consent-end";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";
import type { EngineResult } from "./operation";

const program = (os: string, more = "", options = "{}") =>
  kmsProgram(`
const machine = { create: { ...create, computerName: "kms" } };
const host = new KMSHost("kms", { ...hostArgs, os: OperatingSystem.${os}, machine, ${more} }, ${options});
const web = new KMSClientGroup("web", { hosts: [host], ...groupArgs });
const scaleSet = { ...create, capacity: 2 };
new KMSClientGroup("farm", { hosts: [host], ...groupArgs, machines: { scaleSet } }, { dependsOn: [web] });
`);

interface StoredResource {
  urn: string;
  type: string;
  replacementTrigger?: unknown;
  inputs?: object;
  outputs?: object;
}

/** Machines and scale sets of a state. */
const madeOfImages = ({ type }: StoredResource) => /compute:VirtualMachine(ScaleSet)?$/.test(type);

describe("machines whose image Azure moved to another offer, on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let stack: EngineProgram;

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "images", program("WindowsServer2022"));
    await stack.setConfig("kmsHostKey", labHostKey, true);
    await stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  const done = (result: EngineResult) => {
    assert.ok(result.ok, result.text);
    return result;
  };
  const stored = async () => {
    const { deployment } = await stack.exportState();
    return ((deployment as { resources?: StoredResource[] }).resources ?? []).filter(madeOfImages);
  };

  it("are made from the offer of today", async () => {
    done(await stack.up());
    const made = await stored();
    assert.equal(made.length, 7, "a host, five machines and a scale set");
    made.forEach(({ inputs, urn }) => assert.match(JSON.stringify(inputs), /"windowsserver2022"/, urn));
  });

  it("stay as they are in a stack that was made with the former offer", async () => {
    const state = await stack.exportState();
    const { resources = [] } = state.deployment as { resources?: StoredResource[] };
    for (const resource of resources.filter(madeOfImages)) {
      const former = (value: object = {}) =>
        JSON.parse(JSON.stringify(value).replaceAll('"windowsserver2022"', '"WindowsServer"')) as object;
      resource.inputs = former(resource.inputs);
      resource.outputs = former(resource.outputs);
      // Versions of this package before the move stored none.
      delete resource.replacementTrigger;
    }
    await stack.importState(state);
    await lab.control.resetRequests();
    const preview = done(await stack.preview());
    assert.deepEqual(Object.keys(preview.counts), ["same"], preview.text);
    const { counts, text } = done(await stack.up());
    assert.deepEqual(Object.keys(counts), ["same"], text);
    const writes = (await lab.control.requests()).filter(({ method }) => method === "PUT");
    assert.deepEqual(writes, []);
    (await stored()).forEach(({ inputs }) => assert.match(JSON.stringify(inputs), /"WindowsServer"/));
  });

  it("K35: are named with what is lost before another administrator replaces them, and Azure's refusals as well", async () => {
    await stack.write(
      program("WindowsServer2022").replace(
        'new KMSClientGroup("web", { hosts: [host], ...groupArgs }',
        `new KMSClientGroup("web", {
  hosts: [host],
  ...groupArgs,
  machines: { create: { ...groupArgs.machines.create, adminUsername: "someone" } },
}`,
      ),
    );
    const { counts, text } = done(await stack.preview());
    assert.equal(counts.replace, 5, text);
    assert.match(
      text,
      /KMS4034 machines\.create\.adminUsername: .* replaces 5 machines of web: .*; 5 of them are activated/,
    );
    assert.doesNotMatch(text, /KMS603\d/);
    const zones = `{ transformations: [({ type, props, opts }) =>
  type.endsWith(":VirtualMachine") ? { props: { ...props, zones: ["1"] }, opts } : undefined] }`;
    await stack.write(program("WindowsServer2022", "", zones));
    const refused = await stack.preview();
    assert.equal(refused.ok, false);
    assert.match(
      refused.text,
      /KMS6036 machine\.create: zones of kms-vm changed, .*PropertyChangeNotAllowed/,
    );
  });

  it("are replaced by another operating system, from the image that the catalogue has for it", async () => {
    const consent = `acknowledge: [{ code: "KMS6031", reason: "moved", until: "${consentEnd}" }]`;
    await stack.write(program("WindowsServer2019", consent));
    const { counts, text } = done(await stack.preview());
    assert.equal(counts.replace, 2, `the machine of the host and its activation: ${text}`);
    done(await stack.up());
    const host = (await stored()).find(({ urn }) => urn.endsWith("::kms-vm"));
    assert.match(JSON.stringify(host?.inputs), /"offer":"WindowsServer".*"sku":"2019-datacenter-gensecond"/);
    const others = (await stored()).filter(({ urn }) => !urn.endsWith("::kms-vm"));
    others.forEach(({ inputs }) =>
      assert.match(JSON.stringify(inputs), /"WindowsServer".*"2022-datacenter-g2"/),
    );
    done(await stack.destroy());
    assert.deepEqual(await lab.control.resources(), []);
  });
});
