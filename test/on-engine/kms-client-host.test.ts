import assert from "node:assert/strict";
import { hostKey } from "../lab/windows/test-lab";
import { type EngineProgram, engineProgram } from "./engine";
import { type Lab, startLab } from "./lab";

/** Hosts on client operating systems over SSH; a preview reaches none of these machines. */
const program = `
import * as pulumi from "@pulumi/pulumi";
import { Edition, KeyGroup, KMSClientGroup, KMSHost, OperatingSystem } from "pulumi-windows-kms";

const config = new pulumi.Config();
const at = (host: string) => ({ host, user: "administrator", agent: true, hostKeyFingerprint: "SHA256:${"a".repeat(43)}" });
const hostArgs = (os: string, host: string) => ({
  key: { keyGroup: KeyGroup.Windows10, productKey: config.requireSecret("kmsHostKey") },
  os,
  edition: Edition.Enterprise,
  machine: { ssh: at(host) },
});
const desktop = new KMSHost("desktop", hostArgs(OperatingSystem.Windows10, "pc0.corp.example"));
const other = new KMSHost("other", hostArgs(OperatingSystem.Windows10, "pc99.corp.example"));
new KMSHost("newer", hostArgs(OperatingSystem.Windows11, "pc98.corp.example"));
new KMSClientGroup("desktops", {
  hosts: [desktop],
  os: OperatingSystem.Windows10,
  edition: Edition.Enterprise,
  machines: { ssh: { machines: Array.from({ length: 24 }, (_, index) => at(\`pc\${index + 1}.corp.example\`)) } },
});
new KMSClientGroup("servers", {
  hosts: [other],
  os: OperatingSystem.WindowsServer2022,
  edition: Edition.Datacenter,
  machines: { ssh: { machines: ["srv1", "srv2", "srv3", "srv4", "srv5"].map((name) => at(\`\${name}.corp.example\`)) } },
});
`;

describe("KMS hosts on client operating systems, in a preview on the real engine", function () {
  this.timeout(120_000);
  let lab: Lab;
  let stack: EngineProgram;

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "client-host", program);
    stack.setConfig("kmsHostKey", hostKey("Volume license for Windows 10"), true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  it("serve Windows clients from the 25th on and no servers, and are refused where the key group excludes them", async () => {
    const { ok, diagnostics, text } = await stack.preview();
    assert.equal(ok, false);
    const reported = diagnostics.flatMap(({ severity, message, urn }) => {
      const code = /^KMS\d{4}/.exec(message)?.[0];
      return code === undefined ? [] : [`${urn?.split("::").at(-1)} ${severity} ${code}`];
    });
    for (const expected of ["desktops warning KMS2211", "newer error KMS2004", "servers error KMS2205"]) {
      assert.ok(reported.includes(expected), `${expected} in\n${reported.join("\n")}\n${text}`);
    }
    assert.ok(!reported.some((line) => /^(desktop|desktops|other) error /.test(line)), text);
    assert.match(text, /24 machines, but the threshold is 25/);
  });
});
