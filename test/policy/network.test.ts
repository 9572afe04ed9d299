import assert from "node:assert/strict";
import { kmsNetwork } from "../../provider/policy/network";
import { declared, group, host, review } from "./resources";

const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
const subnetType = "azure-native:network/v20240501:Subnet";
const groupType = "azure-native:network:NetworkSecurityGroup";

const deny = {
  name: "deny-out",
  access: "Deny",
  direction: "Outbound",
  priority: 100,
  protocol: "*",
  sourceAddressPrefix: "*",
  sourcePortRange: "*",
  destinationAddressPrefix: "VirtualNetwork",
  destinationPortRange: "*",
};

/** A stack in any language, whose IDs are not known at preview. */
function stack(rule: object = {}, web: object = {}, subnetArgs: object = {}) {
  const vnetType = "azure-native:network:VirtualNetwork";
  const subnet = (name: string, addressPrefix: string, more: object = {}) =>
    declared(
      subnetType,
      name,
      { addressPrefix, ...more },
      {
        unknown: ["virtualNetworkName", ...(name === "web" ? ["networkSecurityGroup.id"] : [])],
        dependencies: {
          virtualNetworkName: [urn(vnetType, "vnet")],
          ...(name === "web" && { networkSecurityGroup: [urn(groupType, "servers")] }),
        },
      },
    );
  const kms = host(
    "kms",
    {},
    { unknown: ["machine.create.subnetId"], dependencies: { machine: [urn(subnetType, "hosts")] } },
  );
  const members = {
    ...group("web", [kms], { machines: { create: { count: 5 } }, ...web }),
    unknown: new Set(["machines.create.subnetId"]),
    dependencies: { machines: [urn(subnetType, "web")] },
  };
  return [
    declared(vnetType, "vnet", { addressSpace: { addressPrefixes: ["10.20.0.0/16"] } }),
    declared(groupType, "servers", { securityRules: [{ ...deny, ...rule }] }),
    subnet("hosts", "10.20.1.0/24", subnetArgs),
    subnet("web", "10.20.2.0/24"),
    kms,
    members,
  ];
}

describe("policy kms-network", () => {
  it("names the rule of the stack that closes the way to a host", () => {
    const [said, ...others] = review(kmsNetwork, stack());
    assert.equal(others.length, 0);
    assert.match(
      said,
      /^web: KMS8012 KMS2270 hosts\[0\]: the security rule "deny-out" of the network security group "servers" closes TCP 1688 between the subnet "web" and the KMSHost kms\./,
    );
  });

  it("says nothing of a stack that lets clients through", () => {
    for (const rule of [{ access: "Allow" }, { direction: "Inbound" }, { destinationPortRange: "443" }]) {
      assert.deepEqual(review(kmsNetwork, stack(rule)), []);
    }
  });

  it("names a host without a way to Microsoft", () => {
    const [said] = review(kmsNetwork, stack({ access: "Allow" }, {}, { defaultOutboundAccess: false }));
    assert.match(said, /^kms: KMS8012 KMS2105 machine\.create\.subnetId: the subnet "hosts" is private/);
  });

  it("leaves out what is acknowledged, ignored, or what the preview has told", () => {
    const acknowledge = [{ code: "KMS2270", reason: "opened by hand" }];
    assert.deepEqual(review(kmsNetwork, stack({}, { acknowledge })), []);
    assert.deepEqual(review(kmsNetwork, stack(), { ignore: ["KMS2270"] }), []);
    const told = stack().map((resource) =>
      resource.name === "web"
        ? { ...resource, outputs: { diagnostics: [{ code: "KMS2270", path: "hosts[0]" }] } }
        : resource,
    );
    assert.deepEqual(review(kmsNetwork, told), []);
  });

  it("reports what may fail where that is configured", () => {
    const acknowledge = [{ code: "KMS2270", reason: "opened by hand" }];
    assert.equal(review(kmsNetwork, stack({}, { acknowledge }), { warnings: true }).length, 1);
  });
});
