import assert from "node:assert/strict";
import { story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

/** Ten invalid resources of ten kinds, each with the code that it must get. */
const invalid = [
  { code: "KMS2001", name: "unknown-group", host: `key: { ...key, keyGroup: "Windows Server 2022 KMS" }` },
  { code: "KMS2002", name: "unknown-os", host: `os: "Windows Server 2023"` },
  { code: "KMS2004", name: "wrong-pair", host: `os: OperatingSystem.WindowsServer2025` },
  { code: "KMS2006", name: "azure-edition", host: `edition: "Datacenter: Azure Edition"` },
  {
    code: "KMS1101",
    name: "malformed-key",
    host: `key: { ...key, productKey: "${labHostKey.slice(0, -1)}" }`,
  },
  {
    code: "KMS1005",
    name: "two-sources",
    host: `machine: { create, azureVmId: "/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/virtualMachines/v" }`,
  },
  { code: "KMS2102", name: "exposed", host: `clientPrefixes: ["0.0.0.0/0"]` },
  { code: "KMS1001", name: "misspelt", host: `clientPrefixs: []` },
  { code: "KMS1003", name: "port-zero", host: `port: 0` },
  { code: "KMS2013", name: "not-served", group: `os: OperatingSystem.WindowsServer2025` },
];

const program = kmsProgram(`
const good = new KMSHost("good", hostArgs);
${invalid
  .map(({ name, host, group }) =>
    host === undefined
      ? `new KMSClientGroup("${name}", { hosts: [good], ...groupArgs, ${group} } as any);`
      : `const ${name.replace(/-/g, "")} = new KMSHost("${name}", { ...hostArgs, ${host} } as any);`,
  )
  .join("\n")}
new KMSClientGroup("dependant", { hosts: [exposed], ...groupArgs });
`);

describe("invalid resources on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let stack: EngineProgram;

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "refusals", program);
    stack.setConfig("kmsHostKey", labHostKey, true);
    stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  const { step } = story();

  const previewed = step("preview", () => stack.preview());

  it("are all reported in one preview, each with code and URN, and make it fail", async () => {
    const { ok, diagnostics, text } = await previewed();
    assert.equal(ok, false);
    const errors = diagnostics.filter(
      ({ severity, urn }) => severity === "error" && urn?.includes("windows-kms:index:"),
    );
    const found = errors.map(({ message, urn }) => ({
      code: message.slice(0, 7),
      name: urn?.split("::").at(-1),
    }));
    for (const { code, name } of invalid) {
      assert.ok(
        found.some((error) => error.code === code && error.name === name),
        `${code} on ${name}:\n${text}`,
      );
    }
    assert.ok(!text.includes(labHostKey.slice(0, -6)), "no key is shown");
  });

  it("get no children in the preview", async () => {
    const { events } = await previewed();
    const names = events.flatMap(
      ({ resourcePreEvent }) => resourcePreEvent?.metadata.urn.split("::").at(-1) ?? [],
    );
    assert.ok(names.includes("good-vm"));
    for (const { name } of [...invalid, { name: "dependant" }]) {
      assert.deepEqual(
        names.filter((child) => child.startsWith(`${name}-`)),
        [],
      );
    }
  });

  const updated = step("up", async () => ({ ...(await stack.up()), machines: await lab.control.machines() }));
  const destroyed = step("destroy", async () => ({
    ...(await stack.destroy()),
    left: await lab.control.resources(),
  }));

  it("are not created by an update without a preview, and neither is what depends on them", async () => {
    const { ok, machines } = await updated();
    assert.equal(ok, false);
    assert.deepEqual(
      machines.map(({ computerName }) => computerName),
      ["good"],
    );
    const { ok: isDestroyed, text, left } = await destroyed();
    assert.ok(isDestroyed, text);
    assert.deepEqual(left, []);
  });
});

describe("a seventh host for one key on the real engine (R132)", function () {
  this.timeout(240_000);

  it("is refused in the preview, while six are accepted", async () => {
    const lab = await startLab();
    const body = `for (let n = 1; n <= 7; n++) new KMSHost("kms" + n, { ...hostArgs, zones: [] });`;
    const stack = await engineProgram(lab, "seventh", kmsProgram(body));
    try {
      stack.setConfig("kmsHostKey", labHostKey, true);
      stack.setConfig("adminPassword", adminPassword, true);
      const { ok, diagnostics, text } = await stack.preview();
      assert.equal(ok, false, text);
      const errors = diagnostics.filter(
        ({ severity, urn }) => severity === "error" && urn?.includes("KMSHost"),
      );
      assert.equal(errors.length, 1, text);
      assert.match(
        errors[0].message,
        /^KMS2101 key\.productKey: .*number 7 .*kms1, kms2, kms3, kms4, kms5, kms6/,
      );
      assert.match(errors[0].urn ?? "", /KMSHost::kms7$/);
    } finally {
      await stack.remove();
      await lab.stop();
    }
  });
});

describe("values that are known only in the update, on the real engine", function () {
  this.timeout(240_000);

  const late = (value: string) => `group.id.apply(() => ${value})`;

  it("are reported in the preview where they decide what is declared", async () => {
    const lab = await startLab();
    const os = late("OperatingSystem.WindowsServer2022");
    const stack = await engineProgram(
      lab,
      "known",
      kmsProgram(`new KMSHost("late", { ...hostArgs, os: ${os} });`),
    );
    try {
      stack.setConfig("kmsHostKey", labHostKey, true);
      stack.setConfig("adminPassword", adminPassword, true);
      const { ok, diagnostics, text } = await stack.preview();
      assert.equal(ok, false, text);
      const [error] = diagnostics.filter(
        ({ severity, urn }) => severity === "error" && urn?.includes("KMSHost"),
      );
      assert.match(error?.message ?? text, /^KMS1\d{3} os: .*known/);
    } finally {
      await stack.remove();
      await lab.stop();
    }
  });

  it("are checked in the update, and refused before anything of the resource is created", async () => {
    const lab = await startLab();
    const body = `
const malformed = ${late(`"${labHostKey.slice(0, -1)}"`)};
new KMSHost("late", { ...hostArgs, key: { ...key, productKey: malformed } });
const productKey = ${late(`"${labHostKey}"`)};
for (let n = 1; n <= 7; n++) new KMSHost("kms" + n, { ...hostArgs, zones: [], key: { ...key, productKey } });`;
    const stack = await engineProgram(lab, "late", kmsProgram(body));
    try {
      stack.setConfig("kmsHostKey", labHostKey, true);
      stack.setConfig("adminPassword", adminPassword, true);
      const preview = await stack.preview();
      assert.ok(preview.ok, preview.text);
      const { ok, diagnostics, text } = await stack.up();
      assert.equal(ok, false);
      const errors = diagnostics
        .filter(({ severity, urn }) => severity === "error" && urn?.includes("KMSHost"))
        .map(({ message, urn }) => `${message.slice(0, 7)} ${urn?.split("::").at(-1)}`);
      assert.deepEqual(errors.sort(), ["KMS1101 late", "KMS2101 kms7"], text);
      assert.equal(
        text.split("KMS2302").length - 1,
        2,
        "the program's error is printed once live and once at the end",
      );
      assert.ok(!/\n\s+at /.test(text), text);
      const names = (await lab.control.machines()).map(({ computerName }) => computerName).sort();
      assert.deepEqual(names, ["kms1", "kms2", "kms3", "kms4", "kms5", "kms6"]);
    } finally {
      await stack.remove();
      await lab.stop();
    }
  });
});
