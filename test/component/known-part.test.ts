import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { knownPart } from "../../provider/component/known-part";

const unknownOutput = pulumi.output(pulumi.unknown) as pulumi.Output<string>;

describe("the known part of arguments", () => {
  it("has outputs resolved, secret ones too", async () => {
    const { values, unknownPaths } = await knownPart({
      os: pulumi.output("Windows Server 2022"),
      productKey: pulumi.secret("key"),
      srvRecords: [{ privateZone: { zoneName: pulumi.output("corp.example") } }],
    });
    assert.deepEqual(values, {
      os: "Windows Server 2022",
      productKey: "key",
      srvRecords: [{ privateZone: { zoneName: "corp.example" } }],
    });
    assert.deepEqual([...unknownPaths], []);
  });

  it("leaves out what is not known, and names where it was", async () => {
    const { values, unknownPaths } = await knownPart({
      os: "Windows 11",
      vm: { subnetId: unknownOutput, adminPassword: "x" },
      srvRecords: [{ privateZone: { zoneName: unknownOutput } }],
    });
    assert.deepEqual(values, {
      os: "Windows 11",
      vm: { adminPassword: "x" },
      srvRecords: [{ privateZone: {} }],
    });
    assert.deepEqual([...unknownPaths], ["vm.subnetId", "srvRecords[0].privateZone.zoneName"]);
  });
});
