import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rfc2136 } from "../../provider/srv/dynamic-update";
import { type Named, hasNamed, skippedWithoutNamed, startNamed } from "../srv/named";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

const zoneName = "dns.example";
/** Of this run alone: another one's may stand on a command line for a moment, when it is set. */
const keySecret = randomBytes(32).toString("base64");
const otherSecret = randomBytes(32).toString("base64");

const keyStatement = (name: string, secret: string) =>
  `key "${name}" { algorithm hmac-sha256; secret "${secret}"; };`;

const program = (server: string, changes = "") =>
  kmsProgram(`
const host = new KMSHost("kms", {
  ...hostArgs,
  zones: [{
    zoneName: "${zoneName}",
    dynamicUpdate: {
      servers: ["${server}"],
      tsig: { keyName: config.require("keyName"), secret: config.requireSecret("keySecret") },
    },
    priority: 5,
    ${changes}
  }],
});
export const fqdn = host.fqdn;
`);

describe(`a KMS host in a zone with dynamic updates, on the real engine and BIND${skippedWithoutNamed}`, function () {
  this.timeout(240_000);
  let lab: Lab;
  let named: Named;
  let stack: EngineProgram;

  const seen = () => named.dig(`_vlmcs._tcp.${zoneName}`, "SRV");
  const processes = () => execFileSync("ps", ["-eo", "args"], { encoding: "utf8", maxBuffer: 1 << 26 });

  before(async function () {
    if (!hasNamed) {
      this.skip();
    }
    const grant = (key: string) => `grant ${key} name _vlmcs._tcp.${zoneName} SRV;`;
    named = await startNamed(
      [{ name: zoneName, access: `update-policy { ${grant("first")} ${grant("second")} };` }],
      keyStatement("first", keySecret) + keyStatement("second", otherSecret),
    );
    lab = await startLab();
    stack = await engineProgram(lab, "dns-update", program(named.server));
    await stack.setConfig("kmsHostKey", labHostKey, true);
    await stack.setConfig("adminPassword", adminPassword, true);
    await stack.setConfig("keyName", "first");
    await stack.setConfig("keySecret", keySecret, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
    await named?.stop();
  });

  it("is refused in a preview when its zone is wrong, without showing the secret", async () => {
    await stack.write(program(named.server, "addressRecord: true, target: '10.0.0.4',"));
    const rules = await stack.preview();
    assert.equal(rules.ok, false);
    assert.match(rules.text, /KMS5014 zones\[0\]\.addressRecord: /);
    assert.match(rules.text, /KMS5012 zones\[0\]\.target: the target 10\.0\.0\.4 .*it is an address/);
    await stack.write(
      program("::1", "ttlSeconds: 0,").replace(
        'config.requireSecret("keySecret")',
        'pulumi.secret("se-cret")',
      ),
    );
    const shape = await stack.preview();
    assert.match(shape.text, /KMS1003 zones\[0\]\.dynamicUpdate\.servers\[0\]: .*::1.*in brackets/);
    assert.match(shape.text, /KMS1003 zones\[0\]\.ttlSeconds: .*1 to 2147483647/);
    assert.match(shape.text, /KMS1003 zones\[0\]\.dynamicUpdate\.tsig\.secret: .*a text of 7 characters/);
    assert.ok(!shape.text.includes("se-cret"));
    await stack.write(program(named.server));
  });

  it("is published, and the key's secret appears in no output, state or command line", async () => {
    const running = stack.up();
    const looks: string[] = [];
    const timer = setInterval(() => looks.push(processes()), 500);
    const { ok, outputs, text } = await running;
    clearInterval(timer);
    assert.ok(ok, text);
    assert.equal(outputs.fqdn.value, "kms.dns.example");
    assert.deepEqual(seen(), ["5 0 1688 kms.dns.example."]);
    const raw = Buffer.from(keySecret, "base64").toString("latin1");
    assert.ok(looks.length > 0);
    for (const secret of [keySecret, raw]) {
      assert.ok(!text.includes(secret), "in what the engine prints");
      assert.ok(!(await stack.storedState()).includes(secret), "in the state");
      assert.ok(!looks.some((look) => look.includes(secret)), "in the list of processes");
    }
  });

  it("stays the same in the next update", async () => {
    const { counts, text } = await stack.up();
    assert.deepEqual(Object.keys(counts), ["same"], text);
  });

  it("switches to another key without touching the record", async () => {
    await stack.setConfig("keyName", "second");
    await stack.setConfig("keySecret", otherSecret, true);
    const { ok, counts, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual([counts.update, counts.replace], [2, undefined], "the host and its record: " + text);
    assert.deepEqual(seen(), ["5 0 1688 kms.dns.example."]);
    assert.ok(!(await stack.storedState()).includes(otherSecret));
  });

  it("is found without its record by a refresh, and the next update repairs it", async () => {
    const zone = rfc2136({
      zoneName,
      servers: [named.server],
      tsig: { keyName: "first", secret: keySecret },
    });
    await zone.remove({ priority: 5, weight: 0, port: 1688, target: "kms.dns.example" });
    const refreshed = await stack.refresh();
    assert.ok(refreshed.ok, refreshed.text);
    assert.ok(!(await stack.storedState()).includes(otherSecret), "a refresh keeps the secret secret");
    const { ok, counts, text } = await stack.up();
    assert.ok(ok, text);
    assert.equal(counts.update, 1, text);
    assert.match(text, /its SRV record kms\.dns\.example:1688 is missing from the zone/);
    assert.deepEqual(seen(), ["5 0 1688 kms.dns.example."]);
  });

  it("fails with what to do when the server refuses the update", async () => {
    await stack.setConfig("keySecret", keySecret, true);
    const { ok, text } = await stack.up();
    assert.equal(ok, false);
    assert.match(text, /KMS5028 .*BADSIG: the secret of the key second/);
    assert.ok(!text.includes(keySecret));
    await stack.setConfig("keySecret", otherSecret, true);
  });

  it("loses its record when the stack is destroyed", async () => {
    const repaired = await stack.up();
    assert.ok(repaired.ok, repaired.text);
    const { ok, text } = await stack.destroy();
    assert.ok(ok, text);
    assert.deepEqual(seen(), []);
  });
});
