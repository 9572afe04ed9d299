import assert from "node:assert/strict";
import { story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

/** A host with each of the two ways that the page on moving a host shows to keep it. */
const former = (keep: boolean) =>
  kmsProgram(`
const retained: pulumi.ComponentResourceOptions = { retainOnDelete: ${keep} };
const transformed: pulumi.ComponentResourceOptions = {
  transformations: [({ props, opts }) => ({
    props,
    opts: pulumi.mergeOptions(opts, { retainOnDelete: ${keep} }),
  })],
};
const kms = new KMSHost("kms", hostArgs, retained);
const kms2 = new KMSHost("kms2", hostArgs, transformed);
export const azureVmIds = [kms.azureVmId, kms2.azureVmId];
export const zoneId = zone.id;
`);
const left = kmsProgram("");

/** The stack that adopts the hosts, with the same key and ledger, which it names in both ways. */
const next = (more: string) => `
import * as pulumi from "@pulumi/pulumi";
import { KeyGroup, KMSHost, OperatingSystem } from "pulumi-windows-kms";

const config = new pulumi.Config();
const [kms, kms2] = config.requireObject<string[]>("azureVmIds");
const key = { keyGroup: KeyGroup.WindowsServer2022, productKey: config.requireSecret("kmsHostKey") };
const common = {
  os: OperatingSystem.WindowsServer2022,
  zones: [{ zoneName: "corp.example", azurePrivateZoneId: config.require("zoneId"), addressRecord: false }],
  ${more}
};
const central = new KMSHost("central", {
  ...common,
  key: { ...key, ledger: config.require("ledger") },
  machine: { azureVmId: kms },
});
const second = new KMSHost("second", { ...common, key, machine: { azureVmId: kms2 } });
export const hosts = pulumi.all([central, second].map(({ licenseStatus, activatedAt, fqdn }) =>
  pulumi.all([licenseStatus, activatedAt, fqdn])));
`;

describe("KMS hosts that move to another stack, on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let owning: EngineProgram;
  let taking: EngineProgram;

  /** The machines, what Microsoft counts, and the targets of the zone's SRV records. */
  const serviceOf = async () => ({
    machines: await lab.control.machines(),
    activations: await lab.control.activations(labHostKey.slice(-5)),
    targets: await srvTargets(),
  });
  const srvTargets = async () => {
    const id = (await lab.control.resources()).find((one) => /\/SRV\/_vlmcs\._tcp$/i.test(one));
    if (id === undefined) {
      return [];
    }
    const answer = await fetch(`${lab.address.arm}${id}?api-version=2024-06-01`);
    const { properties } = (await answer.json()) as { properties: { srvRecords: { target: string }[] } };
    return properties.srvRecords.map(({ target }) => target).sort();
  };

  before(async () => {
    lab = await startLab();
    owning = await engineProgram(lab, "takeover-former", former(false));
    owning.setConfig("kmsHostKey", labHostKey, true);
    owning.setConfig("adminPassword", adminPassword, true);
    const { ok, outputs, text } = await owning.up();
    assert.ok(ok, text);
    taking = await engineProgram(lab, "takeover-next", next(""), { beside: owning });
    const ledger = `file://${owning.folder}/kms-ledger`;
    taking.setConfig("kmsHostKey", labHostKey, true);
    taking.setConfig("ledger", ledger);
    taking.setConfig("windows-kms:ledger", ledger);
    taking.setConfig("azureVmIds", JSON.stringify(outputs.azureVmIds.value));
    taking.setConfig("zoneId", outputs.zoneId.value as string);
  });
  after(async () => {
    await taking?.remove();
    await owning?.remove();
    await lab?.stop();
  });
  const { step } = story();

  const refused = step("a stack without adopt", () => taking.up());

  it("are refused by a stack without adopt", async () => {
    const { ok, text } = await refused();
    assert.equal(ok, false);
    for (const name of ["kms", "kms2"]) {
      const refusal = `KMS6014 the ledger knows ${name} as the KMS host of the resource ${name} in the stack`;
      assert.match(text, new RegExp(`${refusal} .*takeover-former`));
    }
  });

  const kept = step("the former stack with retainOnDelete", async () => {
    const before = await serviceOf();
    await owning.write(former(true));
    return { ...(await owning.up()), before };
  });
  const released = step("the former stack without the hosts", async () => {
    await owning.write(left);
    return { ...(await owning.up()), after: await serviceOf() };
  });

  it("are left unchanged by their former stack with retainOnDelete, of component or children", async () => {
    const update = await kept();
    assert.ok(update.ok, update.text);
    const { ok, text, after } = await released();
    assert.ok(ok, text);
    assert.deepEqual(after, update.before);
    assert.deepEqual(
      after.machines
        .map(({ computerName, partialProductKey }) => `${computerName} ${partialProductKey}`)
        .sort(),
      ["kms", "kms2"].map((name) => `${name} ${labHostKey.slice(-5)}`),
    );
    assert.deepEqual(after.targets, ["kms.corp.example", "kms2.corp.example"]);
  });

  const adopted = step("the new stack with adopt", async () => {
    await taking.write(next("adopt: true,"));
    return { ...(await taking.up()), after: await serviceOf() };
  });
  const withoutAdopt = step("the new stack without adopt again", async () => {
    await taking.write(next(""));
    return { ...(await taking.up()), after: await serviceOf() };
  });
  const previewed = step("a preview of the new stack", () => taking.preview());

  it("are adopted without another activation", async () => {
    const { ok, outputs, text, after } = await adopted();
    assert.ok(ok, text);
    assert.deepEqual(
      outputs.hosts.value,
      ["kms.corp.example", "kms2.corp.example"].map((fqdn) => ["Licensed", null, fqdn]),
      "this stack has activated none",
    );
    const before = (await released()).after;
    assert.deepEqual(after.activations, before.activations);
    assert.deepEqual(after.targets, before.targets);
    const later = await withoutAdopt();
    assert.ok(later.ok, later.text);
    assert.deepEqual(later.after, after, "they are not changed without adopt");
    const again = await previewed();
    assert.deepEqual(Object.keys(again.counts), ["same"], again.text);
    assert.match(again.text, /KMS6020 .* has 4 of 6 hosts left/);
  });

  const destroyed = step("destroy of the new stack", async () => ({
    ...(await taking.destroy()),
    after: await serviceOf(),
  }));

  it("stay in service while their new stack has them, and become clients when that stack is destroyed", async () => {
    const channels = ({ machines }: Awaited<ReturnType<typeof serviceOf>>) =>
      machines.map(({ productKeyChannel }) => productKeyChannel);
    assert.deepEqual(channels((await withoutAdopt()).after), ["Volume:CSVLK", "Volume:CSVLK"]);
    const { ok, text, after } = await destroyed();
    assert.ok(ok, text);
    assert.deepEqual(channels(after), ["Volume:GVLK", "Volume:GVLK"]);
    assert.deepEqual(after.targets, []);
  });
});
