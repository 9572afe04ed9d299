import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

const valid = kmsProgram(`
const host = new KMSHost("kms", hostArgs);
const web = new KMSClientGroup("web", { hosts: [host], ...groupArgs });
export const node = process.version;
export const status = host.licenseStatus;
export const licensed = web.members.apply((all) => all.filter(({ status: each }) => each === "Licensed").length);
`);

/** Two invalid resources and one that depends on them. */
const invalid = kmsProgram(`
const host = new KMSHost("kms", { ...hostArgs, os: OperatingSystem.WindowsServer2025 });
new KMSHost("open", { ...hostArgs, clientPrefixes: ["0.0.0.0/0"] });
new KMSClientGroup("web", { hosts: [host], ...groupArgs });
export const status = host.licenseStatus;
`);

/** Where `npm run test:versions` installed the packed package with the versions of Pulumi to test. */
const project = process.env.KMS_INSTALLED_PROJECT ?? path.resolve(__dirname, "../..");

describe(`the compiled package with Node ${process.versions.node}`, function () {
  this.timeout(240_000);
  let lab: Lab;
  let stack: EngineProgram;

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "node-version", invalid);
    stack.setConfig("kmsHostKey", labHostKey, true);
    stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  it("loads without a warning, and validates a program without Pulumi", async () => {
    const program = {
      hosts: {
        kms: {
          key: { keyGroup: "Windows Server 2022" },
          os: "Windows Server 2025",
          machine: { fqdn: "kms.corp.example" },
          readOnly: true,
        },
      },
      groups: {},
    };
    const script = `
      const { validate, KMSHost } = require("pulumi-windows-kms");
      const codes = validate(${JSON.stringify(program)}).map(({ code }) => code);
      console.log(JSON.stringify({ codes, host: typeof KMSHost, node: process.version }));
    `;
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ["-e", script], {
      cwd: project,
    });
    assert.deepEqual(JSON.parse(stdout), { codes: ["KMS2004"], host: "function", node: process.version });
    assert.equal(stderr, "");
  });

  const { step } = story();
  const refusals = {
    preview: step("a preview of an invalid program", () => stack.preview()),
    up: step("an update with an invalid program", () => stack.up()),
  };

  for (const command of ["preview", "up"] as const) {
    it(`refuses an invalid program in ${command} without a stack trace`, async () => {
      const { ok, text } = await refusals[command]();
      assert.equal(ok, false);
      for (const code of ["KMS2004", "KMS2102", "KMS2302"]) {
        assert.ok(text.includes(code), `${code}:\n${text}`);
      }
      assert.doesNotMatch(text, /^\s+at .+:\d+:\d+/m);
      assert.doesNotMatch(text, /unhandled/i);
    });
  }

  const created = step("up", async () => {
    await stack.write(valid);
    return stack.up();
  });
  const again = step("a second update", () => stack.up());
  const destroyed = step("destroy", async () => ({
    ...(await stack.destroy()),
    left: await lab.control.resources(),
  }));

  it("runs a program on the engine, where nothing changes in a second update", async () => {
    const { ok, outputs, text } = await created();
    assert.ok(ok, text);
    assert.equal(outputs.node.value, process.version);
    assert.equal(outputs.status.value, "Licensed");
    assert.equal(outputs.licensed.value, 5);
    const second = await again();
    assert.deepEqual(Object.keys(second.counts), ["same"], second.text);
    const end = await destroyed();
    assert.ok(end.ok, end.text);
    assert.deepEqual(end.left, []);
  });
});
