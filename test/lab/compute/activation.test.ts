import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { ensureClientPlan } from "../../../provider/group/plan";
import labKeys from "../../../provider/lab/windows/lab-keys.json";
import { azureRunCommand } from "../../../provider/machine/azure-run-command";
import type { LicensingAnswer, LicensingPlan } from "../../../provider/machine/licensing-plan";
import { activateHost } from "../../machine/activate-host";
import { type Arm, createMachine, createNetwork, startArm } from "../arm/arm-fixture";
import { idOf } from "../arm/arm-names";

/** Microsoft's public KMS client setup key of Windows Server 2022 Datacenter. */
const setupKey = "WX4NM-KYWYW-QJJR4-XV3QB-6VM33";
const group = "Volume License for Windows Server 2022";
const hostKey = labKeys.hostKeys.find(({ keyGroup }) => keyGroup === group)!.productKey;

const clientPlan = ensureClientPlan({
  setupKey,
  discovery: "dns",
  hostNames: ["kms.corp.example"],
  lookupDomain: "corp.example",
});

describe("lab/arm activation through run commands, private DNS and security groups", () => {
  let arm: Arm;
  beforeEach(async () => {
    arm = await startArm();
  });
  afterEach(() => arm.close());

  const machine = (name: string) =>
    azureRunCommand(idOf(`Microsoft.Compute/virtualMachines/${name}`), arm.compute);
  const run = (name: string, plan: LicensingPlan): Promise<LicensingAnswer> =>
    machine(name).run(plan, {}, { deadline: Date.now() + 60_000 });
  const activate = () => activateHost(machine("kms"), hostKey);

  async function createHost(): Promise<string> {
    const subnetId = await createNetwork(arm);
    const rule = {
      protocol: "Tcp",
      direction: "Inbound",
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
      destinationPortRange: "1688",
    };
    const nsg = await arm.network.networkSecurityGroups.beginCreateOrUpdateAndWait("rg", "kms-nsg", {
      location: "westeurope",
      securityRules: [
        { ...rule, name: "allow-kms", access: "Allow", priority: 200, sourceAddressPrefix: "10.0.1.0/29" },
        { ...rule, name: "deny-kms", access: "Deny", priority: 210, sourceAddressPrefix: "*" },
      ],
    });
    await createMachine(arm, "kms", subnetId, nsg.id);
    await publish();
    return subnetId;
  }

  async function publish(): Promise<void> {
    await arm.dns.privateZones.beginCreateOrUpdateAndWait("rg", "corp.example", { location: "Global" });
    await arm.dns.virtualNetworkLinks.beginCreateOrUpdateAndWait("rg", "corp.example", "link", {
      location: "Global",
      virtualNetwork: { id: idOf("Microsoft.Network/virtualNetworks/vnet") },
    });
    await arm.dns.recordSets.createOrUpdate("rg", "corp.example", "A", "kms", {
      ttl: 60,
      aRecords: [{ ipv4Address: "10.0.1.4" }],
    });
    await arm.dns.recordSets.createOrUpdate("rg", "corp.example", "SRV", "_vlmcs._tcp", {
      ttl: 60,
      srvRecords: [{ priority: 0, weight: 0, port: 1688, target: "kms.corp.example" }],
    });
  }

  const resultOf = ({ operations }: LicensingAnswer, id: string) => operations.find((item) => item.id === id);

  it("does not activate a host online that has no way out", async () => {
    await arm.control.setConditions({ privateSubnets: true });
    await createHost();
    const host = await activate();
    assert.deepEqual(resultOf(host, "activate"), {
      id: "activate",
      result: "failed",
      hresult: "0x80072EFD",
    });
    assert.deepEqual(await arm.control.activations(hostKey.slice(-5)), []);
  });

  it("runs a script once that something newer came before", async () => {
    await createHost();
    await arm.control.addFault({
      match: "PUT .*/runCommands/",
      failOperation: true,
      code: "OperationPreempted",
    });
    const host = await activate();
    assert.deepEqual(resultOf(host, "activate"), { id: "activate", result: "done" });
    assert.deepEqual(
      (await arm.control.activations(hostKey.slice(-5))).map(({ activations }) => activations),
      [1],
    );
  });

  it("leaves no run command behind when one run follows the other", async () => {
    await createHost();
    await activate();
    await activate();
    await setTimeout(200);
    const left = (await arm.control.resources()).filter((id) => /runCommands/i.test(id));
    assert.deepEqual(left, []);
  });

  it("activates the host, counts clients, and activates the fifth", async () => {
    const subnetId = await createHost();
    const host = await activate();
    assert.deepEqual(resultOf(host, "activate"), { id: "activate", result: "done" });
    assert.equal(host.product?.LicenseStatus, 1);
    // 10.0.1.5 to 10.0.1.8, of which the last is outside the prefix that the security group lets in
    for (const name of ["web1", "web2", "web3", "web4"]) {
      await createMachine(arm, name, subnetId);
    }
    const results = [];
    for (const name of ["web1", "web2", "web3"]) {
      results.push(resultOf(await run(name, clientPlan), "activate")?.hresult);
    }
    assert.deepEqual(results, ["0xC004F038", "0xC004F038", "0xC004F038"]);
    const outside = resultOf(await run("web4", clientPlan), "activate");
    assert.deepEqual(outside, { id: "activate", result: "failed", hresult: "0xC004F074" });
    await arm.network.securityRules.beginDeleteAndWait("rg", "kms-nsg", "deny-kms");
    assert.equal(resultOf(await run("web4", clientPlan), "activate")?.hresult, "0xC004F038");
    await createMachine(arm, "web5", subnetId);
    const fifth = await run("web5", clientPlan);
    assert.deepEqual(resultOf(fifth, "activate"), { id: "activate", result: "done" });
    assert.equal(fifth.product?.LicenseStatus, 1);
    const after = await activate();
    assert.equal(after.product?.KeyManagementServiceCurrentCount, 5);
  });

  it("tells a stopped machine from one that is gone", async () => {
    await createMachine(arm, "kms", await createNetwork(arm));
    await arm.control.stopMachine("kms");
    await assert.rejects(activate(), { code: "KMS3002" });
    await arm.compute.virtualMachines.beginDeleteAndWait("rg", "kms");
    await assert.rejects(activate(), { code: "KMS3001" });
  });

  it("does nothing to a host that is as wanted", async () => {
    await createHost();
    await activate();
    const again = await activate();
    assert.deepEqual(new Set(again.operations.map(({ result }) => result)), new Set(["skipped"]));
  });
});
