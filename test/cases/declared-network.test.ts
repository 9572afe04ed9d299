import assert from "node:assert/strict";
import { validate } from "../../provider";
import {
  around,
  codes,
  createdHost,
  defaultRoute,
  idOf,
  network,
  ofAzure,
  ofHost,
  routeTable,
  securityGroup,
  subnet,
  virtualNetwork,
} from "./azure-program";
import { expectDiagnostics } from "./expect";

describe("K38: subnets without a way out", () => {
  const isolated = { defaultOutboundAccess: false };

  it("K38: at preview Azure's KMS is out of reach, whatever the routes to it", () => {
    const direct = ["20.118.99.224/32", "40.83.235.53/32", "23.102.135.246/32"].map((addressPrefix) => ({
      name: addressPrefix,
      addressPrefix,
      nextHopType: "Internet",
    }));
    for (const resources of [
      [subnet("web", isolated)],
      [subnet("web", { ...isolated, ...around.spoke }), routeTable(...direct)],
    ]) {
      expectDiagnostics(ofAzure(resources), [
        "warning",
        "KMS2235",
        "web",
        /the subnet "web" is private and no outbound method is declared/,
        /routes with next hop Internet do not work there/,
      ]);
    }
    const nat = network("NatGateway", "nat", {
      natGatewayName: "nat",
      publicIpAddresses: [{ id: idOf.network("publicIPAddresses", "nat") }],
    });
    assert.deepEqual(ofAzure([subnet("web", { ...isolated, ...around.nat }), nat]), []);
    assert.deepEqual(ofAzure([subnet("web", { ...isolated, ...around.nat })]), [], "that of another stack");
    assert.deepEqual(ofAzure([subnet("web", { defaultOutboundAccess: true })]), []);
    assert.deepEqual(ofAzure([subnet("web")]), []);
  });

  it("K38: at preview a host that is to be activated online is refused", () => {
    const hosts = (args: object, host = {}) =>
      ofHost([subnet("hosts", args), subnet("web")], createdHost(host));
    expectDiagnostics(hosts(isolated), [
      "error",
      "KMS2105",
      "kms",
      /machine\.create\.subnetId: the subnet "hosts" is private and no outbound method is declared/,
      /activate the host by telephone/,
    ]);
    assert.deepEqual(hosts(isolated, { activation: "offline" }), []);
    assert.deepEqual(hosts({ ...isolated, ...around.nat }), []);
    assert.deepEqual(codes(hosts({}, { assume: { network: { privateSubnet: true } } })), ["error KMS2105"]);
    assert.deepEqual(hosts(isolated, { assume: { network: { outbound: "natGateway" } } }), []);
  });

  it("K38: at preview an inline subnet of a network is the same", () => {
    const inline = virtualNetwork({
      subnets: [{ name: "hosts", addressPrefix: "10.20.1.0/24", ...isolated }, { name: "web" }],
    });
    const diagnostics = validate({ hosts: { kms: createdHost() }, resources: [inline] });
    assert.match(
      diagnostics[0].message,
      /KMS2105.*the subnet "hosts" of the virtual network "vnet" is private/,
    );
  });

  it("K38: at preview clients of a host in the same network need no way out", () => {
    assert.deepEqual(ofHost([subnet("hosts"), subnet("web", isolated)]), []);
  });

  it("K38: at preview rules and routes that cut a host off from Microsoft are named", () => {
    const closed = (...rules: object[]) =>
      ofHost([subnet("hosts", around.servers), subnet("web"), securityGroup(...rules)]);
    assert.match(
      closed({ destinationAddressPrefix: "Internet" })[0].message,
      /KMS2116 machine\.create\.subnetId: the security rule "rule" of the network security group "servers" closes TCP 443 to the Internet/,
    );
    assert.deepEqual(
      closed(
        { destinationAddressPrefix: "Internet" },
        {
          access: "Allow",
          destinationAddressPrefix: "AzureCloud",
          destinationPortRange: "443",
          priority: 100,
        },
      ),
      [],
    );
    const routed = ofHost([subnet("hosts", around.spoke), subnet("web"), routeTable(defaultRoute("None"))]);
    assert.match(routed[0].message, /KMS2116 .*the route "default" of the route table "spoke"/);
  });
});

describe("R127: prefixes and routes of the program between members and host", () => {
  it("R127: reports client prefixes that leave out the program's own clients", () => {
    const prefixes = (...clientPrefixes: string[]) =>
      ofHost([subnet("hosts"), subnet("web")], createdHost({ clientPrefixes }));
    expectDiagnostics(prefixes("10.20.1.0/24", "10.30.0.0/16"), [
      "error",
      "KMS2272",
      "web",
      /hosts\[0\]: clientPrefixes of the KMSHost kms leaves out the members in the subnet "web", 10\.20\.2\.0\/24/,
    ]);
    assert.deepEqual(codes(prefixes("10.20.2.0/25")), ["warning KMS2272"]);
    for (const enough of ["10.20.2.0/24", "10.0.0.0/8"]) {
      assert.deepEqual(prefixes(enough), [], enough);
    }
  });

  it("R127: reports routes that drop requests or answers", () => {
    const route = (subnetName: "web" | "hosts", addressPrefix: string, nextHopType: string) => {
      const other = subnetName === "web" ? "hosts" : "web";
      return ofHost([
        subnet(subnetName, around.spoke),
        subnet(other),
        routeTable({ name: "to-there", addressPrefix, nextHopType }),
      ]);
    };
    expectDiagnostics(route("web", "10.20.1.0/24", "None"), [
      "error",
      "KMS2271",
      "web",
      /the route "to-there" of the route table "spoke" leads to None, which drops what the subnet "web" and the KMSHost kms send each other/,
    ]);
    assert.deepEqual(codes(route("web", "10.20.0.0/16", "Internet")), ["error KMS2271"]);
    assert.deepEqual(codes(route("hosts", "10.20.2.0/24", "None")), ["error KMS2271"]);
    for (const [prefix, hop] of [
      ["10.20.1.0/24", "VirtualAppliance"],
      ["10.20.1.0/24", "VnetLocal"],
      ["10.20.3.0/24", "None"],
      ["10.0.0.0/8", "None"],
    ]) {
      assert.deepEqual(route("web", prefix, hop), [], `${prefix} ${hop}`);
    }
  });

  it("R127: does not judge what is not known", () => {
    const elsewhere = subnet("hosts", around.servers);
    assert.deepEqual(ofHost([elsewhere, subnet("web", around.servers)]), [], "a group of another stack");
    const rule = network("SecurityRule", "rule", {
      networkSecurityGroupName: "of-another-stack",
      access: "Allow",
      direction: "Outbound",
      priority: 100,
    });
    assert.deepEqual(ofHost([subnet("hosts"), subnet("web", around.servers), securityGroup({}), rule]), []);
  });
});
