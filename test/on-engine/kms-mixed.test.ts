import assert from "node:assert/strict";
import type { KMSClientMember } from "../../provider";
import { findSshd, type LabSshd, startLabSshd } from "../lab-run/servers/sshd";
import type { SshAddress } from "../../provider/machine/ssh-address";
import { type Story, story } from "../story";
import { type EngineProgram, engineProgram } from "./engine";
import { adminPassword, kmsProgram, labHostKey } from "./kms-program";
import { type Lab, startLab } from "./lab";

const server = {
  osBuild: "20348.2322",
  editionId: "ServerDatacenter",
  productType: 3,
  domain: "corp.example",
} as const;

/** The machines over SSH of both programs; the private key is a secret of its own. */
const sshServers = `
const privateKey = config.requireSecret("sshKey");
const servers = config.requireObject<{ host: string; port: number; user: string; hostKeyFingerprint: string }[]>("servers");
`;

/** The program declares the host's address record in Azure, since the component does not know the host's network. */
const hostOnPremises = kmsProgram(`${sshServers}
const address = new privatedns.PrivateRecordSet("kms1", {
  resourceGroupName,
  privateZoneName: zone.name,
  recordType: "A",
  relativeRecordSetName: "kms1",
  ttl: 3600,
  aRecords: [{ ipv4Address: "192.168.1.1" }],
});
const { clientPrefixes: _prefixes, ...common } = hostArgs;
const host = new KMSHost(
  "kms",
  { ...common, edition: Edition.Datacenter, machine: { ssh: { ...servers[0], privateKey } } },
  { dependsOn: [address] },
);
const pinned = new KMSClientGroup("pinned", { hosts: [host], ...groupArgs, discovery: Discovery.FixedHost });
const found = new KMSClientGroup(
  "found",
  { hosts: [host], ...groupArgs, machines: { create: { ...create, count: 1 } } },
  { dependsOn: [pinned] },
);
export const fqdn = host.fqdn;
export const pinnedMembers = pinned.members;
export const foundMembers = found.members;
`);

const hostInAzure = (clientPrefixes: string[]) =>
  kmsProgram(`${sshServers}
const host = new KMSHost("kms", { ...hostArgs, clientPrefixes: ${JSON.stringify(clientPrefixes)} });
const onPremises = new KMSClientGroup("servers", {
  hosts: [host],
  os: OperatingSystem.WindowsServer2022,
  edition: Edition.Datacenter,
  machines: { ssh: { privateKey, machines: servers } },
});
export const members = onPremises.members;
`);

const skipped = findSshd() === undefined ? " (skipped: no sshd)" : "";

(skipped === "" ? describe : describe.skip)(`Azure with machines over SSH, on the engine${skipped}`, () => {
  let lab: Lab;
  let sshd: LabSshd;
  let stack: EngineProgram;

  async function start(name: string, program: string, machines: string[]): Promise<void> {
    lab = await startLab();
    sshd = startLabSshd({ lab: lab.address.arm });
    const addresses: SshAddress[] = [];
    for (const machine of machines) {
      await lab.control.bootOnPremises({ name: machine, ...server });
      addresses.push(await sshd.listen(machine));
    }
    stack = await engineProgram(lab, name, program);
    const listed = addresses.map(({ privateKey: _privateKey, ...rest }) => rest);
    stack.setConfig("servers", JSON.stringify(listed));
    stack.setConfig("sshKey", addresses[0].privateKey!, true);
    stack.setConfig("kmsHostKey", labHostKey, true);
    stack.setConfig("adminPassword", adminPassword, true);
  }
  async function stop(): Promise<void> {
    await stack?.remove();
    await sshd?.close();
    await lab?.stop();
  }
  const members = (value: unknown) =>
    (value as KMSClientMember[]).map(({ status, kmsHost }) => `${status} ${kmsHost?.toLowerCase()}`);

  /** Steps that every story ends with: a refresh, an update that has nothing to do, and the end of the stack. */
  const endOf = ({ step }: Story) => ({
    refreshed: step("refresh", () => stack.refresh()),
    again: step("a further update", () => stack.up()),
    destroyed: step("destroy", async () => ({
      ...(await stack.destroy()),
      left: await lab.control.resources(),
      machines: await lab.control.machines(),
    })),
  });

  async function expectNothingToDo({ refreshed, again }: ReturnType<typeof endOf>): Promise<void> {
    const refresh = await refreshed();
    assert.ok(refresh.ok, refresh.text);
    const update = await again();
    assert.ok(update.ok, update.text);
    assert.deepEqual(Object.keys(update.counts), ["same"], update.text);
  }

  async function expectNothingLeft(
    { destroyed }: ReturnType<typeof endOf>,
    hostMachine?: string,
  ): Promise<void> {
    const { ok, text, left, machines } = await destroyed();
    assert.ok(ok, text);
    assert.deepEqual(left, []);
    const host = machines.find(({ computerName }) => computerName === hostMachine);
    assert.equal(host?.productKeyChannel, hostMachine && "Volume:GVLK");
  }

  describe("a KMS host on premises", function () {
    this.timeout(300_000);
    before(() => start("host-on-premises", hostOnPremises, ["KMS1"]));
    after(stop);
    const onPremises = story();
    const created = onPremises.step("up", () => stack.up());
    const end = endOf(onPremises);

    it("activates clients in Azure that are pinned to it or find it by DNS", async () => {
      const { ok, outputs, text } = await created();
      assert.ok(ok, text);
      assert.equal(outputs.fqdn?.value, "KMS1.corp.example");
      assert.deepEqual(members(outputs.pinnedMembers.value), Array(5).fill("Licensed kms1.corp.example"));
      assert.deepEqual(members(outputs.foundMembers.value), ["Licensed kms1.corp.example"]);
    });

    it("has not drifted, and is left alone by a further update", () => expectNothingToDo(end));

    it("is a KMS client again when the stack is destroyed", () => expectNothingLeft(end, "KMS1"));
  });

  describe("a KMS host in Azure", function () {
    this.timeout(300_000);
    before(async () => {
      await start("host-in-azure", hostInAzure(["10.20.0.0/16"]), ["SRV1", "SRV2", "SRV3", "SRV4", "SRV5"]);
      await lab.control.setOnPremisesZone({
        zone: "corp.example",
        srv: [{ port: 1688, target: "kms.corp.example" }],
        a: [{ name: "kms", address: "10.20.1.4" }],
      });
    });
    after(stop);
    const inAzure = story();
    const outOfReach = inAzure.step("up without the clients' prefix", () => stack.up());
    const withinReach = inAzure.step("up with the clients' prefix", async () => {
      await stack.write(hostInAzure(["10.20.0.0/16", "192.168.0.0/16"]));
      return stack.up();
    });
    const end = endOf(inAzure);

    it("does not reach clients on premises that are outside its client prefixes", async () => {
      const { ok, text } = await outOfReach();
      assert.equal(ok, false);
      assert.match(text, /0xC004F074.* It asked kms\.corp\.example/);
    });

    it("activates them once clientPrefixes contains their prefix", async () => {
      const { ok, outputs, text } = await withinReach();
      assert.ok(ok, text);
      assert.deepEqual(members(outputs.members.value), Array(5).fill("Licensed kms.corp.example"));
    });

    it("has not drifted, and is left alone by a further update", () => expectNothingToDo(end));

    it("leaves nothing when the stack is destroyed", () => expectNothingLeft(end));
  });
});
