import assert from "node:assert/strict";
import { Provider } from "@pulumi/azure-native/provider";
import * as pulumi from "@pulumi/pulumi";
import { stopMocks } from "../declared-resources";
import { environmentVariables } from "../environment";
import { mockedProgram, type MockedProgram, vmId } from "./mocked-group";

const tableId = (subscription: string) =>
  `/subscriptions/${subscription}/resourceGroups/hub/providers/Microsoft.Network/routeTables/tunnel`;
const system = { os: "Windows Server 2022", edition: "Datacenter" };
const args = { azureKms: true, ...system, machines: { azureVmIds: [vmId("a")] } };

describe("a group of Azure's own KMS", () => {
  let program: MockedProgram;
  const setVariables = environmentVariables();

  beforeEach(async () => {
    setVariables({ ARM_ENVIRONMENT: "usgovernment", ARM_SUBSCRIPTION_ID: "s" });
    program = await mockedProgram();
  });
  afterEach(() => {
    pulumi.runtime.setAllConfig({});
    stopMocks();
  });

  const routes = () => program.declared.filter(({ type }) => type === "azure-native:network:Route");
  const providers = () => program.declared.filter(({ type }) => type === "pulumi:providers:azure-native");

  it("pins members to the name of that cloud, without a threshold and without a host", async () => {
    await program.group({ ...args, azureKms: pulumi.output(Promise.resolve(true)) });
    const { discovery, hostAddresses, hostNames, hosts, hostsReady, threshold, lookupDomain } =
      program.inputsOf("web-activation");
    assert.deepEqual(hostAddresses, [{ name: "azkms.core.usgovcloudapi.net", port: 1688 }]);
    assert.deepEqual(hostNames, ["azkms.core.usgovcloudapi.net", "kms.core.usgovcloudapi.net"]);
    assert.deepEqual([discovery, hosts, hostsReady, threshold, lookupDomain], ["fixedHost", [], true, 1, ""]);
    assert.deepEqual(routes(), []);
  });

  it("has a route for each address of that cloud in the table of the ID, named for group and address", async () => {
    await program.group({ ...args, azureKmsRouteTableId: pulumi.output(tableId("S")) }, "web, all");
    assert.deepEqual(
      routes().map(({ name }) => name),
      ["web, all-azkms-52.126.105.2", "web, all-azkms-23.97.0.13"],
    );
    assert.deepEqual(routes()[0].inputs, {
      resourceGroupName: "hub",
      routeTableName: "tunnel",
      routeName: "azkms-web-all-52.126.105.2",
      addressPrefix: "52.126.105.2/32",
      nextHopType: "Internet",
    });
    assert.deepEqual(providers(), [], "the table is in the subscription of the provider");
  });

  it("has its routes in the subscription of the ID, where the stack's configuration names another", async () => {
    pulumi.runtime.setAllConfig({
      "azure-native:subscriptionId": "other",
      "azure-native:tenantId": "tenant",
    });
    await program.group({ ...args, azureKmsRouteTableId: tableId("hub") });
    const [provider] = providers();
    assert.equal(provider.name, "web-azkms");
    assert.equal(provider.inputs.subscriptionId, "hub");
    assert.match(JSON.stringify(provider.inputs.tenantId), /"tenant"/);
    assert.equal(routes().length, 2);
  });

  it("signs in to the subscription of the ID as the provider of the group does", async () => {
    const own = new Provider("own", { subscriptionId: "s", clientId: "me", useOidc: true });
    await program.group({ ...args, azureKmsRouteTableId: tableId("hub") }, "web", { providers: [own] });
    const provider = providers().find(({ name }) => name === "web-azkms")!;
    assert.equal(provider.inputs.subscriptionId, "hub");
    assert.equal(provider.inputs.useOidc, "true");
    assert.match(JSON.stringify(provider.inputs.clientId), /"me"/);
    const others = { azureVmIds: [vmId("near")] };
    await program.group({ ...args, machines: others, azureKmsRouteTableId: tableId("s") }, "near", {
      providers: [own],
    });
    assert.deepEqual(
      providers().map(({ name }) => name),
      ["own", "web-azkms"],
    );
  });
});

describe("a group of Azure's own KMS in a preview", () => {
  afterEach(stopMocks);

  it("takes a route table that does not exist yet to be in the subscription of the provider", async () => {
    const program = await mockedProgram({ preview: true });
    const unknownId = pulumi.output(pulumi.unknown) as unknown as pulumi.Output<string>;
    await program.group({ ...args, azureKmsRouteTableId: unknownId });
    const names = program.declared.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);
    assert.equal(names.filter((name) => name.startsWith("Route ")).length, 3);
    assert.ok(!names.some((name) => name.startsWith("azure-native ")));
  });
});
