import assert from "node:assert/strict";
import * as authorization from "@pulumi/azure-native/authorization";
import * as compute from "@pulumi/azure-native/compute";
import * as network from "@pulumi/azure-native/network";
import * as resources from "@pulumi/azure-native/resources";
import { KMSClientGroup } from "../../provider/group/kms-client-group";
import { KMSHost } from "../../provider/host/kms-host";
import { key, os } from "../host/mocked-host";
import { brief, runProgram } from "./program-in-stack";

/*
 * Resources of one program that refer to each other by outputs, none of which is known at the first preview.
 */

const adminPassword = "correct horse 7 battery";

/** A virtual network with one subnet, in a resource group of the program. */
function networkWith(name: string, space: string, more: Partial<network.SubnetArgs> = {}) {
  const group = new resources.ResourceGroup(`${name}-rg`);
  const resourceGroupName = group.name;
  const vnet = new network.VirtualNetwork(name, {
    resourceGroupName,
    addressSpace: { addressPrefixes: [`${space}.0.0/16`] },
  });
  const subnet = new network.Subnet(`${name}-machines`, {
    resourceGroupName,
    virtualNetworkName: vnet.name,
    addressPrefix: `${space}.1.0/24`,
    ...more,
  });
  return { resourceGroupName, vnet, subnet };
}

type Network = ReturnType<typeof networkWith>;

const peering = (name: string, from: Network, to: Network) =>
  new network.VirtualNetworkPeering(name, {
    resourceGroupName: from.resourceGroupName,
    virtualNetworkName: from.vnet.name,
    remoteVirtualNetwork: { id: to.vnet.id },
  });

/** A machine with its network interface. */
function machineIn(
  name: string,
  { resourceGroupName, subnet }: Network,
  more: Partial<network.NetworkInterfaceArgs> & { pools?: object[] } = {},
  args: Partial<compute.VirtualMachineArgs> = {},
) {
  const nic = new network.NetworkInterface(name, {
    resourceGroupName,
    ipConfigurations: [
      { name: "primary", subnet: { id: subnet.id }, loadBalancerBackendAddressPools: more.pools },
    ],
  });
  return new compute.VirtualMachine(name, {
    resourceGroupName,
    networkProfile: { networkInterfaces: [{ id: nic.id }] },
    ...args,
  });
}

