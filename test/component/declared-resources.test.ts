import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import * as network from "@pulumi/azure-native/network";
import { KMSClientGroup } from "../../provider/group/kms-client-group";
import { KMSHost } from "../../provider/host/kms-host";
import { key, os } from "../host/mocked-host";
import { brief, runProgram } from "./program-in-stack";

const resourceGroupName = "rg";
const adminPassword = "correct horse 7 battery";

describe("what a program declares with azure-native", () => {
  it("is seen in whichever order it is declared", async () => {
    for (const late of [false, true]) {
      const { diagnostics } = await runProgram(() => {
        const vnet = new network.VirtualNetwork("vnet", {
          resourceGroupName,
          addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
        });
        const group = new network.NetworkSecurityGroup("servers", { resourceGroupName });
        const rule = () =>
          new network.SecurityRule("no-kms", {
            resourceGroupName,
            networkSecurityGroupName: group.name,
            access: "Deny",
            direction: "Outbound",
            priority: 200,
            protocol: "*",
            sourceAddressPrefix: "*",
            sourcePortRange: "*",
            destinationAddressPrefix: "VirtualNetwork",
            destinationPortRange: "*",
          });
        if (!late) {
          rule();
        }
        const subnet = (name: string, addressPrefix: string) =>
          new network.Subnet(name, {
            resourceGroupName,
            virtualNetworkName: vnet.name,
            addressPrefix,
            networkSecurityGroup: { id: group.id },
          });
        const kms = new KMSHost("kms", {
          key,
          os,
          machine: {
            create: { resourceGroupName, adminPassword, subnetId: subnet("hosts", "10.20.1.0/24").id },
          },
          clientPrefixes: ["10.20.0.0/16"],
        });
        const web = new KMSClientGroup("web", {
          hosts: [kms],
          os,
          edition: "Datacenter",
          machines: {
            create: {
              resourceGroupName,
              adminPassword,
              count: 5,
              subnetId: subnet("web", "10.20.2.0/24").id,
            },
          },
        });
        if (late) {
          rule();
        }
        return { kms, web };
      });
      assert.deepEqual(brief(diagnostics.kms), []);
      assert.deepEqual(
        brief(diagnostics.web).filter((one) => !one.startsWith("info")),
        ["error KMS2270 hosts[0]"],
      );
      assert.match(
        diagnostics.web.find(({ code }) => code === "KMS2270")!.message,
        /the security rule "no-kms" of the network security group "servers" closes TCP 1688 between the subnet "web" and the KMSHost kms/,
      );
    }
  });

  it("reaches the texts of failed members, also where the program waits before it declares it", async () => {
    const run = await runProgram(async () => {
      const group = new network.NetworkSecurityGroup("servers", { resourceGroupName });
      const hosts = new network.Subnet("hosts", {
        resourceGroupName,
        virtualNetworkName: "vnet",
        addressPrefix: "10.20.1.0/24",
        networkSecurityGroup: { id: group.id },
      });
      const kms = new KMSHost("kms", {
        key,
        os,
        machine: { create: { resourceGroupName, adminPassword, subnetId: hosts.id } },
        clientPrefixes: ["10.20.0.0/16"],
      });
      const web = new KMSClientGroup("web", {
        hosts: [kms],
        os,
        edition: "Datacenter",
        acknowledge: [{ code: "KMS2270", reason: "the rule goes away" }],
        machines: {
          create: { resourceGroupName, adminPassword, count: 5, subnetId: hosts.id },
        },
      });
      await setTimeout(100);
      new network.SecurityRule("no-kms", {
        resourceGroupName,
        networkSecurityGroupName: group.name,
        access: "Deny",
        direction: "Inbound",
        priority: 200,
        protocol: "*",
        sourceAddressPrefix: "*",
        sourcePortRange: "*",
        destinationAddressPrefix: "*",
        destinationPortRange: "*",
      });
      return { kms, web };
    }, false);
    const { inputs } = run.declared.find(({ name }) => name === "web-activation")!;
    const findings = inputs.findings as { code: string; message: string }[];
    assert.deepEqual(
      findings.map(({ code }) => code),
      ["KMS2270"],
    );
    assert.match(findings[0].message, /the security rule "no-kms" .* closes TCP 1688/);
  });

  it("lets a component follow from another one's machines", async () => {
    const { declared } = await runProgram(() => {
      const kms = new KMSHost("kms", { key, os, machine: { azureVmId: id("kms") } });
      const first = new KMSClientGroup("first", {
        hosts: [kms],
        os,
        edition: "Datacenter",
        machines: { azureVmIds: [id("a")] },
      });
      const second = new KMSClientGroup("second", {
        hosts: [kms],
        os,
        edition: "Datacenter",
        machines: { azureVmIds: first.memberCounts.apply(() => [id("b")]) },
      });
      return { first, second };
    });
    assert.ok(declared.some(({ name }) => name === "second-activation"));
  });
});

const id = (name: string) =>
  `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/${name}`;
