import assert from "node:assert/strict";
import { brief, group, messageOf, diagnosticsOf } from "./program";

const ofAzure = (network: object, changes: object = {}) =>
  diagnosticsOf([], [group({ hosts: [], azure: true, azureKms: true, network, ...changes })]);

const routed = { azureKmsRoutes: { resourceGroupName: "rg", routeTableName: "tunnel" } };

describe("members that Azure's own KMS activates", () => {
  it("need routes to it when the default route leads elsewhere", () => {
    for (const defaultRoute of ["VirtualNetworkGateway", "None"]) {
      const diagnostics = ofAzure({ defaultRoute, dnsServers: ["10.20.0.4"] });
      assert.deepEqual(brief(diagnostics), [
        "web warning KMS2232 network.defaultRoute",
        "web info KMS2233 network.defaultRoute",
      ]);
      const message = messageOf(diagnostics, "KMS2232");
      assert.match(message, /20\.118\.99\.224\/32, 40\.83\.235\.53\/32 and 23\.102\.135\.246\/32, all three/);
      assert.match(message, /let 10\.20\.0\.4 resolve azkms\.core\.windows\.net and kms\.core\.windows\.net/);
    }
    assert.deepEqual(ofAzure({ defaultRoute: "Internet" }), []);
  });

  it("need those of their own cloud", () => {
    const changes = { azureCloud: "usgovernment" };
    const message = messageOf(ofAzure({ defaultRoute: "None" }, changes), "KMS2232");
    assert.match(message, /Name the route table in azureKmsRoutes, or add routes/);
    assert.match(message, /for 52\.126\.105\.2\/32 and 23\.97\.0\.13\/32, both, and let the machines' DNS/);
    assert.match(message, /azkms\.core\.usgovcloudapi\.net and kms\.core\.usgovcloudapi\.net\./);
  });

  it("have them by azureKmsRoutes, past a firewall as well", () => {
    for (const defaultRoute of ["VirtualNetworkGateway", "VirtualAppliance", "None"]) {
      assert.deepEqual(ofAzure({ defaultRoute }, routed), []);
    }
  });

  it("need a network rule in a firewall on the way", () => {
    const diagnostics = ofAzure({ defaultRoute: "VirtualAppliance" });
    assert.match(
      messageOf(diagnostics, "KMS2234"),
      /network rule for TCP 1688; an application rule does not work/,
    );
  });

  it("need an outbound method in a private subnet", () => {
    assert.deepEqual(brief(ofAzure({ privateSubnet: true })), ["web warning KMS2235 network.outbound"]);
    assert.deepEqual(ofAzure({ privateSubnet: true, outbound: "natGateway" }), []);
  });

  it("get no way out of a private subnet by routes", () => {
    const diagnostics = ofAzure({ privateSubnet: true }, routed);
    assert.deepEqual(brief(diagnostics), ["web error KMS2235 azureKmsRoutes"]);
    assert.match(messageOf(diagnostics, "KMS2235"), /routes with next hop Internet do not work there/);
    assert.deepEqual(ofAzure({ privateSubnet: true, outbound: "natGateway" }, routed), []);
  });
});
