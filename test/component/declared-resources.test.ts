import assert from "node:assert/strict";
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
      assert.deepEqual(brief(diagnostics.kms), ["info KMS6020 key.productKey"]);
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
});
