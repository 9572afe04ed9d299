import assert from "node:assert/strict";
import {
  around,
  codes,
  createdHost,
  defaultRoute,
  ofAzure,
  ofHost,
  routeTable,
  securityGroup,
  subnet,
} from "./azure-program";
import { expectDiagnostics } from "./expect";

describe("K34: outbound rules and Azure's KMS", () => {
  const withRules = (...rules: object[]) => [subnet("web", around.servers), securityGroup(...rules)];

  it("K34: at preview nothing is said of ordinary rules", () => {
    for (const rule of [
      { destinationAddressPrefix: "Internet" },
      { destinationAddressPrefix: "*", priority: 100 },
      { destinationAddressPrefix: "0.0.0.0/0", access: "Deny" },
      { destinationAddressPrefixes: ["20.118.99.224/32"], destinationAddressPrefix: undefined },
      { destinationAddressPrefix: "AzureCloud" },
    ]) {
      assert.deepEqual(ofAzure(withRules(rule)), [], JSON.stringify(rule));
    }
  });

  it("K34: at preview a rule for the service tag switches licensing off", () => {
    const expected: [string, string, string, RegExp][] = [
      [
        "warning",
        "KMS2273",
        "web",
        /the security rule "no-licensing" of the network security group "servers" denies the service tag AzurePlatformLKM/,
      ],
    ];
    for (const rule of [{}, { protocol: "TCP" }, { destinationPortRange: "1000-2000" }]) {
      const denied = { name: "no-licensing", destinationAddressPrefix: "AzurePlatformLKM", ...rule };
      expectDiagnostics(ofAzure(withRules(denied)), ...(expected as never[]));
    }
    for (const rule of [
      { access: "Allow" },
      { direction: "Inbound" },
      { protocol: "Udp" },
      { destinationPortRange: "443" },
    ]) {
      assert.deepEqual(ofAzure(withRules({ destinationAddressPrefix: "AzurePlatformLKM", ...rule })), []);
    }
  });

  it("K34: at preview a default route of one's own ends the exemption", () => {
    const routes = [
      subnet("web", { ...around.spoke, ...around.servers }),
      routeTable(defaultRoute("VirtualNetworkGateway")),
    ];
    const open = ofAzure([...routes, securityGroup({ access: "Allow" })]);
    assert.deepEqual(codes(open), ["warning KMS2232", "info KMS2233"]);
    expectDiagnostics(
      ofAzure([...routes, securityGroup({ name: "deny-internet", destinationAddressPrefix: "Internet" })]),
      [
        "warning",
        "KMS2278",
        "web",
        /the route "default" of the route table "spoke" takes activation traffic off Azure's own way/,
        /the security rule "deny-internet" of the network security group "servers" closes TCP 1688/,
      ],
      ["warning", "KMS2232", "web", /20\.118\.99\.224\/32, 40\.83\.235\.53\/32 and 23\.102\.135\.246\/32/],
    );
  });

  it("K34: at preview routes for all of Azure's addresses keep the way, and those left out are named", () => {
    const way = (...addresses: string[]) =>
      ofAzure([
        subnet("web", around.spoke),
        routeTable(
          defaultRoute("VirtualNetworkGateway"),
          ...addresses.map((addressPrefix) => ({
            name: addressPrefix,
            addressPrefix,
            nextHopType: "Internet",
          })),
        ),
      ]);
    assert.deepEqual(way("20.118.99.224/32", "40.83.235.53/32", "23.102.135.246/32"), []);
    assert.deepEqual(way("20.0.0.0/8", "40.0.0.0/8", "23.0.0.0/8"), []);
    const [missing] = way("20.118.99.224/32", "23.102.135.246/32");
    assert.match(missing.message, /routes with next hop Internet for 40\.83\.235\.53\/32, /);
  });

  it("K34: at preview ordinary rules do apply towards a host of one's own", () => {
    const deny = (destinationAddressPrefix: string, rest: object = {}) =>
      ofHost([subnet("hosts"), ...withRules({ name: "deny-out", destinationAddressPrefix, ...rest })]);
    for (const prefix of ["VirtualNetwork", "*", "10.20.0.0/16", "10.20.1.0/24"]) {
      expectDiagnostics(deny(prefix), [
        "error",
        "KMS2270",
        "web",
        /the security rule "deny-out" of the network security group "servers" closes TCP 1688 between the subnet "web" and the KMSHost kms/,
      ]);
    }
    assert.deepEqual(deny("Internet"), []);
    assert.deepEqual(deny("10.20.3.0/24"), []);
    assert.deepEqual(deny("10.20.1.0/25"), [], "a part of the host's subnet is not judged");
    assert.deepEqual(deny("*", { destinationPortRange: "443" }), []);
    assert.deepEqual(deny("*", { protocol: "Udp" }), []);
  });

  // Source: https://github.com/Azure/avdaccelerator/issues/637
  it("N08: at preview the addresses of Azure's KMS that the rules leave out are named", () => {
    const routes = [
      subnet("web", { ...around.spoke, ...around.servers }),
      routeTable(defaultRoute("VirtualAppliance", { nextHopIpAddress: "10.20.9.4" })),
    ];
    const allowed = (...destinationAddressPrefixes: string[]) =>
      securityGroup(
        {},
        {
          name: "kms",
          access: "Allow",
          protocol: "Tcp",
          priority: 140,
          destinationAddressPrefix: undefined,
          destinationAddressPrefixes,
          destinationPortRange: "1688",
        },
      );
    const old = ofAzure([...routes, allowed("23.102.135.246")]);
    expectDiagnostics(
      old.filter(({ code }) => code === "KMS2278"),
      ["warning", "KMS2278", "web", /closes TCP 1688 to 20\.118\.99\.224 and 40\.83\.235\.53/],
    );
    const all = allowed("23.102.135.246", "20.118.99.224", "40.83.235.53");
    assert.ok(!codes(ofAzure([...routes, all])).includes("warning KMS2278"));
    const withoutRoute = [subnet("web", around.servers), allowed("23.102.135.246")];
    assert.deepEqual(ofAzure(withoutRoute), [], "ordinary rules do not apply");
  });

  // Source: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview
  it("N09: at preview a rule for the source port 1688 opens nothing", () => {
    const rules = (sourcePortRange: string) =>
      ofHost([
        subnet("web"),
        subnet("hosts", around.servers),
        securityGroup(
          { direction: "Inbound" },
          { direction: "Inbound", name: "kms", access: "Allow", priority: 100, sourcePortRange },
        ),
      ]);
    assert.deepEqual(codes(rules("1688")), ["error KMS2270"]);
    assert.deepEqual(rules("*"), []);
    assert.deepEqual(rules("1024-65535"), [], "where Windows sends from");
    assert.deepEqual(rules("50000-60000"), [], "a part of it is not judged");
  });

  it("K34: at preview the first rule that covers the connection decides, on both sides", () => {
    const allow = { name: "allow-kms", access: "Allow", destinationPortRange: "1688", priority: 300 };
    const rules = (...given: object[]) => ofHost([subnet("hosts"), ...withRules(...given)]);
    assert.deepEqual(rules({}, allow), []);
    assert.deepEqual(codes(rules({ priority: 200 }, allow)), ["error KMS2270"]);
    const inbound = (...given: object[]) =>
      ofHost([
        subnet("web"),
        subnet("hosts", around.servers),
        securityGroup(...given.map((rule) => ({ direction: "Inbound", ...rule }))),
      ]);
    assert.deepEqual(codes(inbound({})), ["error KMS2270"]);
    assert.deepEqual(inbound({}, { ...allow, sourceAddressPrefix: "10.20.2.0/24" }), []);
    assert.deepEqual(inbound({}, { ...allow, sourceAddressPrefix: "VirtualNetwork" }), []);
    assert.deepEqual(codes(inbound({}, { ...allow, sourceAddressPrefix: "10.20.3.0/24" })), [
      "error KMS2270",
    ]);
    const port = createdHost({ port: 1700 });
    const closed = ofHost([subnet("hosts"), ...withRules({}, allow)], port);
    assert.match(closed[0].message, /closes TCP 1700/);
  });
});
