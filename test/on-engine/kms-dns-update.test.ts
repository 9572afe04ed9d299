import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rfc2136 } from "../../provider/srv/dynamic-update";
import { type Named, hasNamed, skippedWithoutNamed, startNamed } from "../srv/named";
import { story } from "../story";
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
    stack.setConfig("kmsHostKey", labHostKey, true);
    stack.setConfig("adminPassword", adminPassword, true);
    stack.setConfig("keyName", "first");
    stack.setConfig("keySecret", keySecret, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
    await named?.stop();
  });

  const { step } = story();

  const wrongRules = step("a preview of a zone that the rules refuse", async () => {
    await stack.write(program(named.server, "addressRecord: true, target: '10.0.0.4',"));
    return stack.preview();
  });
  const wrongShape = step("a preview of a zone of the wrong shape", async () => {
    await stack.write(
      program("::1", "ttlSeconds: 0,").replace(
        'config.requireSecret("keySecret")',
        'pulumi.secret("se-cret")',
      ),
    );
    return stack.preview();
  });

  it("is refused in a preview when its zone is wrong, without showing the secret", async () => {
    const rules = await wrongRules();
    assert.equal(rules.ok, false);
    assert.match(rules.text, /KMS5014 zones\[0\]\.addressRecord: /);
    assert.match(rules.text, /KMS5012 zones\[0\]\.target: the target 10\.0\.0\.4 .*it is an address/);
    const shape = await wrongShape();
    assert.match(shape.text, /KMS1003 zones\[0\]\.dynamicUpdate\.servers\[0\]: .*::1.*in brackets/);
    assert.match(shape.text, /KMS1003 zones\[0\]\.ttlSeconds: .*1 to 2147483647/);
    assert.match(shape.text, /KMS1003 zones\[0\]\.dynamicUpdate\.tsig\.secret: .*a text of 7 characters/);
    assert.ok(!shape.text.includes("se-cret"));
  });

  const published = step("up", async () => {
    await stack.write(program(named.server));
    const looks: string[] = [];
    const timer = setInterval(() => looks.push(processes()), 500);
    try {
      return { ...(await stack.up()), looks, records: seen(), state: await stack.storedState() };
    } finally {
      clearInterval(timer);
    }
  });

  it("is published, and the key's secret appears in no output, state or command line", async () => {
    const { ok, outputs, text, looks, records, state } = await published();
    assert.ok(ok, text);
    assert.equal(outputs.fqdn.value, "kms.dns.example");
    assert.deepEqual(records, ["5 0 1688 kms.dns.example."]);
    const raw = Buffer.from(keySecret, "base64").toString("latin1");
    assert.ok(looks.length > 0);
    for (const secret of [keySecret, raw]) {
      assert.ok(!text.includes(secret), "in what the engine prints");
      assert.ok(!state.includes(secret), "in the state");
      assert.ok(!looks.some((look) => look.includes(secret)), "in the list of processes");
    }
  });

  const switched = step("another key", async () => {
    stack.setConfig("keyName", "second");
    stack.setConfig("keySecret", otherSecret, true);
    return { ...(await stack.up()), records: seen(), state: await stack.storedState() };
  });

  it("switches to another key without touching the record", async () => {
    const { ok, counts, text, records, state } = await switched();
    assert.ok(ok, text);
    assert.deepEqual([counts.update, counts.replace], [2, undefined], "the host and its record: " + text);
    assert.deepEqual(records, ["5 0 1688 kms.dns.example."]);
    assert.ok(!state.includes(otherSecret));
  });

  const removed = step("a refresh without the record", async () => {
    const zone = rfc2136({
      zoneName,
      servers: [named.server],
      tsig: { keyName: "first", secret: keySecret },
    });
    await zone.remove({ priority: 5, weight: 0, port: 1688, target: "kms.dns.example" });
    return { ...(await stack.refresh()), state: await stack.storedState() };
  });
  const repaired = step("the update that repairs it", async () => ({
    ...(await stack.up()),
    records: seen(),
  }));

  it("is found without its record by a refresh, and the next update repairs it", async () => {
    const refreshed = await removed();
    assert.ok(refreshed.ok, refreshed.text);
    assert.ok(!refreshed.state.includes(otherSecret), "a refresh keeps the secret secret");
    const { ok, counts, text, records } = await repaired();
    assert.ok(ok, text);
    assert.equal(counts.update, 1, text);
    assert.match(text, /its SRV record kms\.dns\.example:1688 is missing from the zone/);
    assert.deepEqual(records, ["5 0 1688 kms.dns.example."]);
  });

  const refused = step("a wrong secret", async () => {
    stack.setConfig("keySecret", keySecret, true);
    return stack.up();
  });

  it("fails with what to do when the server refuses the update", async () => {
    const { ok, text } = await refused();
    assert.equal(ok, false);
    assert.match(text, /KMS5028 .*BADSIG: the secret of the key second/);
    assert.ok(!text.includes(keySecret));
  });

  const destroyed = step("destroy", async () => ({ ...(await stack.destroy()), records: seen() }));

  it("loses its record when the stack is destroyed, also after an update that was refused", async () => {
    const { ok, text, records } = await destroyed();
    assert.ok(ok, text);
    assert.deepEqual(records, []);
  });
});
