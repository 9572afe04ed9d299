import assert from "node:assert/strict";
import { validate } from "../../provider";
import type { AzureResource } from "../../provider/component/validate";
import { existingHost, idOf, network } from "./azure-program";
import { expectDiagnostics } from "./expect";
import { azureFirewall, group, rules, subnet, vnet } from "./landing-zone";

/*
 * KMS hosts on machines of the program, some of which the Internet reaches.
 */

const balancer = (frontend: object, args: object = {}) =>
  network("LoadBalancer", "lb", {
    loadBalancerName: "lb",
    sku: { name: "Standard" },
    frontendIPConfigurations: [{ name: "front", ...frontend }],
    ...args,
  });
const published = { publicIPAddress: { id: idOf.network("publicIPAddresses", "kms") } };
const inside = { subnet: { id: idOf.subnet("hosts", "spoke") } };
const partOf = (list: string, name: string) => ({
  id: `${idOf.network("loadBalancers", "lb")}/${list}/${name}`,
});
const allow = (args: object) => ({
  access: "Allow",
  direction: "Inbound",
  protocol: "Tcp",
  destinationPortRange: "1688",
  ...args,
});

/** What is said of a host whose network interface is so, with a security group of its own. */
const of = (configuration: object, securityRules: object[], ...resources: AzureResource[]) =>
  validate({
    hosts: { kms: existingHost("kms1") },
    resources: [
      vnet("spoke", "10.2.0.0/16"),
      subnet("hosts", "spoke", "10.2.1.0/24"),
      {
        type: "azure-native:compute:VirtualMachine",
        name: "kms1",
        args: {
          vmName: "kms1",
          networkProfile: { networkInterfaces: [{ id: idOf.network("networkInterfaces", "kms1") }] },
        },
      },
      network("NetworkInterface", "kms1", {
        networkInterfaceName: "kms1",
        ipConfigurations: [{ ...inside, privateIPAddress: "10.2.1.4", ...configuration }],
        ...group("servers"),
      }),
      rules("servers", ...securityRules),
      ...resources,
    ],
  });

describe("N21: the port of a KMS host that the Internet reaches", () => {
  it("is named where a public address and a security rule open it", () => {
    for (const source of ["*", "Internet", "0.0.0.0/0"]) {
      expectDiagnostics(of(published, [allow({ sourceAddressPrefix: source })]), [
        "warning",
        "KMS2102",
        "kms",
        /machine\.azureVmId: the security rule "rule-0" of the network security group "servers", with the public address of the network interface "kms1", lets the Internet reach the KMS port/,
      ]);
    }
  });

  it("is named where a load balancer brings it there", () => {
    const pool = { loadBalancerBackendAddressPools: [partOf("backendAddressPools", "pool")] };
    const nat = { loadBalancerInboundNatRules: [partOf("inboundNatRules", "kms")] };
    const rule = {
      protocol: "Tcp",
      backendPort: 1688,
      backendAddressPool: partOf("backendAddressPools", "pool"),
    };
    const open = [allow({ sourceAddressPrefix: "Internet" })];
    for (const [configuration, list] of [
      [pool, { loadBalancingRules: [{ name: "kms", ...rule }] }],
      [nat, { inboundNatRules: [{ name: "kms", ...rule }] }],
    ]) {
      expectDiagnostics(of(configuration, open, balancer(published, list)), [
        "warning",
        "KMS2102",
        "kms",
        /with the public front end of the load balancer "lb", lets the Internet reach/,
      ]);
      assert.ok(!of(configuration, open, balancer(inside, list)).some(({ code }) => code === "KMS2102"));
    }
    const other = { inboundNatRules: [{ name: "rdp", protocol: "Tcp", backendPort: 3389 }] };
    assert.ok(!of(nat, open, balancer(published, other)).some(({ code }) => code === "KMS2102"));
  });

  it("is named where a firewall translates to it", () => {
    const translation = {
      ruleType: "NatRule",
      name: "kms",
      ipProtocols: ["TCP"],
      sourceAddresses: ["*"],
      destinationAddresses: ["20.1.2.3"],
      destinationPorts: ["1688"],
      translatedAddress: "10.2.1.4",
      translatedPort: "1688",
    };
    expectDiagnostics(of({}, [], ...azureFirewall(translation)), [
      "warning",
      "KMS2102",
      "kms",
      /the firewall rule "kms", which translates to 10\.2\.1\.4, lets the Internet reach/,
    ]);
    assert.deepEqual(of({}, [], ...azureFirewall({ ...translation, sourceAddresses: ["203.0.113.7"] })), []);
    assert.deepEqual(of({}, [], ...azureFirewall({ ...translation, translatedPort: "3389" })), []);
  });

  it("is closed by default, to those that no rule names, and without a public address", () => {
    assert.deepEqual(of(published, []), [], "an address of the SKU Standard is closed");
    assert.deepEqual(of(published, [allow({ sourceAddressPrefix: "203.0.113.0/24" })]), []);
    assert.deepEqual(of(published, [allow({ sourceAddressPrefix: "VirtualNetwork" })]), []);
    assert.deepEqual(of(published, [allow({ destinationPortRange: "3389" })]), []);
    assert.deepEqual(of(published, [{ ...allow({}), access: "Deny" }, allow({})]), []);
    assert.deepEqual(of({}, [allow({})]), []);
  });
});
