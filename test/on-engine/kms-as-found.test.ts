import assert from "node:assert/strict";
import type { KMSClientMember } from "../../provider";
import { story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, existingMachine, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

/** Another program owns the machines, so that nothing in the tested one tells what runs on them. */
const machinesProgram = kmsProgram(`${existingMachine}
["kms", "a1", "a2", "a3", "a4"].forEach((name) => machine(name));
machine("b1", { offer: "WindowsServer", sku: "2016-datacenter-gensecond" });
machine("c1", { offer: "WindowsServer", sku: "2025-datacenter-g2" });
export const groupId = group.id;
export const zoneId = zone.id;
`);

const program = (found: { groupId: string; zoneId: string }, members: string[], more = "") => `
import * as pulumi from "@pulumi/pulumi";
import { Edition, KeyGroup, KMSClientGroup, KMSHost, OperatingSystem } from "pulumi-windows-kms";

const vm = (name: string) => "${found.groupId}/providers/Microsoft.Compute/virtualMachines/" + name;
const host = new KMSHost("kms", {
  key: { keyGroup: KeyGroup.WindowsServer2022, productKey: new pulumi.Config().requireSecret("kmsHostKey") },
  machine: { azureVmId: vm("kms") },
  zones: [{ zoneName: "corp.example", azurePrivateZoneId: "${found.zoneId}" }],
});
const web = new KMSClientGroup("web", {
  hosts: [host],
  machines: { azureVmIds: ${JSON.stringify(members)}.map(vm) },
  ${more}
});
export const { os, edition } = host;
export const members = web.members;
`;

const served = ["a1", "a2", "a3", "a4", "b1"];

describe("machines as found, on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let machines: EngineProgram;
  let stack: EngineProgram;
  let found: { groupId: string; zoneId: string };

  const states = (value: unknown) =>
    (value as KMSClientMember[]).map(({ name, status, os, partialProductKey }) =>
      [name, status, os, partialProductKey].join(" "),
    );
  const keyOf = async (computerName: string) =>
    (await lab.control.machines()).find((one) => one.computerName === computerName)!.partialProductKey;

  before(async () => {
    lab = await startLab();
    machines = await engineProgram(lab, "machines", machinesProgram);
    machines.setConfig("adminPassword", adminPassword, true);
    machines.setConfig("kmsHostKey", labHostKey, true);
    const { ok, outputs, text } = await machines.up();
    assert.ok(ok, text);
    found = { groupId: outputs.groupId.value as string, zoneId: outputs.zoneId.value as string };
    stack = await engineProgram(lab, "as-found", program(found, [...served, "c1"]));
    stack.setConfig("kmsHostKey", labHostKey, true);
  });
  after(async () => {
    await Promise.all([stack?.remove(), machines?.remove()]);
    await lab?.stop();
  });

  const { step } = story();

  const firstPreview = step("the first preview", () => stack.preview());

  it("are not judged at the first preview, when nobody has looked at them", async () => {
    const { ok, text } = await firstPreview();
    assert.ok(ok, text);
    assert.doesNotMatch(text, /KMS2013|KMS2211/);
  });

  const refused = step("the first update", async () => ({
    ...(await stack.up()),
    keys: await Promise.all(["a1", "b1", "c1"].map(keyOf)),
  }));

  it("get the setup key of their own system; one that the key cannot serve is refused and left alone", async () => {
    const { ok, text, keys } = await refused();
    assert.equal(ok, false);
    assert.match(text, /KMS4004 1 of 6 members of web failed:\s+c1: KMS2013 /);
    assert.match(text, /c1: KMS2013 .*does not activate Windows Server 2025 Datacenter/);
    assert.deepEqual(
      keys,
      ["6VM33", "8XDDG", "YP6DF"],
      "setup keys of Windows Server 2022 and 2016, and the one of c1's image",
    );
  });

  const secondPreview = step("the next preview", () => stack.preview());

  it("are reported at the next preview by what was seen of them", async () => {
    const { text } = await secondPreview();
    assert.match(text, /web: KMS2013 .*Windows Server 2025 Datacenter.* c1|c1 is failed: KMS2013 /);
  });

  const licensed = step("an update without the one that is refused", async () => {
    await stack.write(program(found, served));
    return stack.up();
  });
  const again = step("another one", () => stack.up());

  it("are all licensed without the one that is refused, and the host's system is an output", async () => {
    const { ok, outputs, text } = await licensed();
    assert.ok(ok, text);
    assert.deepEqual(states(outputs.members.value), [
      ...["a1", "a2", "a3", "a4"].map((name) => `${name} Licensed Windows Server 2022 6VM33`),
      "b1 Licensed Windows Server 2016 8XDDG",
    ]);
    assert.deepEqual([outputs.os.value, outputs.edition.value], ["Windows Server 2022", "Datacenter"]);
    const { counts, text: same } = await again();
    assert.deepEqual(Object.keys(counts), ["same"], same);
  });

  const declaredPreview = step("a preview with a declared system", async () => {
    await stack.write(program(found, served, "os: OperatingSystem.WindowsServer2022,"));
    return stack.preview();
  });
  const declared = step("an update with a declared system", async () => ({
    ...(await stack.up()),
    key: await keyOf("b1"),
  }));

  it("are reported where they are not what is declared later", async () => {
    const preview = await declaredPreview();
    assert.match(preview.text, /KMS4016 os: b1 runs Windows Server 2016 Datacenter/);
    const { ok, text, key } = await declared();
    assert.equal(ok, false);
    assert.match(text, /KMS4004 1 of 5 members of web failed:\s+b1: KMS4016 /);
    assert.equal(key, "8XDDG");
  });
});
