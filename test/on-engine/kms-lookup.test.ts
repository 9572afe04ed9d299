import assert from "node:assert/strict";
import type { MemberState } from "../../provider/group/member";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey, labMak } from "./kms-program";
import { type Lab, startLab } from "./lab";

const owner = kmsProgram(`
const host = new KMSHost("kms", hostArgs);
export const kms = {
  azureVmId: host.azureVmId,
  fqdn: host.fqdn,
  keyGroup: host.keyGroup,
  os: host.os,
  port: host.port,
  zoneNames: host.zoneNames,
};
export const place = { resourceGroupName: group.name, subnetId: subnet.id };
`);

/** A program of another team, which is told of the host by the stack that owns it. */
const user = (lookup: string, more = "") => `
import * as pulumi from "@pulumi/pulumi";
import { KMSClientGroup, KMSHost, OperatingSystem } from "pulumi-windows-kms";

const owner = new pulumi.StackReference("organization/lookup-owner/test");
const kms = owner.requireOutput("kms");
const place = owner.requireOutput("place");
const adminPassword = new pulumi.Config().requireSecret("adminPassword");
const declared = { keyGroup: kms.apply(({ keyGroup }) => keyGroup), os: kms.apply(({ os }) => os) };
const azureVmId = kms.apply(({ azureVmId: id }) => id);
const zoneNames = kms.apply(({ zoneNames: names }) => names);
const host = KMSHost.get("central", { ...declared, ${lookup} });
const web = new KMSClientGroup("web", {
  hosts: [host],
  os: OperatingSystem.WindowsServer2022,
  edition: "Datacenter",
  vms: {
    count: 5,
    location: "westeurope",
    adminPassword,
    resourceGroupName: place.apply(({ resourceGroupName }) => resourceGroupName),
    subnetId: place.apply(({ subnetId }) => subnetId),
  },
  ${more}
});
export const fqdn = host.fqdn;
export const port = host.port;
export const licenseStatus = host.licenseStatus;
export const members = web.members;
export const isHost = KMSHost.isInstance(host);
`;

const byMachine = user("azureVmId, zoneNames");

describe("the look-up of a KMS host, on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let owning: EngineProgram;
  let using: EngineProgram;

  const hostMachine = async () =>
    (await lab.control.machines()).find(({ computerName }) => computerName === "kms")!;

  const statuses = (value: unknown) =>
    (value as MemberState[]).map(({ name, status, host }) => `${name} ${status} ${host}`);

  const licensedBy = (name: string) => [1, 2, 3, 4, 5].map((n) => `web-${n} Licensed ${name}`);

  before(async () => {
    lab = await startLab();
    owning = await engineProgram(lab, "lookup-owner", owner);
    await owning.setConfig("kmsHostKey", labHostKey, true);
    await owning.setConfig("adminPassword", adminPassword, true);
    const { ok, text } = await owning.up();
    assert.ok(ok, text);
    using = await engineProgram(lab, "lookup-user", byMachine, owning);
    await using.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await using?.remove();
    await owning?.remove();
    await lab?.stop();
  });

  it("says at preview what the rules know of it, and nothing of a count that it cannot know", async () => {
    const { ok, text } = await using.preview();
    assert.ok(ok, text);
    assert.doesNotMatch(text, /KMS2211|KMS2212/);
    const os = "OperatingSystem.WindowsServer2022";
    await using.write(byMachine.replace(os, "OperatingSystem.WindowsServer2025"));
    const refused = await using.preview();
    assert.equal(refused.ok, false);
    assert.match(refused.text, /KMS2013 hosts\[0\]: .* of the KMSHost central does not activate/);
    await using.write(byMachine);
  });

  it("lets a group of another stack be activated, and changes nothing on the host", async () => {
    const before = await hostMachine();
    const { ok, outputs, text } = await using.up();
    assert.ok(ok, text);
    assert.equal(outputs.fqdn.value, "kms.corp.example");
    assert.equal(outputs.port.value, 1688);
    assert.equal(outputs.licenseStatus.value, "Licensed");
    assert.equal(outputs.isHost.value, true);
    assert.deepEqual(statuses(outputs.members.value), licensedBy("kms.corp.example"));
    const { currentCount: _before, ...same } = before;
    const { currentCount, ...after } = await hostMachine();
    assert.equal(currentCount, 5);
    assert.deepEqual(after, same);
  });

  it("looks at no machine in a second update", async () => {
    await lab.control.resetRequests();
    const { counts, text } = await using.up();
    assert.deepEqual(Object.keys(counts), ["same"], text);
    const runs = (await lab.control.requests()).filter(({ type }) => /runCommands/i.test(type));
    assert.deepEqual(runs, []);
  });

  it("by its name alone pins the members to it and asks the host nothing", async () => {
    await using.write(user("fqdn: kms.apply(({ fqdn: name }) => name)"));
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

  it("refuses a port that the machine does not listen on", async () => {
    await using.write(user("azureVmId, port: 1700"));
    const { ok, text } = await using.up();
    assert.equal(ok, false);
    assert.match(text, /KMS3031 port: kms listens on TCP port 1688, not 1700/);
  });

  it("tells after a refresh that the machine is a host no more, and refuses it then", async () => {
    await using.write(byMachine);
    assert.ok((await using.up()).ok);
    await lab.control.installKeyByHand("kms", labMak);
    const refreshed = await using.refresh();
    assert.ok(refreshed.ok, refreshed.text);
    const { ok, text } = await using.up();
    assert.equal(ok, false);
    assert.match(text, /KMS3030 kms is no KMS host: it has a product key of the channel Volume:MAK/);
    assert.ok((await owning.refresh()).ok);
    const repaired = await owning.up();
    assert.ok(repaired.ok, repaired.text);
  });

  it("refuses arguments that name no machine, or two", async () => {
    await using.write(user(""));
    const none = await using.preview();
    assert.equal(none.ok, false);
    assert.match(none.text, /KMS1004 it names no machine\. Give one of: azureVmId, ssh, fqdn\./);
    await using.write(user('fqdn: "kms_1.corp.example", azureVmId'));
    const misspelt = await using.preview();
    assert.match(misspelt.text, /KMS1003 fqdn: "kms_1\.corp\.example" is not allowed/);
  });

  it("leaves the host as it is when its stack is destroyed", async () => {
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
