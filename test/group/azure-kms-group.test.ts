import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KMSClientGroup } from "../../provider/group/kms-client-group";
import { type Declared, recordDeclared, stopMocks } from "../declared-resources";

const vmId = (name: string) =>
  `/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/${name}`;

describe("a group of Azure's own KMS, in Azure Government", () => {
  const declared: Declared[] = [];
  const { ARM_ENVIRONMENT: cloudBefore } = process.env;

  before(async () => {
    process.env.ARM_ENVIRONMENT = "usgovernment";
    await recordDeclared(declared);
    const web = new KMSClientGroup("web, all", {
      os: "Windows Server 2022",
      edition: "Datacenter",
      azureKms: pulumi.output(Promise.resolve(true)),
      azureKmsRoutes: { resourceGroupName: "rg", routeTableName: pulumi.output("tunnel") },
      azureVmIds: [vmId("a")],
    });
    await new Promise<void>((resolve) => void web.members.apply(() => resolve()));
  });

  after(() => {
    if (cloudBefore === undefined) {
      delete process.env.ARM_ENVIRONMENT;
    } else {
      process.env.ARM_ENVIRONMENT = cloudBefore;
    }
    stopMocks();
  });

  const inputsOf = (name: string) => declared.find((resource) => resource.name === name)?.inputs ?? {};

  it("tells members the name of that cloud, and asks for no threshold and no host", () => {
    const { discovery, hostAddresses, hostNames, hosts, hostsReady, threshold, lookupDomain } =
      inputsOf("web, all-activation");
    assert.deepEqual(hostAddresses, [{ name: "azkms.core.usgovcloudapi.net", port: 1688 }]);
    assert.deepEqual(hostNames, ["azkms.core.usgovcloudapi.net", "kms.core.usgovcloudapi.net"]);
    assert.deepEqual([discovery, hosts, hostsReady, threshold, lookupDomain], ["host", [], true, 1, ""]);
  });

  it("has a route for each address of that cloud, named for group and address", () => {
    const routes = declared.filter(({ type }) => type === "azure-native:network:Route");
    assert.deepEqual(
      routes.map(({ name }) => name),
      ["web, all-azkms-52.126.105.2", "web, all-azkms-23.97.0.13"],
    );
    assert.deepEqual(routes[0].inputs, {
      resourceGroupName: "rg",
      routeTableName: "tunnel",
      routeName: "azkms-web-all-52.126.105.2",
      addressPrefix: "52.126.105.2/32",
      nextHopType: "Internet",
    });
  });
});
