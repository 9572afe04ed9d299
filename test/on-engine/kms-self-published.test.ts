import assert from "node:assert/strict";
import { type Named, hasNamed, skippedWithoutNamed, startNamed } from "../srv/named";
import { startSshMachine } from "../lab-run/ssh-fixture";
import type { TestServer } from "../machine/ssh-server";
import { story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

const zoneName = "corp.example";

/** A KMS host over SSH whose record Windows publishes in one zone. */
const program = (zone: string) => `
import * as pulumi from "@pulumi/pulumi";
import { KeyGroup, KMSHost, OperatingSystem, RecordPublisher } from "pulumi-windows-kms";

const config = new pulumi.Config();
new KMSHost("kms", {
  key: { keyGroup: KeyGroup.WindowsServer2022, productKey: config.requireSecret("kmsHostKey") },
  os: OperatingSystem.WindowsServer2022,
  machine: {
    ssh: {
      ...config.requireObject<{ host: string; user: string; hostKeyFingerprint: string }>("server"),
      password: config.requireSecret("password"),
    },
  },
  zones: [{ zoneName: "${zoneName}", publishedBy: RecordPublisher.Windows, ${zone} }],
});
`;

const zoneId = `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Network/privateDnsZones/${zoneName}`;
const inPrivateZone = `azurePrivateZoneId: "${zoneId}"`;

describe(`a KMS host whose record Windows publishes, on the real engine and BIND${skippedWithoutNamed}`, function () {
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
    stack.setConfig("server", JSON.stringify(address));
    stack.setConfig("password", password!, true);
    stack.setConfig("kmsHostKey", labHostKey, true);
  });
  after(async () => {
    await stack?.remove();
    await server?.close();
    await lab?.stop();
    await named?.stop();
  });

  const { step } = story();

  const refused = step("a preview with an Azure private DNS zone", () => stack.preview());

  it("is refused an Azure private DNS zone in a preview", async () => {
    const { ok, text } = await refused();
    assert.equal(ok, false);
    assert.match(text, /KMS5036 zones\[0\]\.publishedBy: .*corp\.example/);
  });

  const published = step("up", async () => {
    await stack.write(program(`dynamicUpdate: { servers: ["${named.server}"] }`));
    return { ...(await stack.up()), records: seen(), machines: await lab.control.machines() };
  });

  it("is found by the record that Windows wrote (R129)", async () => {
    const { ok, text, records, machines } = await published();
    assert.ok(ok, text);
    assert.deepEqual(records, ["0 0 1688 kms1.corp.example."]);
    assert.equal(machines[0].publishedPort, 1688, "Windows goes on publishing");
  });

  const refreshed = step("refresh", () => stack.refresh());
  const again = step("the next update", () => stack.up());

  it("stays the same in the next update, and shows no drift in a refresh", async () => {
    const refresh = await refreshed();
    assert.ok(refresh.ok, refresh.text);
    const { ok, counts, text } = await again();
    assert.ok(ok, text);
    assert.deepEqual(Object.keys(counts), ["same"], text);
  });

  const destroyed = step("destroy", async () => ({ ...(await stack.destroy()), records: seen() }));

  it("loses the record when the stack is destroyed (R145)", async () => {
    const { ok, text, records } = await destroyed();
    assert.ok(ok, text);
    assert.deepEqual(records, []);
  });
});
