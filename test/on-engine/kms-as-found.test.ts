import assert from "node:assert/strict";
import type { KMSClientMember } from "../../provider";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, existingMachine, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

/** The package looks at the images of declared machines, but not into what is an Output. */
const imagesUnknown = existingMachine.replace(
  /imageReference: (\{[^}]*\})/,
  "imageReference: pulumi.output($1)",
);

/** Existing machines of three operating systems; their IDs do not tell which resource, and so which image, they come from. */
const program = (members: string[], more = "") =>
  kmsProgram(`${imagesUnknown}
const { os: _os, clientPrefixes: _prefixes, ...common } = hostArgs;
const host = new KMSHost("kms", { ...common, machine: { azureVmId: machine("kms").id } });
const all = {
  ...Object.fromEntries(["a1", "a2", "a3", "a4"].map((name) => [name, machine(name)])),
  b1: machine("b1", { offer: "WindowsServer", sku: "2016-datacenter-gensecond" }),
  c1: machine("c1", { offer: "WindowsServer", sku: "2025-datacenter-g2" }),
};
const web = new KMSClientGroup("web", {
  hosts: [host],
  machines: {
    azureVmIds: ${JSON.stringify(members)}.map(
      (name) => group.id.apply((id) => id + "/providers/Microsoft.Compute/virtualMachines/" + name),
    ),
  },
  ${more}
}, { dependsOn: Object.values(all) });
export const { os, edition } = host;
export const members = web.members;
`);

const served = ["a1", "a2", "a3", "a4", "b1"];

describe("machines as found, on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let stack: EngineProgram;

  const states = (value: unknown) =>
    (value as KMSClientMember[]).map(({ name, status, os, partialProductKey }) =>
      [name, status, os, partialProductKey].join(" "),
    );
  const keyOf = async (computerName: string) =>
    (await lab.control.machines()).find((one) => one.computerName === computerName)!.partialProductKey;

  before(async () => {
    lab = await startLab();
    stack = await engineProgram(lab, "as-found", program([...served, "c1"]));
    await stack.setConfig("kmsHostKey", labHostKey, true);
    await stack.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await stack?.remove();
    await lab?.stop();
  });

  it("are not judged at the first preview, when nobody has looked at them", async () => {
    const { ok, text } = await stack.preview();
    assert.ok(ok, text);
    assert.doesNotMatch(text, /KMS2013|KMS2211/);
  });

  it("get the setup key of their own system; one that the key cannot serve is refused and left alone", async () => {
    const { ok, text } = await stack.up();
    assert.equal(ok, false);
    assert.match(text, /KMS4004 1 of 6 members of web failed:\s+c1: KMS2013 /);
    assert.match(text, /c1: KMS2013 .*does not activate Windows Server 2025 Datacenter/);
    assert.deepEqual(
      await Promise.all(["a1", "b1"].map(keyOf)),
      ["6VM33", "8XDDG"],
      "setup keys of Windows Server 2022 and 2016",
    );
    assert.equal(await keyOf("c1"), "YP6DF", "the setup key of its image");
  });

  it("are reported at the next preview by what was seen of them", async () => {
    const { text } = await stack.preview();
    assert.match(text, /web: KMS2013 .*Windows Server 2025 Datacenter.* c1|c1 is failed: KMS2013 /);
  });

  it("are all licensed without the one that is refused, and the host's system is an output", async () => {
    await stack.write(program(served));
    const { ok, outputs, text } = await stack.up();
    assert.ok(ok, text);
    assert.deepEqual(states(outputs.members.value), [
      ...["a1", "a2", "a3", "a4"].map((name) => `${name} Licensed Windows Server 2022 6VM33`),
      "b1 Licensed Windows Server 2016 8XDDG",
    ]);
    assert.deepEqual([outputs.os.value, outputs.edition.value], ["Windows Server 2022", "Datacenter"]);
    const again = await stack.up();
    assert.deepEqual(Object.keys(again.counts), ["same"], again.text);
  });

  it("are reported where they are not what is declared later", async () => {
    await stack.write(program(served, "os: OperatingSystem.WindowsServer2022,"));
    const preview = await stack.preview();
    assert.match(preview.text, /KMS4016 os: b1 runs Windows Server 2016 Datacenter/);
    const { ok, text } = await stack.up();
    assert.equal(ok, false);
    assert.match(text, /KMS4004 1 of 5 members of web failed:\s+b1: KMS4016 /);
    assert.equal(await keyOf("b1"), "8XDDG");
  });
});
