import assert from "node:assert/strict";
import { kmsPortOpen } from "../../provider/policy/port-open";
import { declared, review } from "./resources";

const allow = {
  access: "Allow",
  direction: "Inbound",
  priority: 300,
  protocol: "Tcp",
  sourcePortRange: "*",
  sourceAddressPrefix: "*",
  destinationAddressPrefix: "*",
  destinationPortRange: "1688",
};

const rule = (changes: object) =>
  declared("azure-native:network:SecurityRule", "rule", { ...allow, ...changes });

const securityGroup = (...securityRules: object[]) =>
  declared("azure-native:network/v20240501:NetworkSecurityGroup", "nsg", { securityRules });

const codes = (resource: ReturnType<typeof rule>, configured: object = {}) =>
  review(kmsPortOpen, [resource], configured).map((text) => text.slice(0, text.indexOf(" ", 8)));

describe("policy kms-port-open", () => {
  it("names the source, the port and what to change", () => {
    assert.deepEqual(review(kmsPortOpen, [securityGroup(allow)]), [
      "nsg: KMS8001 securityRules[0]: the rule lets * reach TCP port 1688, but KMS belongs on your own network. " +
        "Use private address prefixes only, for example 10.20.0.0/16, or add this one to allowedPrefixes of the policy.",
    ]);
  });

  it("knows the types of packages for one API version", () => {
    const { values } = rule({});
    const ofPackage = declared("azure-native_network_v20240701:network:SecurityRule", "rule", values);
    assert.deepEqual(codes(ofPackage), ["rule: KMS8001"]);
  });

  for (const changes of [
    { sourceAddressPrefix: "Internet" },
    { sourceAddressPrefix: "0.0.0.0/0" },
    { sourceAddressPrefix: "203.0.113.7" },
    { sourceAddressPrefix: "::/0" },
    { sourceAddressPrefix: undefined, sourceAddressPrefixes: ["10.0.0.0/8", "0.0.0.0/1"] },
    { destinationPortRange: "*" },
    { destinationPortRange: "1000-2000" },
    { destinationPortRange: undefined, destinationPortRanges: ["443", "1688"] },
    { protocol: "*" },
    { access: "allow", direction: "inbound", protocol: "TCP" },
  ]) {
    it(`finds the Internet in ${JSON.stringify(changes)}`, () => {
      assert.deepEqual(codes(rule(changes)), ["rule: KMS8001"]);
    });
  }

  for (const changes of [
    { sourceAddressPrefix: "10.20.0.0/16" },
    { sourceAddressPrefix: "VirtualNetwork" },
    { sourceAddressPrefix: undefined },
    { access: "Deny" },
    { direction: "Outbound" },
    { protocol: "Udp" },
    { destinationPortRange: "3389" },
    { destinationPortRange: "1689-2000" },
  ]) {
    it(`says nothing of ${JSON.stringify(changes)}`, () => {
      assert.deepEqual(codes(rule(changes)), []);
    });
  }

  it("says nothing of rules behind one that keeps everybody out", () => {
    const deny = { ...allow, access: "Deny", priority: 210 };
    assert.deepEqual(codes(securityGroup(allow, deny)), []);
    assert.deepEqual(codes(securityGroup(allow, { ...deny, priority: 400 })), ["nsg: KMS8001"]);
    assert.deepEqual(codes(securityGroup(allow, { ...deny, sourceAddressPrefix: "10.0.0.0/8" })), [
      "nsg: KMS8001",
    ]);
  });

  it("holds sources to the allowed prefixes", () => {
    const configured = { allowedPrefixes: ["10.20.0.0/16", "VirtualNetwork", "fd00:20::/32"] };
    const of = (sourceAddressPrefix: string) => codes(rule({ sourceAddressPrefix }), configured);
    for (const inside of ["10.20.0.0/16", "10.20.7.0/24", "10.20.7.1", "virtualnetwork", "fd00:20:1::/48"]) {
      assert.deepEqual(of(inside), [], inside);
    }
    for (const outside of ["10.21.0.0/16", "10.0.0.0/8", "*", "Internet", "AzureCloud", "fd00::/16"]) {
      assert.deepEqual(of(outside), ["rule: KMS8002"], outside);
    }
    assert.deepEqual(review(kmsPortOpen, [rule({ sourceAddressPrefix: "10.0.0.0/8" })], configured), [
      "rule: KMS8002 the rule lets 10.0.0.0/8 reach TCP port 1688, which may be open to 10.20.0.0/16, VirtualNetwork, " +
        "fd00:20::/32 only. Narrow the rule's source to these prefixes, or add this one to allowedPrefixes of the policy.",
    ]);
  });

  it("looks at the configured port", () => {
    assert.deepEqual(codes(rule({}), { port: 1700 }), []);
    assert.deepEqual(codes(rule({ destinationPortRange: "1700" }), { port: 1700 }), ["rule: KMS8001"]);
  });

  it("looks at security rules only", () => {
    assert.deepEqual(codes(declared("other:network:SecurityRule", "rule", allow)), []);
  });
});
