import assert from "node:assert/strict";
import { type AzureRuleName, azureRules } from "../../../provider/catalog/azure-rules";
import schema from "../../../provider/component/arguments.generated.json";

describe("what Azure refuses of arguments", () => {
  it("has the bounds that the arguments have", () => {
    const { properties } = schema.definitions.CreateHostMachineArgs;
    const bounds = ({ minLength, maxLength }: { minLength: number; maxLength: number }) => [
      minLength,
      maxLength,
    ];
    const of = (rule: AzureRuleName) => [azureRules[rule].minimum, azureRules[rule].maximum];
    assert.deepEqual(bounds(properties.adminPassword), of("adminPasswordLength"));
    assert.deepEqual(bounds(properties.adminUsername), of("adminUsernameLength"));
    assert.deepEqual(bounds(properties.resourceGroupName), of("resourceGroupName"));
    const { capacity } = schema.definitions.CreateScaleSetArgs.properties;
    assert.deepEqual([capacity.minimum, capacity.maximum], of("scaleSetCapacity"));
    const { ttlSeconds, priority } = schema.definitions.KMSHostZoneArgs.properties;
    assert.deepEqual([ttlSeconds.minimum, ttlSeconds.maximum], of("recordTtl"));
    assert.deepEqual([priority.minimum, priority.maximum], of("srvNumber"));
  });
});
