import assert from "node:assert/strict";
import { type Named, hasNamed, skippedWithoutNamed, startNamed } from "../dns/named";
import { startSshMachine } from "../lab-run/ssh-fixture";
import type { TestServer } from "../machine/ssh-server";
import { type EngineProgram, engineProgram } from "./engine";
import { labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

const zoneName = "corp.example";

/** A KMS host over SSH that publishes itself; `record` is its only SRV record. */
const program = (record: string) => `
import * as pulumi from "@pulumi/pulumi";
import { KeyGroup, KMSHost, OperatingSystem } from "pulumi-windows-kms";

const config = new pulumi.Config();
new KMSHost("kms", {
  keyGroup: KeyGroup.WindowsServer2022,
  productKey: config.requireSecret("kmsHostKey"),
  os: OperatingSystem.WindowsServer2022,
  ssh: { ...config.requireObject<{ host: string; user: string; hostKeyFingerprint: string }>("server"), password: config.requireSecret("password") },
  dnsPublishing: "host",
  srvRecords: [${record}],
});
`;

const inPrivateZone = `{ privateZone: { resourceGroupName: "rg", zoneName: "${zoneName}", subscriptionId: "00000000-0000-0000-0000-000000000001" } }`;

describe(`a KMS host that publishes itself, on the real engine and BIND${skippedWithoutNamed}`, function () {
  this.timeout(240_000);
  let lab: Lab;
  let named: Named;
  let server: TestServer;
  let stack: EngineProgram;

  const seen = () => named.dig(`_vlmcs._tcp.${zoneName}`, "SRV");

  before(async function () {
    if (!hasNamed) {
      this.skip();
    }
    named = await startNamed([{ name: zoneName, access: "allow-update { any; };" }]);
    lab = await startLab();
    await lab.control.setOnPremisesZone({ zone: zoneName, server: named.server });
    const system = { osBuild: "20348.2322", editionId: "ServerDatacenter", productType: 3 } as const;
    await lab.control.bootOnPremises({ name: "KMS1", ...system, domain: zoneName });
    server = await startSshMachine(lab.control, "KMS1");
    stack = await engineProgram(lab, "self-published", program(inPrivateZone));
    const { password, ...address } = server.address;
    await stack.setConfig("server", JSON.stringify(address));
    await stack.setConfig("password", password!, true);
    await stack.setConfig("kmsHostKey", labHostKey, true);
  });
  after(async () => {
    await stack?.remove();
    await server?.close();
    await lab?.stop();
    await named?.stop();
  });

  it("is refused an Azure private DNS zone in a preview", async () => {
    const { ok, text } = await stack.preview();
    assert.equal(ok, false);
    assert.match(text, /KMS5036 srvRecords\[0\]\.privateZone: .*corp\.example/);
    await stack.write(program(`{ dnsUpdate: { zoneName: "${zoneName}", servers: ["${named.server}"] } }`));
  });

  it("R129: is found by the record that Windows wrote", async () => {
    const { ok, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual(seen(), ["0 0 1688 kms1.corp.example."]);
    const [kms] = await lab.control.machines();
    assert.equal(kms.publishedPort, 1688, "Windows publishes on");
  });

  it("changes nothing in the next update, and shows no drift in a refresh", async () => {
    assert.ok((await stack.refresh()).ok);
    const { ok, counts, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual(Object.keys(counts), ["same"], text);
  });

  it("R145: loses the record when the stack is destroyed", async () => {
    const { ok, text } = await stack.destroy();
    assert.ok(ok, text);
    assert.deepEqual(seen(), []);
  });
});
