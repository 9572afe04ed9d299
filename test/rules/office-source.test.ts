import assert from "node:assert/strict";
import { officeSourceVerdicts } from "../../provider/rules/office";

describe("machines of a group of Office clients", () => {
  it("exist already, since no image that the package uses has Office", () => {
    const [verdict] = officeSourceVerdicts("vms", { office: "LTSC 2024" });
    assert.equal(`${verdict.severity} ${verdict.code} ${verdict.property}`, "error KMS2255 vms");
    assert.match(
      verdict.message,
      /no volume edition of Office LTSC 2024. Name machines that have Office with azureVmIds/,
    );
    assert.deepEqual(officeSourceVerdicts(undefined, { office: "LTSC 2024" }), []);
    assert.deepEqual(officeSourceVerdicts("vms", {}), []);
  });
});
