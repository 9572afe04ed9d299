import assert from "node:assert/strict";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

const former = (options: string) =>
  kmsProgram(`
const host = new KMSHost("kms", hostArgs, { ${options} });
export const azureVmId = host.azureVmId;
export const zoneId = zone.id;
`);
const left = kmsProgram(`
export const zoneId = zone.id;
`);

/** The stack that adopts the host, with the same key and ledger. */
const next = (more: string) => `
import * as pulumi from "@pulumi/pulumi";
import { KeyGroup, KMSHost, OperatingSystem } from "pulumi-windows-kms";

const config = new pulumi.Config();
const host = new KMSHost("central", {
  key: {
    keyGroup: KeyGroup.WindowsServer2022,
    productKey: config.requireSecret("kmsHostKey"),
    ledger: config.require("ledger"),
  },
  os: OperatingSystem.WindowsServer2022,
  machine: { azureVmId: config.require("azureVmId") },
  zones: [{ zoneName: "corp.example", azurePrivateZoneId: config.require("zoneId"), addressRecord: false }],
  ${more}
});
export const licenseStatus = host.licenseStatus;
export const activatedAt = host.activatedAt;
export const fqdn = host.fqdn;
`;

describe("a KMS host that moves to another stack, on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let owning: EngineProgram;
  let taking: EngineProgram;

  const hostMachine = async () =>
    (await lab.control.machines()).find(({ computerName }) => computerName === "kms")!;
  const activations = () => lab.control.activations(labHostKey.slice(-5));

  before(async () => {
    lab = await startLab();
    owning = await engineProgram(lab, "takeover-former", former(""));
    await owning.setConfig("kmsHostKey", labHostKey, true);
    await owning.setConfig("adminPassword", adminPassword, true);
    const { ok, outputs, text } = await owning.up();
    assert.ok(ok, text);
    taking = await engineProgram(lab, "takeover-next", next(""), { beside: owning });
    await taking.setConfig("kmsHostKey", labHostKey, true);
    await taking.setConfig("ledger", `file://${owning.folder}/kms-ledger`);
    for (const name of ["azureVmId", "zoneId"]) {
      await taking.setConfig(name, outputs[name].value as string);
    }
  });
  after(async () => {
    await taking?.remove();
    await owning?.remove();
    await lab?.stop();
  });

  it("is refused by a stack without adopt", async () => {
    const { ok, text } = await taking.up();
    assert.equal(ok, false);
    assert.match(text, /KMS6014 .*takeover-former/);
  });

  it("is left unchanged by its former stack with retainOnDelete", async () => {
    const before = await hostMachine();
    await owning.write(former("retainOnDelete: true"));
    assert.ok((await owning.up()).ok);
    await owning.write(left);
    const { ok, text } = await owning.up();
    assert.ok(ok, text);
    assert.deepEqual(await hostMachine(), before);
  });

  it("is adopted without another activation", async () => {
    const before = await activations();
    await taking.write(next("adopt: true,"));
    const { ok, outputs, text } = await taking.up();
    assert.ok(ok, text);
    assert.equal(outputs.licenseStatus.value, "Licensed");
    assert.equal(outputs.activatedAt, undefined, "this stack has not activated it");
    assert.equal(outputs.fqdn.value, "kms.corp.example");
    assert.deepEqual(await activations(), before);
    const adopted = await hostMachine();
    await taking.write(next(""));
    const later = await taking.up();
    assert.ok(later.ok, later.text);
    assert.deepEqual(await hostMachine(), adopted, "it is not changed without adopt");
    assert.deepEqual(await activations(), before);
    const again = await taking.up();
    assert.deepEqual(Object.keys(again.counts), ["same"], again.text);
  });

  it("stays in service while its new stack has it, and becomes a client when that stack is destroyed", async () => {
    assert.equal((await hostMachine()).productKeyChannel, "Volume:CSVLK");
    const { ok, text } = await taking.destroy();
    assert.ok(ok, text);
    assert.equal((await hostMachine()).productKeyChannel, "Volume:GVLK");
  });
});
