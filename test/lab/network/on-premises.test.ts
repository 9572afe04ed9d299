import assert from "node:assert/strict";
import { createSocket, type Socket } from "node:dgram";
import { type Answer, decode, encode } from "dns-packet";
import type { OnPremisesSpec } from "../../../provider/lab/control/lab-control";
import { createFleet } from "../../../provider/lab/windows/fleet";
import type { LabNetwork } from "../../../provider/lab/windows/world";
import { encodeInput, sshCommand } from "../../../provider/machine/ssh";
import { installPlan } from "../../machine/plans";
import { type Arm, createMachine, createNetwork, startArm } from "../arm/arm-fixture";

const server: Omit<OnPremisesSpec, "name"> = {
  osBuild: "20348.2322",
  editionId: "ServerDatacenter",
  productType: 3,
  domain: "corp.example",
};

describe("lab/network: machines outside Azure", () => {
  let arm: Arm;
  let network: LabNetwork;
  beforeEach(async () => {
    arm = await startArm({
      fleet(seen, clock) {
        network = seen;
        return createFleet({ network: seen, clock });
      },
    });
  });
  afterEach(() => arm.close());

  const boot = async (name: string, more: Partial<OnPremisesSpec> = {}) => {
    await arm.control.bootOnPremises({ name, ...server, ...more });
    return `/on-premises/${name.toLowerCase()}`;
  };

  it("come from volume media, with the setup key of their system", async () => {
    await boot("KMS1", { uuid: "5f0c1d1e-0d5b-4f1e-9d43-5a7a3f1f0c55" });
    await boot("PC1", { osBuild: "19045.6332", editionId: "Enterprise", productType: 1 });
    const machines = await arm.control.machines();
    assert.deepEqual(
      machines.map(({ computerName, partialProductKey, productKeyChannel }) => [
        computerName,
        partialProductKey,
        productKeyChannel,
      ]),
      [
        ["KMS1", "6VM33", "Volume:GVLK"],
        ["PC1", "2YT43", "Volume:GVLK"],
      ],
    );
    assert.equal(machines[0].uuid, "5f0c1d1e-0d5b-4f1e-9d43-5a7a3f1f0c55");
    await assert.rejects(boot("KMS1"), { code: "KMS7102" });
    await assert.rejects(boot("KMS2", { osBuild: "" }), { code: "KMS7102" });
  });

  it("all reach each other by name and address", async () => {
    const [kms, pc] = [await boot("KMS1"), await boot("PC1")];
    assert.equal(network.resolve(pc, "kms1.corp.example."), kms);
    assert.equal(network.resolve(pc, "KMS1"), kms);
    assert.equal(network.resolve(pc, "192.168.1.1"), kms);
    assert.equal(network.resolve(pc, "kms2.corp.example"), undefined);
    assert.equal(network.allows(pc, kms, 1688), true);
    assert.equal(network.dnsSuffix(pc), "corp.example");
  });

  it("see the records of a zone that the lab is told", async () => {
    const [kms, pc] = [await boot("KMS1"), await boot("PC1")];
    assert.deepEqual(network.srvRecords(pc, "corp.example"), []);
    const srv = [{ port: 1688, target: "activation.corp.example." }];
    const a = [{ name: "activation", address: "192.168.1.1" }];
    await arm.control.setOnPremisesZone({ zone: "Corp.Example", srv, a });
    assert.deepEqual(network.srvRecords(pc, "CORP.example."), [
      { priority: 0, weight: 0, port: 1688, target: "activation.corp.example" },
    ]);
    assert.equal(network.resolve(pc, "activation.corp.example"), kms);
  });

  it("ask a DNS server anew for each script, and find nothing where it does not answer", async () => {
    const [kms, pc] = [await boot("KMS1"), await boot("PC1")];
    const dns = await startDns([
      {
        type: "SRV",
        name: "_vlmcs._tcp.corp.example",
        data: { priority: 1, weight: 2, port: 1690, target: "kms.corp.example" },
      },
      { type: "A", name: "kms.corp.example", data: "192.168.1.1" },
    ]);
    const run = () => arm.control.runSshCommand("PC1", sshCommand, encodeInput(installPlan, {}));
    await arm.control.setOnPremisesZone({ zone: "corp.example", server: `127.0.0.1:${dns.address().port}` });
    await run();
    assert.deepEqual(network.srvRecords(pc, "corp.example"), [
      { priority: 1, weight: 2, port: 1690, target: "kms.corp.example" },
    ]);
    assert.equal(network.resolve(pc, "kms.corp.example"), kms);
    await new Promise<void>((resolve) => dns.close(resolve));
    await run();
    assert.deepEqual(network.srvRecords(pc, "corp.example"), []);
  });

  it("and machines in Azure reach each other where security groups let them", async () => {
    const kms = await boot("KMS1");
    const web = (await createMachine(arm, "web", await createNetwork(arm))).toLowerCase();
    assert.equal(network.resolve(web, "192.168.1.1"), kms);
    assert.equal(network.resolve(kms, "10.0.1.4"), web);
    assert.equal(network.allows(web, kms, 1688), true);
    assert.equal(network.allows(kms, web, 1688), true);
    const nsg = await arm.network.networkSecurityGroups.beginCreateOrUpdateAndWait("rg", "closed", {
      location: "westeurope",
      securityRules: [
        {
          name: "deny",
          priority: 200,
          direction: "Inbound",
          access: "Deny",
          protocol: "Tcp",
          sourceAddressPrefix: "192.168.0.0/16",
          sourcePortRange: "*",
          destinationAddressPrefix: "*",
          destinationPortRange: "1688",
        },
      ],
    });
    const subnetId = await createNetwork(arm, "other", "10.1");
    const closed = (await createMachine(arm, "closed", subnetId, nsg.id)).toLowerCase();
    assert.equal(network.allows(kms, closed, 1688), false);
    assert.equal(network.allows(closed, kms, 1688), true);
  });

  it("run the package's command and script over SSH, and no other", async () => {
    await boot("KMS1");
    const other = await arm.control.runSshCommand("KMS1", "whoami", "");
    assert.deepEqual([other.exitCode, other.output], [1, ""]);
    const broken = await arm.control.runSshCommand("KMS1", sshCommand, "AAAA");
    assert.equal(broken.exitCode, 1);
    const script = Buffer.from(JSON.stringify({ script: "whoami", parameters: {} })).toString("base64");
    assert.equal((await arm.control.runSshCommand("KMS1", sshCommand, script)).exitCode, 1);
    const { exitCode, output } = await arm.control.runSshCommand(
      "KMS1",
      sshCommand,
      encodeInput(installPlan, {}),
    );
    assert.equal(exitCode, 0);
    assert.match(output, /^\{"version":1,.*"name":"KMS1"/);
  });
});

/** A DNS server on loopback with these records. */
async function startDns(records: Answer[]): Promise<Socket> {
  const socket = createSocket("udp4");
  socket.on("message", (message, { port, address }) => {
    const query = decode(message);
    const answers = records.filter((record) =>
      (query.questions ?? []).some(({ name, type }) => record.name === name && record.type === type),
    );
    socket.send(
      encode({ id: query.id, type: "response", flags: 0x400, questions: query.questions, answers }),
      port,
      address,
    );
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return socket;
}
