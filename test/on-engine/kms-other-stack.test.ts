import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

/** The options that the page on moving a host shows. */
const retained =
  "{ transformations: [({ props, opts }) => ({ props, opts: pulumi.mergeOptions(opts, { retainOnDelete: true }) })] }";

describe("a KMS host that another stack adopts, on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let ledger: string;
  let first: EngineProgram;
  let second: EngineProgram;

  const firstProgram = (options: string) =>
    kmsProgram(`
      const host = new KMSHost("kms", hostArgs, ${options});
      export const vmId = host.azureVmId;
      export const zoneId = zone.id;
    `);
  const secondProgram = (vmId: string, zoneId: string, adopt: boolean) => `
    import * as pulumi from "@pulumi/pulumi";
    import { KeyGroup, KMSHost, OperatingSystem } from "pulumi-windows-kms";
    const host = new KMSHost("kms", {
      key: {
        keyGroup: KeyGroup.WindowsServer2022,
        productKey: new pulumi.Config().requireSecret("kmsHostKey"),
      },
      os: OperatingSystem.WindowsServer2022,
      machine: { azureVmId: ${JSON.stringify(vmId)} },
      zones: [{ zoneName: "corp.example", azurePrivateZoneId: ${JSON.stringify(zoneId)}, addressRecord: false }],
      adopt: ${adopt},
    });
    export const { licenseStatus, fqdn } = host;
  `;

  const srvRecords = async () =>
    (await lab.control.resources()).filter((id) => /\/privateDnsZones\/[^/]+\/SRV\//i.test(id)).length;

  before(async () => {
    lab = await startLab();
    ledger = `file://${await mkdtemp(path.join(tmpdir(), "moved-host-"))}`;
    first = await engineProgram(lab, "before", firstProgram("{}"));
    await first.setConfig("kmsHostKey", labHostKey, true);
    await first.setConfig("adminPassword", adminPassword, true);
    await first.setConfig("windows-kms:ledger", ledger);
  });
  after(async () => {
    await Promise.all([first?.remove(), second?.remove()]);
    await rm(ledger.slice("file://".length), { recursive: true, force: true });
    await lab?.stop();
  });

  let vmId: string;
  let zoneId: string;

  it("is released by the first stack and stays in service", async () => {
    const created = await first.up();
    assert.ok(created.ok, created.text);
    vmId = created.outputs.vmId.value as string;
    zoneId = created.outputs.zoneId.value as string;
    await first.write(firstProgram(retained));
    const kept = await first.up();
    assert.ok(kept.ok, kept.text);
    await first.write(kmsProgram(""));
    const left = await first.up();
    assert.ok(left.ok, left.text);
    const [machine] = await lab.control.machines();
    assert.equal(machine.partialProductKey, labHostKey.slice(-5));
    assert.equal(await srvRecords(), 1);
  });

  it("is refused by the second stack without adopt", async () => {
    second = await engineProgram(lab, "after", secondProgram(vmId, zoneId, false));
    await second.setConfig("kmsHostKey", labHostKey, true);
    await second.setConfig("windows-kms:ledger", ledger);
    const { ok, text } = await second.up();
    assert.equal(ok, false);
    assert.match(text, /KMS6014 the ledger knows kms as the KMS host of the resource kms in the stack/);
  });

  it("is adopted by the second stack with its activation, without another one", async () => {
    await second.write(secondProgram(vmId, zoneId, true));
    const { ok, text, outputs } = await second.up();
    assert.ok(ok, text);
    assert.equal(outputs.licenseStatus.value, "Licensed");
    assert.equal(outputs.fqdn.value, "kms.corp.example");
    assert.equal(await srvRecords(), 1);
    const again = await second.preview();
    assert.deepEqual(Object.keys(again.counts), ["same"], again.text);
    assert.match(again.text, /KMS6020 .* has 5 of 6 hosts left/);
  });
});
