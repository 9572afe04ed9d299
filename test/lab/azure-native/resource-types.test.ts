import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import * as compute from "@pulumi/azure-native/compute";
import * as network from "@pulumi/azure-native/network";
import * as privatedns from "@pulumi/azure-native/privatedns";
import * as resources from "@pulumi/azure-native/resources";
import Ajv from "ajv";
import { membersOf, resourceModel } from "../../../provider/lab/azure-native/resource-model";
import {
  inputsOfId,
  pathInputs,
  resourceId,
  resourceTypes,
} from "../../../provider/lab/azure-native/resource-types";
import rows from "../../../provider/lab/azure-native/resource-types.json";
import schema from "../../../provider/lab/azure-native/resource-types.schema.json";

const modules = { compute, network, privatedns, resources } as unknown as Record<
  string,
  Record<string, object>
>;

/** The inputs that a resource class of the SDK passes on. */
function sdkInputs(token: string): string[] {
  const [, module, name] = token.split(":");
  return [
    ...Function.prototype.toString
      .call(modules[module][name])
      .matchAll(/resourceInputs\["(\w+)"\] = \(?args/g),
  ].map((match) => match[1]);
}

function sdkApiVersion(token: string): string | undefined {
  const [, module, name] = token.split(":");
  const folder = path.dirname(require.resolve("@pulumi/azure-native/package.json"));
  const file = path.join(folder, module, `${name[0].toLowerCase()}${name.slice(1)}.d.ts`);
  return /Uses Azure REST API version ([\d-]+)/.exec(readFileSync(file, "utf8"))?.[1];
}

/** Inputs of the SDK that Microsoft's client does not send. */
const refusedInputs: Record<string, string[]> = {
  // The client for private DNS that has models is older than the property.
  "azure-native:privatedns:VirtualNetworkLink": ["resolutionPolicy"],
};

describe("resource types of azure-native", () => {
  it("are as their schema says", () => {
    const ajv = new Ajv({ allErrors: true });
    assert.ok(ajv.validate(schema, rows), ajv.errorsText());
  });

  for (const type of resourceTypes) {
    it(`has for ${type.token} the SDK's inputs and API version`, async () => {
      const { request, serializer } = await resourceModel(type);
      const members = membersOf(request, serializer)!;
      const inputs = sdkInputs(type.token);
      const unserved = inputs.filter(
        (name) => !pathInputs(type).includes(name) && members[name] === undefined,
      );
      assert.deepEqual(unserved, refusedInputs[type.token] ?? []);
      assert.deepEqual(
        pathInputs(type).filter((name) => !inputs.includes(name)),
        [],
      );
      const sent = Object.keys(members).filter(
        (name) => members[name].readOnly !== true && !inputs.includes(name),
      );
      assert.deepEqual(sent, []);
      assert.equal(type.apiVersion, sdkApiVersion(type.token));
    });
  }

  it("takes an ID apart as it was put together, whatever case ARM's own names have", () => {
    const type = resourceTypes.find(({ token }) => token.endsWith(":PrivateRecordSet"))!;
    const inputs = {
      resourceGroupName: "rg",
      privateZoneName: "corp.example",
      recordType: "SRV",
      relativeRecordSetName: "_vlmcs._tcp",
    };
    const id = resourceId(type, "s", inputs);
    assert.deepEqual(inputsOfId(type, id), { subscriptionId: "s", inputs });
    assert.deepEqual(inputsOfId(type, id.replace("privateDnsZones", "privatednszones")).inputs, inputs);
    assert.throws(() => inputsOfId(type, `${id}/more`), /KMS7209/);
  });
});
