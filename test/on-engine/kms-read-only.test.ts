import assert from "node:assert/strict";
import type { KMSClientMember } from "../../provider";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey, labMak } from "./kms-program";
import { type Lab, startLab } from "./lab";

const owner = kmsProgram(`
const host = new KMSHost("kms", hostArgs);
export const kms = {
  azureVmId: host.azureVmId,
  fqdn: host.fqdn,
  keyGroup: host.keyGroup,
  port: host.port,
  zoneNames: host.zoneNames,
};
export const place = { resourceGroupName: group.name, subnetId: subnet.id };
`);

/** A program of another team, which reads the host from the outputs of the stack that owns it. */
const user = (hostArgs: string) => `
import * as pulumi from "@pulumi/pulumi";
import { Edition, KMSClientGroup, KMSHost, OperatingSystem } from "pulumi-windows-kms";

const owner = new pulumi.StackReference("organization/owner/test");
const kms = owner.requireOutput("kms");
const place = owner.requireOutput("place");
const key = { keyGroup: kms.apply(({ keyGroup }) => keyGroup) };
const azureVmId = kms.apply(({ azureVmId: id }) => id);
const fqdn = kms.apply(({ fqdn: name }) => name);
const zones = kms.apply(({ zoneNames }) => zoneNames.map((zoneName: string) => ({ zoneName })));
const host = new KMSHost("central", { key, readOnly: true, ${hostArgs} });
const web = new KMSClientGroup("web", {
  hosts: [host],
  os: OperatingSystem.WindowsServer2022,
  edition: Edition.Datacenter,
  machines: {
    create: {
      count: 5,
      location: "westeurope",
      adminPassword: new pulumi.Config().requireSecret("adminPassword"),
      resourceGroupName: place.apply(({ resourceGroupName }) => resourceGroupName),
      subnetId: place.apply(({ subnetId }) => subnetId),
    },
  },
});
export const hostName = host.fqdn;
export const port = host.port;
export const licenseStatus = host.licenseStatus;
export const members = web.members;
export const isHost = KMSHost.isInstance(host);
`;

const byMachine = user("machine: { azureVmId }, zones");

describe("a read-only KMS host, on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let owning: EngineProgram;
  let using: EngineProgram;

  const hostMachine = async () =>
    (await lab.control.machines()).find(({ computerName }) => computerName === "kms")!;

  const statuses = (value: unknown) =>
    (value as KMSClientMember[]).map(({ name, status, kmsHost }) => `${name} ${status} ${kmsHost}`);

  const licensedBy = (name: string) => [1, 2, 3, 4, 5].map((n) => `web-${n} Licensed ${name}`);

  before(async () => {
    lab = await startLab();
    owning = await engineProgram(lab, "owner", owner);
    await owning.setConfig("kmsHostKey", labHostKey, true);
    await owning.setConfig("adminPassword", adminPassword, true);
    const { ok, text } = await owning.up();
    assert.ok(ok, text);
    using = await engineProgram(lab, "user", byMachine, { beside: owning });
    await using.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await using?.remove();
    await owning?.remove();
    await lab?.stop();
  });

  it("is checked at preview by the rules, but not for a count that the program cannot know", async () => {
    const { ok, text } = await using.preview();
    assert.ok(ok, text);
    assert.doesNotMatch(text, /KMS2211|KMS2212/);
    const os = "OperatingSystem.WindowsServer2022";
    await using.write(byMachine.replace(os, "OperatingSystem.WindowsServer2025"));
    const refused = await using.preview();
    assert.equal(refused.ok, false);
    assert.match(refused.text, /KMS2013 hosts\[0\]: .*central/);
    await using.write(byMachine);
  });

  it("activates a group of another stack and is not changed itself", async () => {
    const before = await hostMachine();
    const { ok, outputs, text } = await using.up();
    assert.ok(ok, text);
    assert.equal(outputs.hostName.value, "kms.corp.example");
    assert.equal(outputs.port.value, 1688);
    assert.equal(outputs.licenseStatus.value, "Licensed");
    assert.equal(outputs.isHost.value, true);
    assert.deepEqual(statuses(outputs.members.value), licensedBy("kms.corp.example"));
    const { currentCount: _before, ...same } = before;
    const { currentCount, ...after } = await hostMachine();
    assert.equal(currentCount, 5);
    assert.deepEqual(after, same);
  });

  it("is not reached in a second update", async () => {
    await lab.control.resetRequests();
    const { counts, text } = await using.up();
    assert.deepEqual(Object.keys(counts), ["same"], text);
    const runs = (await lab.control.requests()).filter(({ type }) => /runCommands/i.test(type));
    assert.deepEqual(runs, []);
  });

  it("is pinned on the members and never reached when only its name is known", async () => {
    await using.write(user("machine: { fqdn }"));
    await lab.control.resetRequests();
    const { ok, outputs, text } = await using.up();
    assert.ok(ok, text);
    assert.equal(outputs.licenseStatus.value, "NotObserved");
    assert.deepEqual(statuses(outputs.members.value), licensedBy("kms.corp.example"));
    const { id } = await hostMachine();
    const runs = (await lab.control.requests()).filter(
      ({ method, type }) => method === "PUT" && /runCommands/i.test(type),
    );
    assert.equal(
      runs.reduce((total, { count }) => total + count, 0),
      5,
      id,
    );
  });

  it("is refused with a port that the machine does not listen on", async () => {
    await using.write(user("machine: { azureVmId }, port: 1700"));
    const { ok, text } = await using.up();
    assert.equal(ok, false);
    assert.match(text, /KMS3031 port: kms listens on TCP port 1688, not 1700/);
  });

  it("is refused after a refresh found that the machine is no KMS host any more", async () => {
    await using.write(byMachine);
    assert.ok((await using.up()).ok);
    await lab.control.installKeyByHand("kms", labMak);
    const refreshed = await using.refresh();
    assert.ok(refreshed.ok, refreshed.text);
    const { ok, text } = await using.up();
    assert.equal(ok, false);
    assert.match(
      text,
      /KMS3030 machine: kms is not a KMS host: it has a product key of the channel Volume:MAK/,
    );
    assert.ok((await owning.refresh()).ok);
    const repaired = await owning.up();
    assert.ok(repaired.ok, repaired.text);
  });

  it("is refused when it names no machine, a wrong name or a machine to create", async () => {
    await using.write(user("machine: {}"));
    const none = await using.preview();
    assert.equal(none.ok, false);
    assert.match(none.text, /KMS1004 machine: /);
    await using.write(user('machine: { fqdn: "kms_1.corp.example", azureVmId }'));
    const misspelt = await using.preview();
    assert.match(misspelt.text, /KMS1003 machine\.fqdn: "kms_1\.corp\.example" is not allowed/);
    const create = `{
      resourceGroupName: "rg",
      subnetId: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/all",
      adminPassword: "A password for tests",
    }`;
    await using.write(user(`machine: { create: ${create} }`));
    const created = await using.preview();
    assert.equal(created.ok, false);
    assert.match(created.text, /KMS\d{4} (machine\.create|readOnly): /);
  });

  it("is left unchanged when its stack is destroyed", async () => {
    await using.write(byMachine);
    assert.ok((await using.up()).ok);
    const before = await hostMachine();
    const { ok, text } = await using.destroy();
    assert.ok(ok, text);
    assert.deepEqual(await hostMachine(), before);
    const state = await owning.preview();
    assert.deepEqual(Object.keys(state.counts), ["same"], state.text);
  });
});
