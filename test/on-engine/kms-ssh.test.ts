import assert from "node:assert/strict";
import type { KMSClientMember } from "../../provider";
import { startSshMachine } from "../lab-run/ssh-fixture";
import type { TestServer } from "../machine/ssh-server";
import { story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { labHostKey, labMak } from "./kms-program";
import { type Lab, startLab } from "./lab";

const members = ["SRV1", "SRV2", "SRV3", "SRV4", "SRV5"];
const server = {
  osBuild: "20348.2322",
  editionId: "ServerDatacenter",
  productType: 3,
  domain: "corp.example",
} as const;

/** A program without Azure, which reads the machines' addresses from its configuration. */
const program = `
import * as pulumi from "@pulumi/pulumi";
import { Edition, KeyGroup, KMSClientGroup, KMSHost, OperatingSystem } from "pulumi-windows-kms";

const config = new pulumi.Config();
const password = config.requireSecret("password");
const servers = config.requireObject<{ host: string; port: number; user: string; hostKeyFingerprint: string }[]>("servers");
const [kms, ...members] = servers;
const host = new KMSHost("kms", {
  key: { keyGroup: KeyGroup.WindowsServer2022, productKey: config.requireSecret("kmsHostKey") },
  os: OperatingSystem.WindowsServer2022,
  edition: Edition.Datacenter,
  machine: { ssh: { ...kms, password } },
});
const group = new KMSClientGroup("servers", {
  hosts: [host],
  os: OperatingSystem.WindowsServer2022,
  edition: Edition.Datacenter,
  machines: { ssh: { password, machines: members } },
});
export const fqdn = host.fqdn;
export const states = group.members;
`;

describe("machines over SSH, on the real engine", function () {
  this.timeout(240_000);
  let lab: Lab;
  let stack: EngineProgram;
  const servers: TestServer[] = [];

  before(async () => {
    lab = await startLab();
    for (const name of ["KMS1", ...members]) {
      await lab.control.bootOnPremises({ name, ...server });
      servers.push(await startSshMachine(lab.control, name));
    }
    stack = await engineProgram(lab, "ssh", program);
    const listed = servers.map(({ address: { password: _password, ...rest } }) => rest);
    stack.setConfig("servers", JSON.stringify(listed));
    stack.setConfig("kmsHostKey", labHostKey, true);
    stack.setConfig("password", servers[0].address.password!, true);
  });
  after(async () => {
    await stack?.remove();
    await Promise.all(servers.map((one) => one.close()));
    await lab?.stop();
  });

  const commands = () => servers.reduce((total, one) => total + one.commands.length, 0);
  const statuses = (states: KMSClientMember[]) => states.map(({ status }) => status);

  const { step } = story();

  const previewed = step("preview", async () => ({ ...(await stack.preview()), commands: commands() }));
  const created = step("up", async () => ({ ...(await stack.up()), state: await stack.storedState() }));

  it("become a KMS host and its clients after a preview that reaches none of them", async () => {
    const preview = await previewed();
    assert.ok(preview.ok, preview.text);
    assert.equal(preview.commands, 0);
    const { ok, outputs, text } = await created();
    assert.ok(ok, text);
    assert.equal(outputs.fqdn?.value, "KMS1.corp.example");
    assert.deepEqual(
      statuses(outputs.states?.value as KMSClientMember[]),
      members.map(() => "Licensed"),
    );
  });

  const again = step("the next update", async () => {
    const before = commands();
    return { ...(await stack.up()), ran: commands() - before };
  });

  it("are left alone by the next update", async () => {
    const { ok, counts, text, ran } = await again();
    assert.ok(ok, text);
    assert.deepEqual(Object.keys(counts), ["same"]);
    assert.equal(ran, 0);
  });

  it("leave no password in clear in the state", async () => {
    const { state } = await created();
    assert.match(state, /hostKeyFingerprint/);
    assert.doesNotMatch(state, /Zq7!lab-Passw/);
    assert.doesNotMatch(state, new RegExp(labHostKey));
  });

  const refreshed = step("a refresh after a change by hand", async () => {
    await lab.control.installKeyByHand("SRV2", labMak);
    return stack.refresh();
  });
  const repaired = step("the update that repairs it", () => stack.up());

  it("are read by a refresh and repaired by the next update", async () => {
    const refresh = await refreshed();
    assert.ok(refresh.ok, refresh.text);
    const { ok, outputs, text } = await repaired();
    assert.ok(ok, text);
    assert.deepEqual(
      statuses(outputs.states?.value as KMSClientMember[]),
      members.map(() => "Licensed"),
    );
    assert.doesNotMatch(text, /Zq7!lab-Passw/);
  });

  const destroyed = step("destroy", async () => ({
    ...(await stack.destroy()),
    machines: await lab.control.machines(),
  }));

  it("become KMS clients again when the stack is destroyed", async () => {
    const { ok, text, machines } = await destroyed();
    assert.ok(ok, text);
    const kms = machines.find(({ computerName }) => computerName === "KMS1");
    assert.equal(kms?.productKeyChannel, "Volume:GVLK");
  });
});
