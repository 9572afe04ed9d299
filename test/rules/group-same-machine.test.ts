import assert from "node:assert/strict";
import { brief, group, host, diagnosticsOf } from "./program";

const machines = (...names: string[]) => names.map((name) => `/subscriptions/s/vms/${name}`);
const web = (name: string, azureVmIds: string[]) => group({ name, azureVmIds, count: 10 });

describe("machine in two places", () => {
  it("is an error in the later group, whatever the case of its ID", () => {
    const groups = [web("a", machines("m1", "m2")), web("b", machines("m3", "M2"))];
    const diagnostics = diagnosticsOf([host()], groups);
    assert.deepEqual(brief(diagnostics), ["b error KMS2217 azureVmIds[1]"]);
    assert.match(diagnostics[0].message, /vms\/M2 already is a member of a\./);
  });

  it("is an error at its second place in one group", () => {
    assert.deepEqual(brief(diagnosticsOf([host()], [web("a", machines("m1", "m2", "m1"))])), [
      "a error KMS2217 azureVmIds[2]",
    ]);
  });
});
