import assert from "node:assert/strict";
import { machineSourceDiagnostics } from "../../provider/rules/machines";

const sources = ["vm", "azureVmId"];
const brief = (values: Record<string, unknown>, ...unknown: string[]) =>
  machineSourceDiagnostics(values, new Set(unknown), sources).map(
    ({ code, property }) => `${code} ${property}`,
  );

describe("machine of a resource", () => {
  it("R007, R009: is created, or one that exists and may have other work", () => {
    assert.deepEqual(brief({ vm: {} }), []);
    assert.deepEqual(brief({ azureVmId: "/vms/other-work" }), []);
    assert.deepEqual(brief({}, "azureVmId"), []);
  });

  it("is given once", () => {
    assert.deepEqual(brief({}), ["KMS1004 "]);
    assert.deepEqual(brief({ vm: {}, azureVmId: "/vms/a" }), ["KMS1005 azureVmId"]);
    assert.deepEqual(brief({ vm: {} }, "azureVmId"), ["KMS1005 azureVmId"]);
  });
});
