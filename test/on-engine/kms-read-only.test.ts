import assert from "node:assert/strict";
import type { KMSClientMember } from "../../provider";
import { story } from "../story";
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
    owning.setConfig("kmsHostKey", labHostKey, true);
    owning.setConfig("adminPassword", adminPassword, true);
    const { ok, text } = await owning.up();
    assert.ok(ok, text);
    using = await engineProgram(lab, "user", byMachine, { beside: owning });
    using.setConfig("adminPassword", adminPassword, true);
  });
  after(async () => {
    await using?.remove();
    await owning?.remove();
    await lab?.stop();
  });

  /** An update of the group's stack, with the run commands that it needed, and the host after it. */
  const updated = async (text = byMachine) => {
    await using.write(text);
    await lab.control.resetRequests();
    const result = await using.up();
    const runs = (await lab.control.requests()).filter(({ type }) => /runCommands/i.test(type));
    return { ...result, runs, host: await hostMachine() };
  };
  const previewOf = (text: string) => async () => {
    await using.write(text);
    return using.preview();
  };
  const { step } = story();

  const previewed = step("preview", previewOf(byMachine));
  const newerPreview = step(
    "a preview of members that are newer than the host",
    previewOf(byMachine.replace("OperatingSystem.WindowsServer2022", "OperatingSystem.WindowsServer2025")),
  );

  it("is checked at preview by the rules, but not for a count that the program cannot know", async () => {
    const { ok, text } = await previewed();
    assert.ok(ok, text);
    assert.doesNotMatch(text, /KMS2211|KMS2212/);
    const refused = await newerPreview();
    assert.equal(refused.ok, false);
    assert.match(refused.text, /KMS2013 hosts\[0\]: .*central/);
  });

  const created = step("up", async () => {
    const before = await hostMachine();
    return { ...(await updated()), before };
  });

  it("activates a group of another stack and is not changed itself", async () => {
    const { ok, outputs, text, before, host } = await created();
    assert.ok(ok, text);
    assert.equal(outputs.hostName.value, "kms.corp.example");
    assert.equal(outputs.port.value, 1688);
    assert.equal(outputs.licenseStatus.value, "Licensed");
    assert.equal(outputs.isHost.value, true);
    assert.deepEqual(statuses(outputs.members.value), licensedBy("kms.corp.example"));
    assert.deepEqual(host, { ...before, currentCount: 5 });
  });

  const again = step("a second update", () => updated());

  it("is not reached in a second update", async () => {
    const { counts, text, runs } = await again();
    assert.deepEqual(Object.keys(counts), ["same"], text);
    assert.deepEqual(runs, []);
  });

  const byName = step("a host by its name alone", () => updated(user("machine: { fqdn }")));

  it("is pinned on the members and never reached when only its name is known", async () => {
    const { ok, outputs, text, runs } = await byName();
    assert.ok(ok, text);
    assert.equal(outputs.licenseStatus.value, "NotObserved");
    assert.deepEqual(statuses(outputs.members.value), licensedBy("kms.corp.example"));
    const started = runs.filter(({ method }) => method === "PUT");
    assert.equal(
      started.reduce((total, { count }) => total + count, 0),
      5,
    );
  });

  const anotherPort = step("a port that the machine does not listen on", () =>
    updated(user("machine: { azureVmId }, port: 1700")),
  );

  it("is refused with a port that the machine does not listen on", async () => {
    const { ok, text } = await anotherPort();
    assert.equal(ok, false);
    assert.match(text, /KMS3031 port: kms listens on TCP port 1688, not 1700/);
  });

  const byMachineAgain = step("the machine's own port again", () => updated());
  const refreshed = step("a refresh after the host's key was replaced by hand", async () => {
    await lab.control.installKeyByHand("kms", labMak);
    return using.refresh();
  });
  const noHost = step("an update after that refresh", () => updated());

  it("is refused after a refresh found that the machine is no KMS host any more", async () => {
    const before = await byMachineAgain();
    assert.ok(before.ok, before.text);
    const refresh = await refreshed();
    assert.ok(refresh.ok, refresh.text);
    const { ok, text } = await noHost();
    assert.equal(ok, false);
    assert.match(
      text,
      /KMS3030 machine: kms is not a KMS host: it has a product key of the channel Volume:MAK/,
    );
  });

  const nothingNamed = step("a preview without a machine", previewOf(user("machine: {}")));
  const misspeltName = step(
    "a preview with a misspelt name",
    previewOf(user('machine: { fqdn: "kms_1.corp.example", azureVmId }')),
  );
  const createdMachine = step(
    "a preview with a machine to create",
    previewOf(
      user(`machine: { create: {
      resourceGroupName: "rg",
      subnetId: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet/subnets/all",
      adminPassword: "A password for tests",
    } }`),
    ),
  );

  it("is refused when it names no machine, a wrong name or a machine to create", async () => {
    const none = await nothingNamed();
    assert.equal(none.ok, false);
    assert.match(none.text, /KMS1004 machine: /);
    const misspelt = await misspeltName();
    assert.match(misspelt.text, /KMS1003 machine\.fqdn: "kms_1\.corp\.example" is not allowed/);
    const refused = await createdMachine();
    assert.equal(refused.ok, false);
    assert.match(refused.text, /KMS\d{4} (machine\.create|readOnly): /);
  });

  const ownerRefreshed = step("a refresh of the host's own stack", () => owning.refresh());
  const ownerRepaired = step("an update of the host's own stack", () => owning.up());
  const repaired = step("an update of the group after it", () => updated());
  const destroyed = step("destroy of the group's stack", async () => ({
    ...(await using.destroy()),
    host: await hostMachine(),
  }));
  const ownerPreview = step("a preview of the host's own stack", () => owning.preview());

  it("is left unchanged when its stack is destroyed", async () => {
    for (const { ok, text } of [await ownerRefreshed(), await ownerRepaired(), await repaired()]) {
      assert.ok(ok, text);
    }
    const { host } = await repaired();
    assert.equal(host.productKeyChannel, "Volume:CSVLK");
    const { ok, text, host: after } = await destroyed();
    assert.ok(ok, text);
    assert.deepEqual(after, host);
    const preview = await ownerPreview();
    assert.deepEqual(Object.keys(preview.counts), ["same"], preview.text);
  });
});
