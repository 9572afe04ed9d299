import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

/** As the page on moving a host says. */
const retained =
  "{ transformations: [({ props, opts }) => ({ props, opts: pulumi.mergeOptions(opts, { retainOnDelete: true }) })] }";

describe("a KMS host that another stack takes over, on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let ledger: string;
  let first: EngineProgram;
  let second: EngineProgram;

  const firstProgram = (options: string) =>
    kmsProgram(`
      const host = new KMSHost("kms", { ...hostArgs, ledger: ${JSON.stringify(ledger)} }, ${options});
      export const vmId = host.azureVmId;
      export const group = resourceGroupName;
    `);
  const secondProgram = (vmId: string, group: string, adopt: boolean) => `
    import * as pulumi from "@pulumi/pulumi";
    import { KeyGroup, KMSHost, OperatingSystem } from "pulumi-windows-kms";
    const host = new KMSHost("kms", {
      keyGroup: KeyGroup.WindowsServer2022,
      productKey: new pulumi.Config().requireSecret("kmsHostKey"),
      os: OperatingSystem.WindowsServer2022,
      azureVmId: ${JSON.stringify(vmId)},
      srvRecords: [
        { privateZone: { resourceGroupName: ${JSON.stringify(group)}, zoneName: "corp.example" }, addressRecord: false },
      ],
      ledger: ${JSON.stringify(ledger)},
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
  });
  after(async () => {
    await Promise.all([first?.remove(), second?.remove()]);
    await rm(ledger.slice("file://".length), { recursive: true, force: true });
    await lab?.stop();
  });

  let vmId: string;
  let group: string;

  it("is let go by the first stack, and goes on as a host", async () => {
    const made = await first.up();
    assert.ok(made.ok, made.text);
    vmId = made.outputs.vmId.value as string;
    group = made.outputs.group.value as string;
    await first.write(firstProgram(retained));
    const kept = await first.up();
    assert.ok(kept.ok, kept.text);
    await first.write(kmsProgram("export const group = resourceGroupName;"));
    const left = await first.up();
    assert.ok(left.ok, left.text);
    const [machine] = await lab.control.machines();
    assert.equal(machine.partialProductKey, labHostKey.slice(-5));
    assert.equal(await srvRecords(), 1);
  });

  it("is refused to the second stack until that says adopt", async () => {
    second = await engineProgram(lab, "after", secondProgram(vmId, group, false));
    await second.setConfig("kmsHostKey", labHostKey, true);
    const { ok, text } = await second.up();
    assert.equal(ok, false);
    assert.match(text, /KMS6014 the ledger knows kms as the KMS host of the resource kms in the stack/);
  });

  it("is the second stack's then, with its activation and without another one", async () => {
    await second.write(secondProgram(vmId, group, true));
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
