import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { subscriptionDiagnostics, unlikeEnvironment } from "../../provider/component/sign-in";
import { stopMocks } from "../declared-resources";
import { environmentVariables } from "../environment";

describe("the credentials of a provider and those of the environment", () => {
  const cases: [string, Record<string, unknown>, Record<string, string>, string[]][] = [
    ["no settings at all", {}, {}, []],
    ["the same principal", { clientId: "a", tenantId: "t" }, { ARM_CLIENT_ID: "A", ARM_TENANT_ID: "t" }, []],
    ["another principal", { clientId: "a" }, { ARM_CLIENT_ID: "b" }, ["ARM_CLIENT_ID"]],
    ["a secret that the environment lacks", { clientSecret: "s" }, {}, ["ARM_CLIENT_SECRET"]],
    ["the public cloud by default", { environment: "public" }, {}, []],
    [
      "the public cloud beside another",
      { environment: "public" },
      { ARM_ENVIRONMENT: "china" },
      ["ARM_ENVIRONMENT"],
    ],
    ["a switch that is off", { useMsi: "false", useOidc: false }, {}, []],
    ["a switch that is on", { useMsi: "true" }, {}, ["ARM_USE_MSI"]],
    ["a switch that is on in both", { useOidc: true }, { ARM_USE_OIDC: "true" }, []],
  ];
  for (const [name, settings, env, expected] of cases) {
    it(`are ${expected.length === 0 ? "the same" : "different"} with ${name}`, () => {
      assert.deepEqual(unlikeEnvironment(settings, env), expected);
    });
  }
});

// Source: https://learn.microsoft.com/azure/virtual-network/virtual-network-network-interface
describe("N40: a subnet in another subscription than the one that machines are created in", () => {
  const subnetId =
    "/subscriptions/Network/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s";
  const of = async (opts: pulumi.ComponentResourceOptions = {}) => {
    const component = new pulumi.ComponentResource("test:index:Component", "kms", {}, opts);
    const subnets = [{ path: "machine.create.subnetId", subnetId }];
    return (await subscriptionDiagnostics(component, subnets)).map(({ message }) => message);
  };
  const set = environmentVariables();
  beforeEach(async () => {
    const mocks = { newResource: () => ({ id: "id", state: {} }), call: () => ({}) };
    await pulumi.runtime.setMocks(mocks, "project", "stack", true);
  });
  afterEach(() => {
    pulumi.runtime.setAllConfig({});
    stopMocks();
  });

  it("is named with both", async () => {
    pulumi.runtime.setAllConfig({ "azure-native:subscriptionId": "apps" });
    const [message] = await of();
    assert.match(
      message,
      /^KMS2151 machine\.create\.subnetId: the subnet is in the subscription Network, but the azure-native provider creates the machine in apps/,
    );
    pulumi.runtime.setAllConfig({});
    set({ ARM_SUBSCRIPTION_ID: "apps" });
    assert.equal((await of()).length, 1);
  });

  it("is right where it is the same, or not known", async () => {
    set({ ARM_SUBSCRIPTION_ID: undefined });
    assert.deepEqual(await of(), []);
    pulumi.runtime.setAllConfig({ "azure-native:subscriptionId": "network" });
    assert.deepEqual(await of(), []);
  });
});
