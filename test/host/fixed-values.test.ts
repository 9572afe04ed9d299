import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { imageText } from "../../provider/host/fixed-values";
import { os } from "./mocked-host";
import { inputsOf, transformedProgram } from "./transformed-program";

describe("K35: what a transformation gives that Azure does not change later", () => {
  type Fixed = Record<"refused" | "deallocated" | "replaces", Record<string, unknown>>;
  const given = async (
    machine: { props?: object; opts?: pulumi.CustomResourceOptions },
    name = "kms-machine",
  ) => {
    const { declared } = await transformedProgram(({ type, props, opts }) => {
      if (type !== "azure-native:compute:VirtualMachine") {
        return undefined;
      }
      const { osProfile, ...others } = machine.props as { osProfile?: object };
      const merged = { ...(props as { osProfile: object }).osProfile, ...osProfile };
      return {
        props: { ...props, ...others, osProfile: merged },
        opts: pulumi.mergeOptions(opts, machine.opts ?? {}),
      };
    });
    return inputsOf(declared, name);
  };
  // Mocks make the whole of what holds a secret a secret.
  const opened = (value: unknown) => (value as { value?: unknown }).value ?? value;
  const fixedOf = async (machine: Parameters<typeof given>[0]) =>
    opened((await given(machine)).fixed) as Fixed;

  it("K35: is remembered by digests, custom data as a secret, so that a change is seen", async () => {
    const digestOf = async (customData: string) =>
      (await fixedOf({ props: { osProfile: { customData } } })).refused["osProfile.customData"] as string;
    const first = await digestOf("Zmlyc3Q=");
    assert.match(first, /^[0-9a-f]{12}$/);
    assert.notEqual(await digestOf("c2Vjb25k"), first);
    const machine = await given({ props: { osProfile: { customData: "Zmlyc3Q=" } } });
    assert.ok(typeof (machine.fixed as { value?: unknown }).value === "object", "it is a secret");
  });

  it("K35: is what the machine is given: zones, a placement group, and nothing that is ignored or the default", async () => {
    const group = { id: "/subscriptions/s/resourceGroups/rg/providers/P/proximityPlacementGroups/near" };
    const props = { zones: ["1"], proximityPlacementGroup: group, priority: "Regular", plan: { name: "p" } };
    const fixed = await fixedOf({ props, opts: { ignoreChanges: ["plan"] } });
    assert.deepEqual(
      fixed.refused,
      { zones: "43de3a417d75" },
      "another digest would be a change of every stored machine",
    );
    assert.equal(fixed.deallocated.proximityPlacementGroup, "6787b4850279");
    assert.deepEqual(Object.keys(fixed.deallocated).sort(), [
      "proximityPlacementGroup",
      "securityProfile.securityType",
    ]);
    const capitals = { proximityPlacementGroup: { id: group.id.toUpperCase() } };
    const same = await fixedOf({ props: { ...props, ...capitals } });
    assert.equal(same.deallocated.proximityPlacementGroup, fixed.deallocated.proximityPlacementGroup);
    const replacing = await fixedOf({ props, opts: { replaceOnChanges: ["zones"] } });
    assert.equal(replacing.replaces.zones, fixed.refused.zones);
  });

  it("K35: is an image in a text whose members have no order, the same as ever", () => {
    const text = '[["offer","o"],["publisher","P"],["sku","s"]]';
    assert.equal(imageText({ publisher: "P", offer: "o", sku: "s" }), text);
    assert.equal(imageText({ sku: "s", publisher: "P", offer: "o" }), text);
  });

  it("K35: is remembered for each machine of a group, with what replaces it", async () => {
    const { created } = await given({ props: { zones: ["1"] } }, "web-activation");
    const { path, choices, resources } = opened(created) as {
      path: string;
      choices: object;
      resources: { name: string; fixed: Fixed }[];
    };
    assert.equal(path, "machines.create");
    assert.deepEqual(choices, {
      os,
      edition: "Datacenter",
      "machines.create.core": "false",
      "machines.create.osDiskType": "StandardSSD_LRS",
    });
    assert.deepEqual(
      resources.map(({ name, fixed }) => [
        name,
        Object.keys(fixed.replaces).sort(),
        Object.keys(fixed.refused),
      ]),
      ["web-1-vm", "web-2-vm"].map((name) => [
        name,
        ["osProfile.adminUsername", "resourceGroupName"],
        ["zones"],
      ]),
    );
  });
});