describe("ways that a program declares by outputs", () => {
  it("are judged by peerings", async () => {
    for (const [both, expected] of [
      [true, []],
      [false, ["warning KMS2282 hosts[0]"]],
    ] as const) {
      const { diagnostics } = await runProgram(() => {
        const [hub, spoke] = [networkWith("hub", "10.0"), networkWith("spoke", "10.20")];
        peering("spoke-to-hub", spoke, hub);
        if (both) {
          peering("hub-to-spoke", hub, spoke);
        }
        const { resourceGroupName, subnet } = hub;
        const kms = new KMSHost("kms", {
          key,
          os,
          machine: { create: { resourceGroupName, adminPassword, subnetId: subnet.id } },
          clientPrefixes: ["10.20.0.0/16"],
        });
        const machines = {
          create: {
            resourceGroupName: spoke.resourceGroupName,
            adminPassword,
            count: 5,
            subnetId: spoke.subnet.id,
          },
        };
        const web = new KMSClientGroup("web", { hosts: [kms], os, edition: "Datacenter", machines });
        return { web };
      });
      assert.deepEqual(
        brief(diagnostics.web).filter((one) => !one.startsWith("info")),
        expected,
      );
    }
  });

  it("are judged by internal load balancers and locks", async () => {
    const { diagnostics } = await runProgram(() => {
      const spoke = networkWith("spoke", "10.20");
      const { resourceGroupName, subnet } = spoke;
      const balancer = new network.LoadBalancer("balancer", {
        resourceGroupName,
        sku: { name: "Standard" },
        frontendIPConfigurations: [{ name: "front", subnet: { id: subnet.id } }],
        backendAddressPools: [{ name: "pool" }],
      });
      const pools = [{ id: balancer.backendAddressPools.apply((all) => all![0].id!) }];
      const member = machineIn("web1", spoke, { pools });
      new authorization.ManagementLockByScope("keep", { scope: member.id, level: "ReadOnly" });
      const web = new KMSClientGroup("web", {
        azureKms: true,
        os,
        edition: "Datacenter",
        machines: { azureVmIds: [member.id] },
      });
      return { web };
    });
    assert.deepEqual(brief(diagnostics.web), [
      "warning KMS2235 machines.azureVmIds[0]",
      "warning KMS2135 machines.azureVmIds[0]",
    ]);
    assert.match(diagnostics.web[0].message, /the internal load balancer "balancer"/);
    assert.match(diagnostics.web[1].message, /the lock "keep" lies over the machine "web1"/);
  });

  it("are judged by locks of the resource group that the machines are in", async () => {
    const { diagnostics } = await runProgram(() => {
      const spoke = networkWith("spoke", "10.20");
      const machines = { azureVmIds: [machineIn("web1", spoke).id] };
      new authorization.ManagementLockAtResourceGroupLevel("keep", {
        resourceGroupName: spoke.resourceGroupName,
        level: "CanNotDelete",
      });
      const web = new KMSClientGroup("web", { azureKms: true, os, edition: "Datacenter", machines });
      return { web };
    });
    assert.deepEqual(brief(diagnostics.web), ["warning KMS2135 machines.azureVmIds[0]"]);
    assert.match(diagnostics.web[0].message, /refuses to delete run commands after their run/);
  });

  it("are judged by the firewall of a program, with groups of addresses", async () => {
    for (const [addresses, expected] of [
      ["10.20.0.0/16", []],
      ["10.99.0.0/16", ["warning KMS2234 machines.azureVmIds[0]"]],
    ] as const) {
      const { diagnostics } = await runProgram(() => {
        const hub = networkWith("hub", "10.0", { subnetName: "AzureFirewallSubnet" });
        const { resourceGroupName } = hub;
        const clients = new network.IpGroup("clients", { resourceGroupName, ipAddresses: [addresses] });
        const policy = new network.FirewallPolicy("policy", {
          resourceGroupName,
          dnsSettings: { enableProxy: true },
        });
        new network.FirewallPolicyRuleCollectionGroup("rules", {
          resourceGroupName,
          firewallPolicyName: policy.name,
          priority: 200,
          ruleCollections: [
            {
              ruleCollectionType: "FirewallPolicyFilterRuleCollection",
              priority: 200,
              action: { type: "Allow" },
              rules: [
                {
                  ruleType: "NetworkRule",
                  name: "kms",
                  ipProtocols: ["TCP"],
                  sourceIpGroups: [clients.id],
                  destinationPorts: ["1688"],
                  destinationFqdns: ["azkms.core.windows.net", "kms.core.windows.net"],
                },
              ],
            },
          ],
        });
        const firewall = new network.AzureFirewall("firewall", {
          resourceGroupName,
          firewallPolicy: { id: policy.id },
          ipConfigurations: [{ name: "primary", subnet: { id: hub.subnet.id } }],
        });
        const table = new network.RouteTable("to-hub", {
          resourceGroupName,
          routes: [
            {
              name: "default",
              addressPrefix: "0.0.0.0/0",
              nextHopType: "VirtualAppliance",
              nextHopIpAddress: firewall.ipConfigurations.apply((all) => all![0].privateIPAddress),
            },
          ],
        });
        const spoke = networkWith("spoke", "10.20", { routeTable: { id: table.id } });
        const machines = { azureVmIds: [machineIn("web1", spoke).id] };
        const web = new KMSClientGroup("web", { azureKms: true, os, edition: "Datacenter", machines });
        return { web };
      });
      assert.deepEqual(brief(diagnostics.web), expected);
    }
  });
});
