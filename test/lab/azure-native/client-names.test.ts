import assert from "node:assert/strict";
import { outputsOf } from "../../../provider/lab/azure-native/arm-resource";
import { resourceModel, withClientNames } from "../../../provider/lab/azure-native/resource-model";
import { resourceTypes } from "../../../provider/lab/azure-native/resource-types";

const modelOf = (name: string) =>
  resourceModel(resourceTypes.find(({ token }) => token.endsWith(`:${name}`))!);
const extension = { name: "script", publisher: "Microsoft.Compute", type: "CustomScriptExtension" };

describe("type of an extension", () => {
  it("reaches ARM as the type among its properties, at any depth", async () => {
    const { request, serializer } = await modelOf("VirtualMachineScaleSet");
    const inputs = {
      location: "westeurope",
      virtualMachineProfile: { extensionProfile: { extensions: [extension] } },
    };
    const body = serializer.serialize(request, withClientNames(request, inputs, serializer), "body");
    const [sent] = body.properties.virtualMachineProfile.extensionProfile.extensions;
    assert.deepEqual(sent, {
      name: "script",
      properties: { publisher: "Microsoft.Compute", type: "CustomScriptExtension" },
    });
  });

  it("comes back under azure-native's name", async () => {
    const { response, serializer } = await modelOf("VirtualMachineScaleSetExtension");
    const body = {
      type: "Microsoft.Compute/virtualMachineScaleSets/extensions",
      properties: { type: "CustomScriptExtension" },
    };
    assert.deepEqual(outputsOf(response, body, serializer), { type: "CustomScriptExtension" });
  });

  it("leaves the names of all else alone", async () => {
    const { request, serializer } = await modelOf("VirtualMachine");
    const inputs = { tags: { type: "web" }, identity: { type: "SystemAssigned" } };
    assert.deepEqual(withClientNames(request, inputs, serializer), inputs);
  });
});
