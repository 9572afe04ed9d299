import assert from "node:assert/strict";
import { PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { diffAnswer } from "../../../provider/lab/azure-native/diff";
import { type Properties, resourceTypes } from "../../../provider/lab/azure-native/resource-types";
import { unknownValue } from "../../../provider/lab/azure-native/property-values";

const { ADD, ADD_REPLACE, DELETE, UPDATE, UPDATE_REPLACE } = PropertyDiff.Kind;

function diff(name: string, olds: Properties, news: Properties) {
  const answer = diffAnswer(
    resourceTypes.find(({ token }) => token.endsWith(`:${name}`))!,
    olds,
    news,
  );
  const details = [...answer.getDetaileddiffMap().getEntryList()].map(([path]) => [
    path,
    answer.getDetaileddiffMap().get(path)!.getKind(),
  ]);
  return {
    details: Object.fromEntries(details) as Record<string, number>,
    replaces: answer.getReplacesList(),
    deleteBeforeReplace: answer.getDeletebeforereplace(),
  };
}

describe("diff of azure-native", () => {
  it("finds no change where only the region is written differently", () => {
    const olds = { location: "West Europe", __createBeforeDelete: true };
    assert.deepEqual(diff("VirtualNetwork", olds, { location: "westeurope" }).details, {});
  });

  it("names changes by path", () => {
    const olds = { tags: { a: "1", b: "2" }, securityRules: [{ name: "x", priority: 200 }] };
    const news = { tags: { a: "1", c: "3" }, securityRules: [{ name: "x", priority: 210 }, { name: "y" }] };
    assert.deepEqual(diff("NetworkSecurityGroup", olds, news), {
      details: {
        "tags.b": DELETE,
        "tags.c": ADD,
        "securityRules[0].priority": UPDATE,
        "securityRules[1]": ADD,
      },
      replaces: [],
      deleteBeforeReplace: false,
    });
  });

  it("replaces on another name, and deletes first because the program chose both names", () => {
    assert.deepEqual(diff("VirtualMachine", { vmName: "a" }, { vmName: "b" }), {
      details: { vmName: UPDATE_REPLACE },
      replaces: ["vmName"],
      deleteBeforeReplace: true,
    });
  });

  it("creates the replacement first where the old name was made up", () => {
    const olds = { resourceGroupName: "a", __createBeforeDelete: true };
    const { replaces, deleteBeforeReplace } = diff("VirtualMachine", olds, {
      resourceGroupName: unknownValue,
    });
    assert.deepEqual([replaces, deleteBeforeReplace], [["resourceGroupName"], false]);
  });

  it("replaces a virtual network in another region, but not a virtual machine, as the plugin does", () => {
    const olds = { location: "westeurope" };
    const news = { location: "uksouth" };
    assert.deepEqual(diff("VirtualNetwork", olds, news).details, { location: UPDATE_REPLACE });
    assert.deepEqual(diff("VirtualMachine", olds, news).details, { location: UPDATE });
    assert.deepEqual(diff("VirtualNetwork", {}, news).details, { location: ADD_REPLACE });
  });
});
